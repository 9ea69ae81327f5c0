import { describe, expect, it } from 'vitest';
import { makePlan } from '../../src/plan/make.ts';
import { aKey, anItem } from '../builders.ts';
import { aRoute, theFacts, theInput } from '../plan/world.ts';
import { SimulatedTracker } from './simulator.ts';
import { World } from './world.ts';

const one = anItem({ key: aKey('one'), title: 'Write the release note' });
const two = anItem({ key: aKey('two'), title: 'Remove the old driver' });
const three = anItem({ key: aKey('three'), title: 'Ask the infra team' });

describe('a tracker that refuses everything', () => {
  it.each(['denied', 'forbidden', 'missing', 'disabled', 'unreachable'] as const)(
    'is asked once when it answers %s; the other items say why, and the caller is told',
    async (kind) => {
      const world = await World.open();
      world.work.createFaults.push({ kind });

      const outcomes = await world.sync([one, two, three]);

      expect(outcomes.map(({ did }) => did)).toEqual(['failed', 'failed', 'failed']);
      expect(new Set(outcomes.map(({ because }) => because)).size).toBe(1);
      expect(world.work.writes).toHaveLength(1);
      expect(world.troubles).toMatchObject([{ refusal: { kind }, exit: 3 }]);
    },
  );

  it('does not hold up another one', async () => {
    const world = await World.open();
    const other = new SimulatedTracker('other', 'acme/other');
    world.trackers.set('other', other);
    world.routes = [aRoute({ kind: 'rfe', tracker: 'other' }), aRoute()];
    world.work.createFaults.push({ kind: 'denied' });

    const outcomes = await world.sync([one, anItem({ ...two, kind: 'rfe' }), three]);

    const byKey = new Map(outcomes.map(({ key, did }) => [key, did]));
    expect(byKey).toEqual(
      new Map([
        [one.key, 'failed'],
        [two.key, 'created'],
        [three.key, 'failed'],
      ]),
    );
  });
});

describe('a tracker that could not be used when the plan was made', () => {
  it('fails the items that were due there, with its reason', async () => {
    const world = await World.open();
    const facts = theFacts({ unavailable: 'GitHub refused the token' });
    const plan = makePlan(theInput({ items: [one], trackers: [facts] }));

    expect(await world.apply(plan)).toMatchObject([{ did: 'failed', because: 'GitHub refused the token' }]);
  });

  it('fails what the configuration no longer names', async () => {
    const world = await World.open();
    const plan = await world.plan([one]);
    world.trackers.clear();

    expect(await world.apply(plan)).toMatchObject([{ did: 'failed', because: 'work is not in the configuration' }]);
  });
});

describe('one bad item', () => {
  it('does not stop the others', async () => {
    const world = await World.open();
    world.work.createFaults.push(null, { kind: 'invalid', field: 'title' }, null);

    const outcomes = await world.sync([one, two, three]);

    expect(outcomes.map(({ did, because }) => [did, because])).toEqual([
      ['created', 'filed as #1'],
      ['failed', 'the title was refused'],
      ['created', 'filed as #2'],
    ]);
    expect(world.troubles).toEqual([]);
  });
});

describe('a rate limit', () => {
  const until = new Date('2026-03-02T12:00:00.050Z');

  it('is told with its end, for the item that met it and all that follow', async () => {
    const world = await World.open();
    world.work.createFaults.push(null, { kind: 'busy', until });

    const outcomes = await world.sync([one, two, three]);

    expect(outcomes.map(({ did, because }) => [did, because])).toEqual([
      ['created', 'filed as #1'],
      ['failed', 'work takes no more until 2026-03-02 12:00:00 UTC: the next run goes on'],
      ['failed', 'work takes no more until 2026-03-02 12:00:00 UTC: the next run goes on'],
    ]);
    expect(world.work.writes).toHaveLength(2);
    expect(world.troubles).toMatchObject([{ refusal: { kind: 'busy' } }]);
    expect((await world.ledger.entries()).filter(({ claim }) => claim !== null)).toEqual([]);
  });

  it('is waited for when that is short enough, without a claim, and told while it lasts', async () => {
    const world = await World.open();
    world.maxWaitMs = 1_000;
    world.work.createFaults.push({ kind: 'busy', until });

    const outcomes = await world.sync([one, two]);

    expect(outcomes.map(({ did }) => did)).toEqual(['created', 'created']);
    expect(world.progress[0]).toEqual({ kind: 'waiting', tracker: 'work', until });
    expect(world.troubles).toEqual([]);
  });

  it('is waited for no longer than allowed in all', async () => {
    const world = await World.open();
    world.maxWaitMs = 60;
    world.work.createFaults.push({ kind: 'busy', until }, { kind: 'busy', until });

    expect((await world.sync([one])).map(({ did }) => did)).toEqual(['failed']);
  });
});
