import { describe, expect, it } from 'vitest';
import type { Wired } from '../../src/wire.ts';
import { Bench, did, items, titles } from './bench.ts';
import { someItems, syncReal } from './real.ts';

const bench = new Bench();

describe('a run that is killed', { timeout: 60_000 }, () => {
  it('between its create and the record leaves an issue that the next run takes over', async () => {
    const at = await bench.place();

    expect(await bench.child({ ...at, items: 3, die: 'after the create' })).toEqual({
      outcomes: [],
      signal: 'SIGKILL',
    });
    expect(await bench.openTitles(at)).toHaveLength(1);

    expect(did(await syncReal(await bench.open(at), items))).toEqual(['adopted', 'created', 'created']);
    expect((await bench.openTitles(at)).toSorted()).toEqual(titles.toSorted());
  });

  it('between its claim and the create leaves a claim that is settled by looking', async () => {
    const at = await bench.place();

    expect(await bench.child({ ...at, items: 3, die: 'before the create' })).toEqual({
      outcomes: [],
      signal: 'SIGKILL',
    });
    const parts = await bench.open(at);
    const early = await syncReal(parts, items);
    const late = await syncReal({ ...parts, now: () => new Date(Date.now() + 3_600_000) }, items);

    expect(did(early)).toEqual(['nothing', 'created', 'created']);
    expect(early[0]?.because).toMatch(/^another run \(run-\d+-1\) is at it since /);
    expect(did(late)).toEqual(['created', 'nothing', 'nothing']);
    expect((await bench.openTitles(at)).toSorted()).toEqual(titles.toSorted());
  });
});

describe('runs at the same time', () => {
  it('as four processes on one ledger file one issue an item', { timeout: 60_000 }, async () => {
    const at = await bench.place();

    const all = await Promise.all(Array.from({ length: 4 }, () => bench.child({ ...at, items: 6, die: null })));

    expect(all.map(({ outcomes }) => outcomes.length)).toEqual([6, 6, 6, 6]);
    const made = all.flatMap(({ outcomes }) => outcomes).filter((outcome) => outcome.did === 'created');
    expect(made.map(({ key }) => key).toSorted()).toEqual(
      someItems(6)
        .map(({ key }) => key)
        .toSorted(),
    );
    expect(await bench.openTitles(at)).toHaveLength(6);
  });

  it('with two ledgers end as one open issue an item: the lower number stays', async () => {
    const at = await bench.place();
    const [one, two] = [await bench.open(at), await bench.open({ ...at, ledger: `${at.ledger}.second` })];
    const barrier = meeting(2);
    const both = [one, two].map((parts) => ({ ...parts, trackers: met(parts, barrier) }));

    await Promise.all(both.map((parts) => syncReal(parts, items)));
    const doubles = (await bench.openTitles(at)).length;
    for (const parts of [one, two, one]) await syncReal(parts, items);

    expect(doubles).toBeGreaterThan(3);
    const all = await bench.github.actAs('alice', at.repository).all();
    expect(
      all
        .filter(({ state }) => state === 'open')
        .map(({ title }) => title)
        .toSorted(),
    ).toEqual(titles.toSorted());
    for (const { number, title, state } of all) {
      const lowest = Math.min(...all.filter((other) => other.title === title).map((other) => other.number));
      expect(state === 'open').toBe(number === lowest);
    }
  });
});

/** Everybody waits until so many have come. */
function meeting(count: number): () => Promise<void> {
  let come = 0;
  let go: () => void = () => undefined;
  const all = new Promise<void>((resolve) => {
    go = resolve;
  });
  return () => {
    come += 1;
    if (come >= count) go();
    return all;
  };
}

/** The trackers of a run that creates nothing before the other run has looked too. */
function met(parts: Wired, barrier: () => Promise<void>): Wired['trackers'] {
  return new Map(
    [...parts.trackers].map(([name, tracker]) => [
      name,
      {
        ...tracker,
        create: async (draft) => {
          await barrier();
          return tracker.create(draft);
        },
      },
    ]),
  );
}
