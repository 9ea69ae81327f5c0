import { Config } from '../config/schema.ts';
import type { Outcome } from '../src/apply/outcome.ts';
import type { Item } from '../src/items/item.ts';
import type { Ledger } from '../src/ledger/ledger.ts';
import { openSqliteLedger } from '../src/ledger/sqlite.ts';
import { type Parts, planFor, syncPlan } from '../src/pipeline.ts';
import { SimulatedTracker } from './apply/simulator.ts';

/** A machine with a ledger of its own in memory, at the GitHub repository `acme/items` that others may use too. */
export async function aMachine(over: {
  readonly work?: SimulatedTracker;
  readonly ledger?: Ledger;
  readonly now?: () => Date;
}): Promise<Parts> {
  const work = { type: 'github', repository: 'acme/items', tokenEnv: 'SOME_TOKEN' };
  return {
    config: Config.parse({ trackers: { work }, routes: [{ tracker: 'work' }] }),
    dir: '/',
    cwd: '/',
    people: [],
    decisions: [],
    ledger: over.ledger ?? (await openSqliteLedger(':memory:')),
    trackers: new Map([['work', over.work ?? new SimulatedTracker()]]),
    follow: async () => new Map(),
    now: over.now ?? (() => new Date()),
    signal: new AbortController().signal,
  };
}

/** What a machine that reads `notes/summary.md` would do with these items. */
export function planOn(parts: Parts, items: readonly Item[], run = 'run-1') {
  const choices = { only: null, maxCreates: null, run, full: false };
  return planFor(parts, { items, read: new Set(['notes/summary.md']) }, choices);
}

/** Does it; each run has a name of its own. */
export async function syncOn(parts: Parts, items: readonly Item[], run: string): Promise<Outcome[]> {
  const planned = await planOn(parts, items, run);
  const outcomes: Outcome[] = [];
  for await (const outcome of syncPlan(parts, planned, run)) outcomes.push(outcome);
  return outcomes;
}
