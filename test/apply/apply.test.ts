import { describe, expect, it } from 'vitest';
import { aKey, anItem } from '../builders.ts';
import { aRoute } from '../plan/world.ts';
import { SimulatedTracker } from './simulator.ts';
import { World } from './world.ts';

const one = anItem({ key: aKey('one'), title: 'Write the release note' });
const two = anItem({ key: aKey('two'), title: 'Remove the old driver' });
const three = anItem({ key: aKey('three'), title: 'Ask the infra team' });

describe('trackers', () => {
  it('work beside each other, and each of them does one thing at a time', async () => {
    const world = await World.open();
    const other = new SimulatedTracker('other', 'acme/other');
    world.trackers.set('other', other);
    world.routes = [aRoute({ kind: 'rfe', tracker: 'other' }), aRoute()];
    let meet: () => void = () => undefined;
    const met = new Promise<void>((resolve) => {
      meet = resolve;
    });
    // Each create waits for the other tracker's: only two lanes at once get past it.
    let arrived = 0;
    const wait = async () => {
      arrived += 1;
      if (arrived === 2) meet();
      await met;
    };
    world.work.duringCreate = wait;
    other.duringCreate = wait;

    await world.sync([one, two, anItem({ ...three, kind: 'rfe' })]);

    expect([world.work.mostAtOnce, other.mostAtOnce]).toEqual([1, 1]);
    expect([world.work.issues.size, other.issues.size]).toEqual([2, 1]);
  });
});

describe('progress', () => {
  it('counts the changes of each tracker', async () => {
    const world = await World.open();

    await world.sync([one, two]);

    expect(world.progress).toMatchObject([
      { kind: 'outcome', tracker: 'work', done: 1, total: 2 },
      { kind: 'outcome', tracker: 'work', done: 2, total: 2 },
    ]);
  });
});
