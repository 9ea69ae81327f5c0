import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { QueueEvents } from 'bullmq';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ConfigError } from '../../src/errors.ts';
import {
  applySchedules,
  listSchedules,
  pauseSchedule,
  removeSchedule,
  resumeSchedule,
  runSchedule,
} from '../../workers/schedules.ts';
import { startWorkers, type Working } from '../../workers/start.ts';
import { useRedis } from '../redis.ts';
import { type Desk, openDesk } from './desk.ts';
import { DeskTracker } from './desk-tracker.ts';
import { openSetting, type Setting } from './setting.ts';

const redis = useRedis();
const WEEKLY = { cron: '0 6 * * 1', timezone: 'UTC', run: 'sync' } as const;
const DAILY = { cron: '0 7 * * *', timezone: 'Europe/Prague', run: 'status' } as const;
let desk: Desk;
let setting: Setting;

function schedulesOf(given: object): Setting['parts']['config']['schedules'] {
  return given as Setting['parts']['config']['schedules'];
}
const BOTH = schedulesOf({ weekly: { ...WEEKLY, to: [] }, daily: { ...DAILY, to: [] } });

beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());
beforeEach(async () => {
  setting = await openSetting({ redisUrl: redis.url, name: randomUUID(), tracker: new DeskTracker(desk.url) });
});
afterEach(() => setting.end());

describe('schedules', () => {
  it('are put in place once: applying them again changes nothing', async () => {
    const { queues } = setting;

    expect(await applySchedules(queues, BOTH)).toMatchObject({ added: ['weekly', 'daily'], unchanged: [] });
    const before = await listSchedules(queues, BOTH);
    expect(await applySchedules(queues, BOTH)).toEqual({
      added: [],
      changed: [],
      removed: [],
      unchanged: ['weekly', 'daily'],
    });

    expect(await listSchedules(queues, BOTH)).toEqual(before);
    expect(before).toMatchObject([
      { name: 'daily', cron: '0 7 * * *', timezone: 'Europe/Prague', run: 'status', state: 'active' },
      { name: 'weekly', cron: '0 6 * * 1', timezone: 'UTC', run: 'sync', state: 'active' },
    ]);
    expect(before[1]?.next?.getUTCDay()).toBe(1);
    expect(before[1]?.next?.getUTCHours()).toBe(6);
    expect(await queues.get('notes').getDelayedCount()).toBe(2);
  });

  it('follow the configuration: a changed one changes, one that is gone from it goes', async () => {
    const { queues } = setting;
    await applySchedules(queues, BOTH);
    const later = schedulesOf({ weekly: { ...WEEKLY, cron: '0 9 * * 2', to: [] } });

    expect(await applySchedules(queues, later)).toEqual({
      added: [],
      changed: ['weekly'],
      removed: ['daily'],
      unchanged: [],
    });
    expect(await listSchedules(queues, later)).toMatchObject([{ name: 'weekly', cron: '0 9 * * 2' }]);
    expect(await queues.get('notes').getDelayedCount()).toBe(1);
  });

  it('stay paused until they are resumed, also when they are applied', async () => {
    const { queues } = setting;
    await applySchedules(queues, BOTH);

    await pauseSchedule(queues, BOTH, 'weekly');
    await applySchedules(queues, BOTH);
    expect(await listSchedules(queues, BOTH)).toMatchObject([{ state: 'active' }, { state: 'paused', next: null }]);

    await resumeSchedule(queues, BOTH, 'weekly');
    expect(await listSchedules(queues, BOTH)).toMatchObject([{ state: 'active' }, { state: 'active' }]);
  });

  it('can be taken away, and say whether they were there', async () => {
    const { queues } = setting;
    await applySchedules(queues, BOTH);

    expect(await removeSchedule(queues, 'weekly')).toBe(true);
    expect(await removeSchedule(queues, 'weekly')).toBe(false);
    expect(await listSchedules(queues, BOTH)).toMatchObject([{ name: 'daily' }, { state: 'not applied' }]);
  });

  it.each([
    { what: 'a cron line that is none', cron: 'every monday', timezone: 'UTC' },
    { what: 'a time zone that is none', cron: '0 6 * * 1', timezone: 'Mars/Olympus' },
  ])('refuse $what by name', async ({ cron, timezone }) => {
    const wrong = schedulesOf({ odd: { cron, timezone, run: 'sync', to: [] } });

    const error: unknown = await applySchedules(setting.queues, wrong).catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(ConfigError);
    expect(String(error)).toContain('schedules.odd');
  });

  it('refuse a name that the configuration does not have, and tell those that it has', async () => {
    await expect(pauseSchedule(setting.queues, BOTH, 'monthly')).rejects.toThrow(/monthly.*weekly, daily/);
    await expect(runSchedule(setting.queues, setting.parts.config, 'monthly')).rejects.toThrow(ConfigError);
  });
});

describe('with two workers', () => {
  let working: Working[] = [];
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ptg-schedule-'));
    await writeFile(join(folder, 'notes.md'), '# Retro\n\n* ACTION: alice to write the release note of the driver\n');
  });
  afterAll(() => rm(folder, { recursive: true }));
  afterEach(async () => {
    await Promise.all(working.map((one) => one.drain(5_000)));
    working = [];
  });

  it('a schedule fires once each time', { timeout: 60_000 }, async () => {
    const name = randomUUID();
    const schedules = { beat: { cron: '* * * * * *', run: 'status' } };
    const options = { redisUrl: redis.url, name, tracker: new DeskTracker(desk.url), config: { schedules } };
    const settings = [await openSetting(options), await openSetting(options)];
    const { queues, parts } = settings[0] ?? setting;
    const started: string[] = [];
    const events = new QueueEvents('report', {
      connection: new Redis(redis.url, { maxRetriesPerRequest: null }),
      prefix: queues.prefix,
    });
    const enough = new Promise<void>((resolve) => {
      events.on('completed', ({ jobId }) => started.push(jobId) === 4 && resolve());
    });
    await events.waitUntilReady();

    const began = Date.now();
    working = settings.map(({ hands }) => startWorkers(hands, { perMinute: null }));
    await applySchedules(queues, parts.config.schedules);
    await applySchedules(queues, parts.config.schedules);
    await enough;
    await removeSchedule(queues, 'beat');

    const jobs = (await queues.get('notes').getCompleted()).filter((job) => job.name === 'start');
    // Each job is named after the second that it stands for, and late ones may follow each other closely.
    const seconds = jobs.map((job) => Number(job.id?.split(':').at(-1)) / 1000);
    expect(seconds.every(Number.isInteger)).toBe(true);
    expect(new Set(seconds).size).toBe(seconds.length);
    expect(jobs.length).toBeLessThanOrEqual((Date.now() - began) / 1000 + 1);
    expect(new Set(started).size).toBe(started.length);
    await events.close();
    await Promise.all(working.map((one) => one.drain(5_000)));
    for (const one of settings) await one.end();
  });

  it('what a schedule does can be started by hand', { timeout: 60_000 }, async () => {
    const schedules = { weekly: { ...WEEKLY, notes: [join(folder, 'notes.md')] } };
    const own = await openSetting({
      redisUrl: redis.url,
      name: randomUUID(),
      tracker: new DeskTracker(desk.url),
      config: { schedules },
    });
    working = [startWorkers(own.hands, { perMinute: null })];

    const run = await runSchedule(own.queues, own.parts.config, 'weekly');
    const { followRun } = await import('../../workers/follow.ts');
    const outcomes = [];
    for await (const heard of followRun(own.queues, run)) if (heard.kind === 'outcome') outcomes.push(heard.outcome);

    expect(outcomes).toMatchObject([{ did: 'created', tracker: 'work' }]);
    await working[0]?.drain(5_000);
    working = [];
    await own.end();
  });
});
