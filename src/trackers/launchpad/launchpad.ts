import { createHash } from 'node:crypto';
import type { LaunchpadTrackerConfig, Limits } from '../../../config/schema.ts';
import { TrackerError } from '../../errors.ts';
import type { Memo } from '../../refs/memo.ts';
import type { Tracker } from '../tracker.ts';
import { assignableAccounts, lookAround, mayTriage } from './access.ts';
import { createBug } from './create.ts';
import { bugsHost, type Desk } from './desk.ts';
import { launchpadDialect } from './dialect.ts';
import { LaunchpadHttp } from './http.ts';
import { readBug, readTask, toIssue } from './issue.ts';
import { bugsCreatedSince, changedBugs } from './list.ts';
import { parseCredentials } from './oauth.ts';
import { type Clock, realClock } from './pace.ts';
import { LIMITS } from './rules.ts';
import { updateBug } from './update.ts';

export interface LaunchpadOptions {
  readonly name: string;
  readonly config: Pick<LaunchpadTrackerConfig, 'project' | 'baseUrl'>;
  /** `consumerKey:token:secret`. */
  readonly credentials: string;
  readonly limits: Pick<Limits, 'createsPerMinute' | 'timeout' | 'maxWait'> & {
    readonly settleAfter?: number | undefined;
  };
  readonly userAgent: string;
  /** Told when a request has to wait for Launchpad's limit. */
  readonly onWait?: ((until: Date, why: string) => void) | undefined;
  /** What may be remembered between runs (the ledger's memos); without it an unchanged run reads a little more. */
  readonly memo?: Memo | undefined;
  readonly clock?: Clock | undefined;
}

/** How long after a lost answer a bug may still appear: Launchpad ends a request long before that. */
const SETTLE_MS = 2 * 60_000;

/** A project on Launchpad as a tracker: its bugs, each with the task on that project. Makes no request yet. */
export function openLaunchpad(options: LaunchpadOptions): Tracker {
  const { name, config, limits } = options;
  let desk: Desk | null = null;
  // Credentials of a wrong form are refused by the first call, as wrong ones are.
  const at = (): Desk => {
    desk ??= openDesk(options);
    return desk;
  };
  return {
    name,
    type: 'launchpad',
    target: config.project,
    dialect: launchpadDialect,
    limits: { ...LIMITS, settleAfterMs: limits.settleAfter ?? SETTLE_MS },
    open: async () => lookAround(at()),
    changes: async (cursor) => changedBugs(at(), cursor),
    createdSince: async (time) => bugsCreatedSince(at(), time),
    async get(id) {
      const bug = await readBug(at(), id);
      return bug === null ? null : toIssue(at(), bug, await readTask(at(), id));
    },
    assignable: async (accounts) => assignableAccounts(at(), accounts),
    create: async (draft, mayI) => createBug(at(), draft, mayI),
    update: async (seen, patch) => updateBug(at(), seen, patch),
  };
}

/** Whether the account may set importance, milestones and assignees of a project's bugs; for `doctor`. Throws `TrackerError`. */
export async function mayTriageBugs(options: LaunchpadOptions): Promise<boolean> {
  return mayTriage(openDesk(options));
}

function openDesk(options: LaunchpadOptions): Desk {
  const { name, config, limits, userAgent, onWait = null, memo = null, clock = realClock } = options;
  const credentials = parseCredentials(options.credentials);
  if (credentials === null) {
    const sentence = 'The Launchpad credentials are not of the form consumerKey:token:secret';
    throw new TrackerError(name, { kind: 'denied' }, sentence, {
      hint: 'Get credentials: ptg-tracker login launchpad',
    });
  }
  const { baseUrl, project } = config;
  const account = createHash('sha256').update(credentials.token).digest('hex').slice(0, 12);
  return {
    name,
    project,
    http: new LaunchpadHttp({ name, baseUrl, credentials, userAgent, limits, onWait, clock }),
    clock,
    web: bugsHost(baseUrl),
    memo,
    key: `launchpad:${new URL(baseUrl).host}:${project}:${account}`,
    classic: false,
    unfit: null,
    account: null,
  };
}
