import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Item } from '../src/items/item.ts';
import { itemKey } from '../src/items/key.ts';
import type { Parts } from '../src/pipeline.ts';
import { SimulatedTracker } from './apply/simulator.ts';
import { anItem } from './builders.ts';
import { aMachine, planOn, syncOn } from './machine.ts';

/** A statement as an extraction gives it: without a key but the one that its words make. */
function said(words: string, line = 10): Item {
  const quote = `Owner One will ${words}.`;
  const section = ['Work'];
  return anItem({
    key: itemKey({ quote, section }),
    title: `${words[0]?.toUpperCase()}${words.slice(1)}`,
    quote,
    section,
    source: { note: 'notes/summary.md', lineStart: line, lineEnd: line },
  });
}

const BEFORE = said('review the quota engine patches');
const AFTER = said('check the remaining quota engine patches soon');

/** Filed in the first words; then a machine with a new ledger gets an empty list, and the words have changed. */
async function filedTwice(): Promise<{ work: SimulatedTracker; first: Parts; second: Parts }> {
  const work = new SimulatedTracker();
  const first = await aMachine({ work });
  await syncOn(first, [BEFORE], 'first');
  const second = await aMachine({ work });
  const { changes } = work;
  work.changes = async () => ({ issues: [], cursor: null, unchanged: false });
  await syncOn(second, [AFTER], 'blind');
  work.changes = changes;
  return { work, first, second };
}

const openOf = (work: SimulatedTracker) =>
  [...work.issues.values()].filter(({ state }) => state === 'open').map(({ id }) => id);

describe('a statement that was filed again in other words by a run that could not know', () => {
  it('goes on in the older issue, and the second one is closed as its duplicate', async () => {
    const { work, second } = await filedTwice();
    expect(openOf(work)).toEqual(['1', '2']);

    const outcomes = await syncOn(second, [AFTER], 'seeing');

    expect(openOf(work)).toEqual(['1']);
    expect(work.issues.get('2')?.duplicateOf).toBe('1');
    expect(outcomes).toMatchObject([
      { key: BEFORE.key, did: 'adopted', issue: { id: '1' } },
      {
        key: BEFORE.key,
        did: 'updated',
        issue: { id: '2' },
        because: expect.stringContaining('second issue of ours for #1'),
      },
    ]);
  });

  it.each([
    { when: 'in the new words', words: AFTER },
    { when: 'in the old words again', words: BEFORE },
    { when: 'in words of yet another form', words: said('review the remaining quota engine patches') },
  ])('comes to rest $when, on every machine', async ({ words }) => {
    const { work, first, second } = await filedTwice();
    for (const [index, machine] of [second, first, second, first].entries()) {
      await syncOn(machine, [words], `run-${index}`);
    }
    work.writes.length = 0;

    for (const machine of [first, second, await aMachine({ work })]) {
      const [outcome, ...others] = await syncOn(machine, [words], 'last');
      expect(outcome?.issue?.id).toBe('1');
      expect(others.filter(({ did }) => did !== 'nothing')).toEqual([]);
    }
    expect(openOf(work)).toEqual(['1']);
    expect(work.writes).toEqual([]);
    expect(work.issues.size).toBe(2);
  });

  it.each([
    { when: 'both are open', closed: false },
    { when: 'one of them is closed as the duplicate', closed: true },
  ])('is not in doubt when the words are like both and $when', async ({ closed }) => {
    const { work, second } = await filedTwice();
    if (closed) await syncOn(second, [AFTER], 'closing');

    await syncOn(second, [said('review the remaining quota engine patches')], 'seeing');
    const [outcome] = await syncOn(second, [said('review the remaining quota engine patches')], 'last');

    expect(openOf(work)).toEqual(['1']);
    expect(outcome).toMatchObject({ key: BEFORE.key, did: 'nothing', because: 'up to date', issue: { id: '1' } });
  });

  it('closes the second one also when we have brought its text up to date since', async () => {
    const { work, second } = await filedTwice();
    const { changes } = work;
    work.changes = async () => ({ issues: [], cursor: null, unchanged: false });
    await syncOn(second, [said('check the remaining quota engine patches by next week')], 'blind again');
    work.changes = changes;
    expect(work.writes.at(-1)).toBe('update #2');

    await syncOn(second, [AFTER], 'seeing');

    expect(openOf(work)).toEqual(['1']);
  });

  it('leaves a second one that a person has touched, and says so', async () => {
    const { work, second } = await filedTwice();
    work.edit('2', { title: 'Mine' });

    const outcomes = await syncOn(second, [AFTER], 'seeing');

    expect(openOf(work)).toEqual(['1', '2']);
    expect(outcomes[1]).toMatchObject({
      did: 'nothing',
      issue: { id: '2' },
      because: '#2 states the same as #1 too, but it was retitled: left as it is',
    });
  });

  it('files nothing when its create was lost on the way and the older issue shows meanwhile', async () => {
    const work = new SimulatedTracker();
    await syncOn(await aMachine({ work }), [BEFORE], 'first');
    const start = Date.now();
    let passed = 0;
    const second = await aMachine({ work, now: () => new Date(start + passed) });
    const { changes } = work;
    work.changes = async () => ({ issues: [], cursor: null, unchanged: false });
    work.createFaults.push({ kind: 'uncertain' });
    await syncOn(second, [AFTER], 'blind');
    work.changes = changes;

    for (const run of ['seeing', 'later', 'last']) {
      passed += 3_600_000;
      await syncOn(second, [AFTER], run);
    }

    expect([...work.issues.keys()]).toEqual(['1']);
  });
});

const WORDS = ['review', 'check'].flatMap((verb) =>
  ['', 'remaining '].flatMap((which) =>
    ['', ' soon', ' by next week'].map((when) => said(`${verb} the ${which}quota engine patches${when}`)),
  ),
);

describe('a statement that two machines read in changing words, through lists that are fresh or stale', () => {
  it('ends as one open issue', async () => {
    const run = fc.record({ machine: fc.nat(1), stale: fc.boolean(), words: fc.constantFrom(...WORDS) });
    await fc.assert(
      fc.asyncProperty(fc.array(run, { minLength: 1, maxLength: 6 }), fc.constantFrom(...WORDS), async (runs, last) => {
        const work = new SimulatedTracker();
        const machines = [await aMachine({ work }), await aMachine({ work })];
        const { changes } = work;
        const runOn = async (machine: number, stale: boolean, words: Item, run: string) => {
          work.changes = stale ? async (cursor) => ({ issues: [], cursor, unchanged: false }) : changes;
          const parts = machines[machine];
          return parts === undefined ? [] : syncOn(parts, [words], run);
        };
        for (const [index, { machine, stale, words }] of runs.entries())
          await runOn(machine, stale, words, `run-${index}`);
        for (const turn of [1, 2, 3]) for (const machine of [0, 1]) await runOn(machine, false, last, `turn-${turn}`);
        work.writes.length = 0;
        const [outcome] = await runOn(0, false, last, 'last');

        expect(openOf(work)).toEqual([outcome?.issue?.id]);
        expect(work.writes).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });
});

describe('two statements that read alike', () => {
  const other = said('review the quota engine patches soon', 30);

  it('stay two when one of them is no longer stated', async () => {
    const work = new SimulatedTracker();
    const machine = await aMachine({ work });
    await syncOn(machine, [BEFORE, other], 'both');

    const outcomes = await syncOn(machine, [other], 'one');

    expect(openOf(work)).toEqual(['1', '2']);
    expect(outcomes.map(({ because }) => because)).toEqual(['up to date', 'no longer in the notes']);
  });

  it('stay two when the second one was stated later', async () => {
    const work = new SimulatedTracker();
    const machine = await aMachine({ work });
    await syncOn(machine, [BEFORE], 'first');
    await syncOn(machine, [BEFORE, other], 'both');

    await syncOn(machine, [other], 'one');

    expect(openOf(work)).toEqual(['1', '2']);
  });

  it('stay two for a machine that did not file them, which says that they may be one', async () => {
    const work = new SimulatedTracker();
    await syncOn(await aMachine({ work }), [BEFORE, other], 'both');
    const fresh = await aMachine({ work });
    await syncOn(fresh, [other], 'one');

    const { plan } = await planOn(fresh, [other], 'two');

    expect(openOf(work)).toEqual(['1', '2']);
    expect(plan.changes[1]).toMatchObject({
      do: 'nothing',
      because: `no longer in the notes; it reads like “${other.title}”, which has an issue of its own: close one of them when they are the same`,
    });
  });
});
