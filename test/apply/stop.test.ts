import { describe, expect, it } from 'vitest';
import { apply } from '../../src/apply/apply.ts';
import { LedgerError } from '../../src/errors.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { aKey, anItem } from '../builders.ts';
import { World } from './world.ts';

const one = anItem({ key: aKey('one'), title: 'Write the release note' });
const two = anItem({ key: aKey('two'), title: 'Remove the old driver' });
const three = anItem({ key: aKey('three'), title: 'Ask the infra team' });

describe('Ctrl-C', () => {
  it('lets the request in flight end, begins no other, and leaves no claim behind', async () => {
    const world = await World.open();
    world.work.duringCreate = () => world.stop.abort();

    const outcomes = await world.sync([one, two, three]);

    expect(outcomes.map(({ did, because }) => [did, because])).toEqual([
      ['created', 'filed as #1'],
      ['nothing', 'stopped before it was its turn'],
      ['nothing', 'stopped before it was its turn'],
    ]);
    expect((await world.ledger.entries()).map(({ claim }) => claim)).toEqual([null]);
  });

  it('gives a key back that was claimed but not sent', async () => {
    const world = await World.open();
    const { ledger, stop } = world;
    const claim = ledger.claim.bind(ledger);
    ledger.claim = async (...given) => {
      const won = await claim(...given);
      stop.abort();
      return won;
    };

    expect(await world.sync([one])).toMatchObject([{ did: 'nothing', because: 'stopped before it was its turn' }]);
    expect((await ledger.get(one.key))?.claim ?? null).toBeNull();
    expect(world.work.writes).toEqual([]);
  });

  it('ends a wait for a rate limit at once', async () => {
    const world = await World.open();
    world.maxWaitMs = 3_600_000;
    world.work.createFaults.push({ kind: 'busy', until: new Date('2026-03-02T12:59:00.000Z') });
    world.work.duringCreate = () => void setImmediate(() => setImmediate(() => world.stop.abort()));

    expect(await world.sync([one])).toMatchObject([{ did: 'nothing', because: 'stopped before it was its turn' }]);
  });

  it('records what was sent when the reader of the outcomes walks away', async () => {
    const world = await World.open();
    const plan = await world.plan([one, two, three]);
    const { trackers, ledger, run, maxWaitMs, stop } = world;
    const parts = { trackers, ledger, run, maxWaitMs, clock: () => world.now, signal: stop.signal };

    for await (const _ of apply(plan, parts)) break;

    const entries = await ledger.entries();
    expect(entries.length).toBe(world.work.issues.size);
    expect(entries.every(({ claim, issue }) => claim === null && issue !== null)).toBe(true);
  });
});

describe('a ledger that fails', () => {
  const failing = (ledger: Ledger, name: 'claim' | 'record', times = Number.POSITIVE_INFINITY) => {
    const real = ledger[name].bind(ledger) as (...given: never[]) => Promise<never>;
    let left = times;
    Object.assign(ledger, {
      [name]: async (...given: never[]) => {
        left -= 1;
        if (left >= 0) throw new LedgerError('the disk is full');
        return real(...given);
      },
    });
  };

  it('stops all writes before the first when a key cannot be claimed', async () => {
    const world = await World.open();
    failing(world.ledger, 'claim');

    const outcomes = await world.sync([one, two]);

    expect(outcomes.map(({ did, because }) => [did, because])).toEqual([
      ['failed', 'the disk is full'],
      ['failed', 'the disk is full'],
    ]);
    expect(world.work.writes).toEqual([]);
    expect(world.troubles).toHaveLength(1);
  });

  it('tells of an issue that was made and could not be recorded; the next run takes it over', async () => {
    const world = await World.open();
    failing(world.ledger, 'record', 1);
    const plan = await world.plan([one, two]);

    const outcomes = await world.apply(plan);

    expect(outcomes).toMatchObject([
      { did: 'created', notes: ['the ledger could not be written (the disk is full): the next run takes it over'] },
      { did: 'failed', because: 'the disk is full' },
    ]);
    expect(await world.sync([one, two])).toMatchObject([{ did: 'adopted' }, { did: 'created' }]);
    expect(world.work.issues.size).toBe(2);
  });
});
