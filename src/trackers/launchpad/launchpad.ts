import { createHash } from 'node:crypto';
import type { LaunchpadTrackerConfig, Limits } from '../../../config/schema.ts';
import { TrackerError } from '../../errors.ts';
import type { Memo } from '../../refs/memo.ts';
import type { Tracker } from '../tracker.ts';
import { assignableAccounts, lookAround } from './access.ts';
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
  readonly onWait?: (until: Date, why: string) => void;
  /** What may be remembered between runs (the ledger's memos); without it an unchanged run reads a little more. */
  readonly memo?: Memo;
  readonly clock?: Clock;
}

/** How long after a lost answer a bug may still appear: Launchpad ends a request long before that. */
const SETTLE_MS = 2 * 60_000;

/** A project on Launchpad as a tracker: its bugs, each with the task on that project. Makes no request yet. */
export function openLaunchpad(options: LaunchpadOptions): Tracker {
  const { name, config, limits } = options;
  const desk = openDesk(options);
  return {
    name,
    type: 'launchpad',
    target: config.project,
    dialect: launchpadDialect,
    limits: { ...LIMITS, settleAfterMs: limits.settleAfter ?? SETTLE_MS },
    open: () => lookAround(desk),
    changes: (cursor) => changedBugs(desk, cursor),
    createdSince: (time) => bugsCreatedSince(desk, time),
    async get(id) {
      const bug = await readBug(desk, id);
      return bug === null ? null : toIssue(desk, bug, await readTask(desk, id));
    },
    assignable: (accounts) => assignableAccounts(desk, accounts),
    create: (draft) => createBug(desk, draft),
    update: (seen, patch) => updateBug(desk, seen, patch),
  };
}

function openDesk(options: LaunchpadOptions): Desk {
  const { name, config, limits, userAgent, onWait, memo, clock = realClock } = options;
  const credentials = parseCredentials(options.credentials);
  if (credentials === null) {
    throw new TrackerError(
      name,
      { kind: 'denied' },
      'The Launchpad credentials are not of the form consumerKey:token:secret',
      {
        hint: 'Get credentials: ptg-tracker login launchpad',
      },
    );
  }
  return {
    name,
    project: config.project,
    http: new LaunchpadHttp({
      name,
      baseUrl: config.baseUrl,
      credentials,
      userAgent,
      limits,
      onWait: onWait ?? null,
      clock,
    }),
    clock,
    web: bugsHost(config.baseUrl),
    memo: memo ?? null,
    key: `launchpad:${new URL(config.baseUrl).host}:${config.project}:${createHash('sha256').update(credentials.token).digest('hex').slice(0, 12)}`,
    classic: false,
  };
}
