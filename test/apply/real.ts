import { dirname } from 'node:path';
import { Config } from '../../config/schema.ts';
import type { Outcome } from '../../src/apply/outcome.ts';
import type { Item } from '../../src/items/item.ts';
import { type Parts, planFor, syncPlan } from '../../src/pipeline.ts';
import type { Tracker } from '../../src/trackers/tracker.ts';
import { type Wired, wire } from '../../src/wire.ts';
import { aKey, anItem } from '../builders.ts';

/** Where a run works: a GitHub on loopback and a ledger in a file. Fits on a command line. */
export interface Place {
  readonly url: string;
  readonly token: string;
  readonly repository: string;
  readonly ledger: string;
  /** How long a request may take. */
  readonly timeout?: string;
}

/** The parts of a run against a GitHub over real HTTP and a real file. `wrap` lets a test step in between. */
export async function openReal(
  place: Place,
  wrap: (tracker: Tracker) => Tracker = (tracker) => tracker,
): Promise<Wired> {
  const { url, repository, ledger, token, timeout = '5s' } = place;
  const work = { type: 'github', repository, tokenEnv: 'SOME_TOKEN', baseUrl: url };
  const parts = await openWith(
    { trackers: { work }, routes: [{ tracker: 'work' }], ledger },
    { SOME_TOKEN: token },
    timeout,
  );
  return { ...parts, trackers: new Map([...parts.trackers].map(([name, tracker]) => [name, wrap(tracker)])) };
}

/** The parts of a configuration, with limits for servers of our own: nothing is spaced, nothing is waited for. */
export async function openWith(
  settings: { readonly trackers: object; readonly routes?: readonly object[]; readonly ledger: string },
  env: Readonly<Record<string, string>>,
  timeout = '5s',
): Promise<Wired> {
  const limits = { settleAfter: '1h', timeout, maxWait: '1s', createsPerMinute: 60_000 };
  const { routes = Object.keys(settings.trackers).map((tracker) => ({ tracker })) } = settings;
  const config = Config.parse({ ...settings, routes, limits });
  const dir = dirname(settings.ledger);
  return wire(
    { config, file: null, dir, warnings: [] },
    { env, cwd: dir, signal: new AbortController().signal, ledger: 'write', trackers: true },
  );
}

let runs = 0;

/** One run over these items, as `sync` does it. */
export async function syncReal(parts: Parts, items: readonly Item[]): Promise<Outcome[]> {
  runs += 1;
  const run = `run-${process.pid}-${runs}`;
  const found = { items, read: new Set(['notes/summary.md']) };
  const planned = await planFor(parts, found, { only: null, maxCreates: null, run, full: false });
  const outcomes: Outcome[] = [];
  for await (const outcome of syncPlan(parts, planned, run)) outcomes.push(outcome);
  return outcomes;
}

const SUBJECTS = [
  'Write the upgrade guide for operators',
  'Remove the grenade job from the gate',
  'Review the quota engine patches',
  'Ask the infra team about arm64 nodes',
  'Document the placement API',
  'Measure the scheduler under load',
];

/** So many statements that nobody could take for one another. */
export function someItems(count: number): Item[] {
  return SUBJECTS.slice(0, count).map((title, index) =>
    anItem({
      key: aKey(`subject${index}`),
      title,
      quote: `Somebody will ${title.toLowerCase()} soon.`,
      source: { note: 'notes/summary.md', lineStart: index + 1, lineEnd: index + 1 },
    }),
  );
}
