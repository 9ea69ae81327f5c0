import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Allowance } from '../../src/trackers/tracker.ts';
import { callsOf, readCalls, shareCalls } from '../../workers/calls.ts';
import { inspectQueues } from '../../workers/inspect.ts';
import { useRedis } from '../redis.ts';
import { DeskTracker } from './desk-tracker.ts';
import { openSetting, type Setting } from './setting.ts';

/** A tracker whose service tells how many requests it still takes. */
class TellingTracker extends DeskTracker {
  told: Allowance | null = null;
  allowance(): Allowance | null {
    return this.told;
  }
}

const redis = useRedis();
let tracker: TellingTracker;
let setting: Setting;
beforeEach(async () => {
  tracker = new TellingTracker('http://127.0.0.1:1');
  setting = await openSetting({ redisUrl: redis.url, name: randomUUID(), tracker });
});
afterEach(() => setting.end());

const inMinutes = (minutes: number): Date => new Date(Date.now() + minutes * 60_000);
const figures = () => setting.hands.metrics.registry.metrics();

it('shows everybody how many calls the workers heard to be left', async () => {
  const until = inMinutes(30);
  tracker.told = { left: 4_321, limit: 5_000, until, at: new Date() };

  await shareCalls(setting.queues, callsOf([tracker]));

  const states = await inspectQueues(setting.queues);
  expect(states.find(({ name }) => name === 'sync-work')?.calls).toEqual(tracker.told);
  expect(states.find(({ name }) => name === 'notes')?.calls).toBeNull();
  expect(await figures()).toContain('ptg_calls_left{tracker="work"} 4321');
  expect(await figures()).toContain('ptg_calls_limit{tracker="work"} 5000');
  expect(await figures()).toContain(`ptg_calls_reset_seconds{tracker="work"} ${until.getTime() / 1000}`);
});

it('shows nothing once the hour is over, and nothing of a tracker that does not tell', async () => {
  tracker.told = { left: 1, limit: 5_000, until: inMinutes(1), at: new Date() };
  await shareCalls(setting.queues, callsOf([tracker]));

  expect((await readCalls(setting.queues, inMinutes(2))).size).toBe(0);
  expect(callsOf([tracker], inMinutes(2)).size).toBe(0);
  expect(callsOf([new DeskTracker('http://127.0.0.1:1')]).size).toBe(0);
});

it('passes over what lies damaged in Redis', async () => {
  await setting.queues.redis.hset(`${setting.queues.prefix}:store:calls`, { work: '{"left":', other: '{"left":1}' });

  expect((await readCalls(setting.queues)).size).toBe(0);
  expect(await figures()).not.toContain('ptg_calls_left{');
});
