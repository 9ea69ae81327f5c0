import { describe, expect, it } from 'vitest';
import { Config } from '../config/schema.ts';
import { knownOf } from '../src/items/item.ts';
import type { Ledger } from '../src/ledger/ledger.ts';
import { openSqliteLedger } from '../src/ledger/sqlite.ts';
import { type Parts, planFor } from '../src/pipeline.ts';
import { SimulatedTracker } from './apply/simulator.ts';
import { aKey, anItem } from './builders.ts';

const one = anItem({ key: aKey('one'), title: 'Write the release note' });
const LEDGERS_TIME = new Date('2026-03-02T12:00:00.000Z');

/** A machine of which the clock is off, at a ledger that has a clock of its own. */
async function aMachine(aheadMs: number): Promise<Parts> {
  const ledger: Ledger = Object.assign(await openSqliteLedger(':memory:'), { now: async () => LEDGERS_TIME });
  const work = { type: 'github', repository: 'acme/items', tokenEnv: 'SOME_TOKEN' };
  return {
    config: Config.parse({ trackers: { work }, routes: [{ tracker: 'work' }] }),
    dir: '/',
    cwd: '/',
    people: [],
    decisions: [],
    ledger,
    trackers: new Map([['work', new SimulatedTracker()]]),
    follow: async () => new Map(),
    now: () => new Date(LEDGERS_TIME.getTime() + aheadMs),
    signal: new AbortController().signal,
  };
}

/** Plans while another run holds the key since so long, by the ledger's clock. */
async function planned(parts: Parts, claimedForMs: number) {
  const at = new Date(LEDGERS_TIME.getTime() - claimedForMs).toISOString();
  const nothing = { issue: null, wrote: null, seen: null, deletedAt: null };
  const entry = { key: one.key, tracker: 'work', target: 'github:acme/items', item: knownOf(one), ...nothing };
  await parts.ledger.claim({ ...entry, claim: { run: 'other', at, uncertain: false } }, null);
  const choices = { only: null, maxCreates: null, run: 'mine', full: false };
  const { plan } = await planFor(parts, { items: [one], read: new Set() }, choices);
  return plan.changes;
}

describe('a plan on a machine of which the clock is wrong', () => {
  it('takes no live run for a dead one when the clock is a day ahead', async () => {
    expect(await planned(await aMachine(86_400_000), 5_000)).toMatchObject([
      { do: 'nothing', because: 'another run (other) is at it since 2026-03-02T11:59:55.000Z' },
    ]);
  });

  it('settles the claim of a dead run in time when the clock is a day behind', async () => {
    expect(await planned(await aMachine(-86_400_000), 3_600_000)).toMatchObject([{ do: 'create' }]);
  });
});
