import { describe, expect, it } from 'vitest';
import { knownOf } from '../src/items/item.ts';
import { openSqliteLedger } from '../src/ledger/sqlite.ts';
import type { Parts } from '../src/pipeline.ts';
import { aKey, anItem } from './builders.ts';
import { aMachine, planOn } from './machine.ts';

const one = anItem({ key: aKey('one'), title: 'Write the release note' });
const LEDGERS_TIME = new Date('2026-03-02T12:00:00.000Z');

/** A machine of which the clock is off, at a ledger that has a clock of its own. */
async function wrongBy(aheadMs: number): Promise<Parts> {
  const ledger = Object.assign(await openSqliteLedger(':memory:'), { now: async () => LEDGERS_TIME });
  return aMachine({ ledger, now: () => new Date(LEDGERS_TIME.getTime() + aheadMs) });
}

/** Plans while another run holds the key since so long, by the ledger's clock. */
async function planned(parts: Parts, claimedForMs: number) {
  const at = new Date(LEDGERS_TIME.getTime() - claimedForMs).toISOString();
  const nothing = { issue: null, wrote: null, seen: null, deletedAt: null };
  const entry = { key: one.key, tracker: 'work', target: 'github:acme/items', item: knownOf(one), ...nothing };
  await parts.ledger.claim({ ...entry, claim: { run: 'other', at, uncertain: false } }, null);
  return (await planOn(parts, [one])).plan.changes;
}

describe('a plan on a machine of which the clock is wrong', () => {
  it('takes no live run for a dead one when the clock is a day ahead', async () => {
    expect(await planned(await wrongBy(86_400_000), 5_000)).toMatchObject([
      { do: 'nothing', because: 'another run (other) is at it since 2026-03-02T11:59:55.000Z' },
    ]);
  });

  it('settles the claim of a dead run in time when the clock is a day behind', async () => {
    expect(await planned(await wrongBy(-86_400_000), 3_600_000)).toMatchObject([{ do: 'create' }]);
  });
});
