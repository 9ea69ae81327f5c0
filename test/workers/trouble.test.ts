import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LedgerError } from '../../src/errors.ts';
import { followRun, type Heard } from '../../workers/follow.ts';
import { inspectQueues, pauseQueues, resumeQueues } from '../../workers/inspect.ts';
import { startWorkers, type Working } from '../../workers/start.ts';
import { useOwnRedis } from '../redis.ts';
import { startChild } from './children.ts';
import { type Desk, openDesk } from './desk.ts';
import { DeskTracker } from './desk-tracker.ts';
import { manyItems } from './items.ts';
import { enqueueItems, openSetting, type Setting } from './setting.ts';

const redis = useOwnRedis(['--appendonly', 'yes', '--appendfsync', 'always']);
const FAST = { perMinute: null, lockMs: 2_000 } as const;
let desk: Desk;
let setting: Setting;
let name: string;
let working: Working | null;

beforeEach(async () => {
  desk = await openDesk({ latencyMs: 30 });
  name = randomUUID();
  working = null;
  setting = await openSetting({ redisUrl: redis.url, name, tracker: new DeskTracker(desk.url, 600) });
});
afterEach(async () => {
  await working?.drain(5_000);
  await setting.end();
  await desk.close();
});

/** Resolves when the desk holds that many issues. */
async function issues(count: number): Promise<void> {
  while (desk.issues.size < count) await sleep(10);
}

async function heardOf(run: string): Promise<Heard[]> {
  const heard: Heard[] = [];
  for await (const one of followRun(setting.queues, run)) heard.push(one);
  return heard;
}

describe('Redis trouble', () => {
  it('that passes in the middle of a sync is waited for, and nothing is doubled', { timeout: 60_000 }, async () => {
    working = startWorkers(setting.hands, FAST);
    const items = manyItems(150);
    const run = await enqueueItems(setting.queues, items);
    const following = heardOf(run);

    await issues(30);
    await redis.kill();
    await redis.start();

    const last = (await following).at(-1);
    expect(last?.kind).toBe('done');
    expect(desk.perKey()).toEqual(new Map(items.map(({ key }) => [key, 1])));
    expect(last?.kind === 'done' && last.result.outcomes).toHaveLength(150);
  });

  it('that empties it ends the run with a word, and the next sync doubles nothing', { timeout: 60_000 }, async () => {
    working = startWorkers(setting.hands, FAST);
    const items = manyItems(100);
    const following = heardOf(await enqueueItems(setting.queues, items)).catch((error: unknown) => error);
    await issues(20);
    await setting.queues.redis.flushall();

    const error = await following;
    expect(error).toBeInstanceOf(LedgerError);
    expect(String(error)).toMatch(/no longer knows run-/);

    // What was in flight when everything was lost shows up in the tracker's list.
    await sleep(100);
    const heard = await heardOf(await enqueueItems(setting.queues, items));
    expect(heard.at(-1)?.kind).toBe('done');
    expect(desk.perKey()).toEqual(new Map(items.map(({ key }) => [key, 1])));
  });
});

describe('held queues', () => {
  it('file nothing until they go on', { timeout: 60_000 }, async () => {
    working = startWorkers(setting.hands, FAST);
    await pauseQueues(setting.queues, ['sync-work']);
    const items = manyItems(20);
    const run = await enqueueItems(setting.queues, items);
    for await (const { kind } of followRun(setting.queues, run)) if (kind === 'planned') break;

    const held = (await inspectQueues(setting.queues)).find((queue) => queue.name === 'sync-work');
    expect(held).toMatchObject({ paused: true, waiting: 20, active: 0, failed: 0 });
    expect(desk.issues.size).toBe(0);

    await resumeQueues(setting.queues);
    expect((await heardOf(run)).at(-1)?.kind).toBe('done');
    expect(desk.issues.size).toBe(20);
  });
});

describe('a worker that is told to stop', () => {
  it('finishes what it has in hand and takes nothing new', { timeout: 60_000 }, async () => {
    const child = startChild(redis.url, name, desk.url);
    await child.ready;
    const items = manyItems(300);
    const run = await enqueueItems(setting.queues, items);
    await issues(40);

    expect(await child.drain()).toBe(0);

    const left = (await inspectQueues(setting.queues)).find((queue) => queue.name === 'sync-work');
    expect(left?.active).toBe(0);
    expect(left?.waiting).toBe(300 - desk.issues.size);
    expect((await setting.parts.ledger.entries()).filter(({ claim }) => claim !== null)).toEqual([]);
    working = startWorkers(setting.hands, FAST);
    expect((await heardOf(run)).at(-1)?.kind).toBe('done');
    expect(desk.issues.size).toBe(300);
  });
});
