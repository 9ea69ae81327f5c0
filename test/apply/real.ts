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

/** The parts of a run against real HTTP and a real file. `wrap` lets a test step in between. */
export async function openReal(
  place: Place,
  wrap: (tracker: Tracker) => Tracker = (tracker) => tracker,
): Promise<Wired> {
  const { url, repository, ledger, token } = place;
  const config = Config.parse({
    trackers: { work: { type: 'github', repository, tokenEnv: 'SOME_TOKEN', baseUrl: url } },
    ledger,
    // Nothing is spaced here: the sandbox is ours.
    limits: { settleAfter: '1h', timeout: place.timeout ?? '5s', maxWait: '1s', createsPerMinute: 60_000 },
  });
  const dir = dirname(ledger);
  const parts = await wire(
    { config, file: null, dir, warnings: [] },
    { env: { SOME_TOKEN: token }, cwd: dir, signal: new AbortController().signal, ledger: 'write', trackers: true },
  );
  return { ...parts, trackers: new Map([...parts.trackers].map(([name, tracker]) => [name, wrap(tracker)])) };
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
