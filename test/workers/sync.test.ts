import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Job } from 'bullmq';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/apply/outcome.ts';
import type { Tracker } from '../../src/trackers/tracker.ts';
import { followRun } from '../../workers/follow.ts';
import { pauseQueues, resumeQueues } from '../../workers/inspect.ts';
import { workOnNotes } from '../../workers/notes.ts';
import { startWorkers, type Working } from '../../workers/start.ts';
import type { RunResult } from '../../workers/store.ts';
import { anEntry } from '../builders.ts';
import { useRedis } from '../redis.ts';
import { type Desk, openDesk } from './desk.ts';
import { DeskTracker } from './desk-tracker.ts';
import { manyItems } from './items.ts';
import { enqueueItems, openSetting, type Setting } from './setting.ts';

const redis = useRedis();
const FAST = { perMinute: null, lockMs: 2_000 } as const;
let desk: Desk;
let setting: Setting;
let working: Working | null;

beforeEach(async () => {
  desk = await openDesk();
  working = null;
  setting = await openSetting({ redisUrl: redis.url, name: randomUUID(), tracker: new DeskTracker(desk.url, 600) });
});
afterEach(async () => {
  await working?.drain(5_000);
  await setting.end();
  await desk.close();
});

async function resultOf(run: string): Promise<RunResult> {
  for await (const heard of followRun(setting.queues, run)) if (heard.kind === 'done') return heard.result;
  throw new Error('the run did not end');
}

function dids(outcomes: readonly Outcome[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { did } of outcomes) counts[did] = (counts[did] ?? 0) + 1;
  return counts;
}

describe('a sync through the queues', () => {
  it('files each item once, and nothing the second time', async () => {
    working = startWorkers(setting.hands, FAST);
    const items = manyItems(30);

    const first = await resultOf(await enqueueItems(setting.queues, items));
    const second = await resultOf(await enqueueItems(setting.queues, items));

    expect(dids(first.outcomes)).toEqual({ created: 30 });
    expect(dids(second.outcomes)).toEqual({ nothing: 30 });
    expect([...desk.perKey().values()]).toEqual(Array(30).fill(1));
  });

  it('has one outcome an item when its plan is made twice, as by a worker that was taken for dead', async () => {
    const items = manyItems(5);
    const run = await enqueueItems(setting.queues, items);
    const [tracker] = setting.parts.trackers.values();
    if (tracker === undefined) throw new Error('there is no tracker');
    const filed = new AbortController();
    const isFiled = once(filed.signal, 'abort');
    const late: Tracker = Object.assign(Object.create(tracker), {
      changes: async (cursor: string | null) => {
        await isFiled;
        return tracker.changes(cursor);
      },
    });
    const parts = { ...setting.parts, trackers: new Map([[tracker.name, late]]) };
    const job = { name: 'plan', data: { run } } as Job;
    const second = workOnNotes(job, { ...setting.hands, parts });

    working = startWorkers(setting.hands, FAST);
    const { outcomes } = await resultOf(run);
    filed.abort();

    expect(await second).toEqual({ jobs: 0 });
    expect(dids(outcomes)).toEqual({ created: 5 });
    expect((await setting.queues.store.get(run, 'planned')).jobs).toHaveLength(5);
  });

  it.each(['lost after', '500 after'] as const)('adopts what was made when the answer is %s', async (fault) => {
    desk.script.push(fault);
    working = startWorkers(setting.hands, FAST);

    const { outcomes } = await resultOf(await enqueueItems(setting.queues, manyItems(1)));

    expect(outcomes).toMatchObject([{ did: 'adopted', issue: { id: '1' } }]);
    expect(desk.calls.get('create')).toBe(1);
    expect(await setting.hands.metrics.registry.metrics()).toMatch(/ptg_duplicates_avoided_total\{tracker="work"\} 1/);
  });

  it.each(['lost before', '502 before'] as const)(
    'creates anew, late enough, what is not there when the create was %s',
    async (fault) => {
      desk.script.push(fault);
      working = startWorkers(setting.hands, FAST);
      const began = Date.now();

      const { outcomes } = await resultOf(await enqueueItems(setting.queues, manyItems(1)));

      expect(outcomes).toMatchObject([{ did: 'created', issue: { id: '1' } }]);
      expect(desk.calls.get('create')).toBe(2);
      expect(Date.now() - began).toBeGreaterThan(600);
    },
  );

  it('waits for a key that somebody else holds, and files it when it is given back', async () => {
    const [item] = manyItems(1);
    if (item === undefined) throw new Error('no item');
    await pauseQueues(setting.queues, ['sync-work']);
    working = startWorkers(setting.hands, FAST);
    const run = await enqueueItems(setting.queues, [item]);
    for await (const { kind } of followRun(setting.queues, run)) if (kind === 'planned') break;
    const claim = { run: 'another', at: new Date().toISOString(), uncertain: false };
    const { key } = item;
    await setting.parts.ledger.claim({ ...anEntry({ key }), issue: null, wrote: null, seen: null, claim }, null);

    await resumeQueues(setting.queues);
    while ((await setting.queues.get('sync-work').getDelayedCount()) === 0) await sleep(10);
    expect(desk.issues.size).toBe(0);
    await setting.parts.ledger.release(key, 'another');

    expect((await resultOf(run)).outcomes).toMatchObject([{ did: 'created' }]);
    expect(desk.issues.size).toBe(1);
  });

  it('waits for a limit as a queue, not as failures', async () => {
    desk.script.push('limited');
    working = startWorkers(setting.hands, { ...FAST, concurrency: { sync: 1 } });
    const began = Date.now();

    const { outcomes } = await resultOf(await enqueueItems(setting.queues, manyItems(5)));

    expect(dids(outcomes)).toEqual({ created: 5 });
    expect(Date.now() - began).toBeGreaterThan(1_000);
    expect(desk.calls.get('create')).toBe(6);
  });
});
