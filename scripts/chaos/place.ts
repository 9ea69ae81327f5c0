import { Config } from '../../config/schema.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite.ts';
import type { Parts } from '../../src/pipeline.ts';
import { openTracker } from '../../src/trackers/index.ts';
import { TIMEOUT_MS } from './faults.ts';
import { type Guard, unguardedLedger, unguardedTracker } from './guards.ts';

/** An issue that is in no list so long after its create may be created anew. */
export const SETTLE_MS = 60_000;

/** Where the runs of a round work. Fits on a command line. */
export interface Place {
  readonly github: { readonly url: string; readonly repository: string; readonly token: string } | null;
  readonly launchpad: { readonly url: string; readonly project: string; readonly credentials: string } | null;
}

/** The notes that every run reads. */
export const READ = new Set(['notes/summary.md', 'notes/reply.txt', 'notes/blog.html']);

/** The configuration of a round: RFEs go to Launchpad where there are two trackers. */
function configOf({ github, launchpad }: Place, ledger: string, settleMs: number): Config {
  const work = github && { type: 'github', repository: github.repository, tokenEnv: 'TOKEN', baseUrl: github.url };
  const { url: baseUrl, project } = launchpad ?? { url: '', project: '' };
  const bugs = launchpad && { type: 'launchpad', project, tags: ['ptg'], baseUrl };
  return Config.parse({
    trackers: { ...(work && { work }), ...(bugs && { bugs }) },
    routes:
      work && bugs
        ? [{ kind: 'rfe', tracker: 'bugs', tags: ['rfe'] }, { tracker: 'work' }]
        : [{ tracker: work ? 'work' : 'bugs' }],
    ledger,
    limits: {
      settleAfter: `${settleMs}ms`,
      timeout: `${TIMEOUT_MS}ms`,
      maxWait: '2s',
      createsPerMinute: 60_000,
    },
  });
}

export interface Opened extends Parts {
  close(): Promise<void>;
}

interface Choices {
  readonly ahead: () => number;
  readonly without: Guard | null;
  readonly settleMs: number;
}

/** The parts of one run: real trackers over HTTP and a real file, with the clock where the round has it. */
export async function openPlace(
  place: Place,
  file: string,
  choices: Pick<Choices, 'ahead' | 'without'>,
): Promise<Opened> {
  const clock = () => new Date(Date.now() + choices.ahead());
  const ledger = await openSqliteLedger(file, { busyMs: 20, warn: () => undefined, clock });
  return openWith(place, ledger, { ...choices, settleMs: SETTLE_MS });
}

/** The same with any ledger. */
export async function openWith(place: Place, ledger: Ledger, { ahead, without, settleMs }: Choices): Promise<Opened> {
  const config = configOf(place, ledger.place, settleMs);
  const memo = { get: ledger.memo.bind(ledger), set: ledger.setMemo.bind(ledger) };
  const secret = (type: string) => (type === 'github' ? place.github?.token : place.launchpad?.credentials) ?? '';
  const opened = Object.entries(config.trackers).map(async ([name, settings]) => {
    const rest = { token: secret(settings.type), limits: config.limits, userAgent: 'chaos', memo };
    return [name, unguardedTracker(await openTracker({ name, config: settings, ...rest }), without)] as const;
  });
  return {
    config,
    dir: '/',
    cwd: '/',
    people: [],
    decisions: [],
    ledger: unguardedLedger(ledger, without),
    trackers: new Map(await Promise.all(opened)),
    follow: async () => new Map(),
    now: () => new Date(Date.now() + ahead()),
    signal: new AbortController().signal,
    close: () => ledger.close(),
  };
}
