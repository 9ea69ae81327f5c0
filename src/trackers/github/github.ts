import type { Access, Tracker } from '../tracker.ts';
import { assignable, MOST_ASSIGNEES } from './assignees.ts';
import type { GitHubOptions } from './client.ts';
import { create } from './create.ts';
import { createDialect } from './dialect.ts';
import { get } from './get.ts';
import { changes, createdSince } from './lists.ts';
import { createSession, type Session } from './session.ts';
import { update } from './update.ts';

export type { GitHubOptions } from './client.ts';

/** GitHub lists are normally complete at once, and were seen to lag for minutes; see docs/decisions.md. */
const SETTLE_AFTER = 15 * 60_000;

/** The issues of one GitHub repository as a tracker. Nothing is sent before the first call. */
export function openGitHub(options: GitHubOptions): Tracker {
  const session = createSession(options);
  return {
    name: options.name,
    type: 'github',
    target: options.config.repository,
    dialect: createDialect(session.place.host),
    limits: {
      title: 256,
      body: 65_536,
      assignees: MOST_ASSIGNEES,
      settleAfterMs: options.limits.settleAfter ?? SETTLE_AFTER,
    },
    open: () => open(session),
    changes: (cursor) => changes(session, cursor),
    createdSince: (time) => createdSince(session, time),
    get: (id) => get(session, id),
    assignable: (accounts) => assignable(session, accounts),
    create: (draft, mayI) => create(session, draft, mayI),
    update: (seen, patch) => update(session, seen, patch),
    allowance: () => session.meter.last(),
  };
}

async function open(session: Session): Promise<Access> {
  session.restart();
  const [home, account] = await Promise.all([session.home(), session.account()]);
  const { target, tokenEnv } = session.place;
  const warnings = [
    home.mayWrite
      ? null
      : `${tokenEnv} may not label or assign in ${target}: issues will be filed without labels and owners`,
    home.fullName.toLowerCase() === target.toLowerCase() ? null : `${target} is now called ${home.fullName}`,
    account === null
      ? `${tokenEnv} does not tell who we are: lost answers are settled by looking at everybody's issues`
      : null,
  ].filter((warning) => warning !== null);
  return { account, mayLabel: home.mayWrite, mayAssign: home.mayWrite, warnings };
}
