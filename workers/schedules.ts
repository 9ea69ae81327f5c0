import type { Queue } from 'bullmq';
import type { Config, Schedule } from '../config/schema.ts';
import { ConfigError, messageOf } from '../src/errors.ts';
import { startScheduled } from './enqueue.ts';
import { type Queues, RETRIES } from './queues.ts';

/** A schedule as it is in place. */
export interface InPlace {
  readonly name: string;
  readonly cron: string;
  readonly timezone: string;
  readonly run: Schedule['run'] | null;
  readonly next: Date | null;
  readonly state: 'active' | 'paused' | 'not in the configuration' | 'not applied';
}

/** What `applySchedules` did with each. */
export interface Applied {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: readonly string[];
}

type Schedules = Config['schedules'];

/** Brings the schedules in place in line with the configuration. Doing it twice changes nothing; paused ones stay paused. */
export async function applySchedules(queues: Queues, schedules: Schedules): Promise<Applied> {
  const there = new Map((await inRedis(queues)).map((one) => [one.name, one]));
  const paused = await pausedIn(queues);
  const done = { added: [] as string[], changed: [] as string[], removed: [] as string[], unchanged: [] as string[] };
  for (const [name, schedule] of Object.entries(schedules)) {
    const old = there.get(name);
    const same = old?.cron === schedule.cron && old.timezone === schedule.timezone;
    if (same || paused.has(name)) done.unchanged.push(name);
    else {
      await put(queues, name, schedule);
      done[old === undefined ? 'added' : 'changed'].push(name);
    }
  }
  for (const name of new Set([...there.keys(), ...paused])) {
    if (name in schedules) continue;
    await removeSchedule(queues, name);
    done.removed.push(name);
  }
  return done;
}

/** All schedules: those of the configuration and those in place. */
export async function listSchedules(queues: Queues, schedules: Schedules): Promise<readonly InPlace[]> {
  const there = new Map((await inRedis(queues)).map((one) => [one.name, one]));
  const paused = await pausedIn(queues);
  const names = [...new Set([...Object.keys(schedules), ...there.keys()])].sort();
  return names.map((name) => {
    const asked = schedules[name];
    const placed = there.get(name);
    const { cron, timezone } = asked ?? placed ?? { cron: '', timezone: 'UTC' };
    const state = asked === undefined ? 'not in the configuration' : placed === undefined ? 'not applied' : 'active';
    const next = placed?.next ?? null;
    return { name, cron, timezone, run: asked?.run ?? null, next, state: paused.has(name) ? 'paused' : state };
  });
}

/** Starts what a schedule does now, besides its times. Gives the run's id. */
export function runSchedule(queues: Queues, config: Config, name: string): Promise<string> {
  return startScheduled({ queues, parts: { config } }, name, `by hand ${Date.now()}`);
}

/** Keeps a schedule from starting anything until it is resumed. */
export async function pauseSchedule(queues: Queues, schedules: Schedules, name: string): Promise<void> {
  scheduleOf(schedules, name);
  await queues.redis.sadd(pausedSet(queues), name);
  await starter(queues).removeJobScheduler(name);
}

/** Lets a paused schedule start again at its times. */
export async function resumeSchedule(queues: Queues, schedules: Schedules, name: string): Promise<void> {
  await put(queues, name, scheduleOf(schedules, name));
  await queues.redis.srem(pausedSet(queues), name);
}

/** Takes a schedule away; it comes back when it is applied while the configuration names it. */
export async function removeSchedule(queues: Queues, name: string): Promise<boolean> {
  const paused = await queues.redis.srem(pausedSet(queues), name);
  return (await starter(queues).removeJobScheduler(name)) || paused > 0;
}

async function put(queues: Queues, name: string, { cron, timezone }: Schedule): Promise<void> {
  try {
    await starter(queues).upsertJobScheduler(
      name,
      { pattern: cron, tz: timezone },
      { name: 'start', data: { schedule: name }, opts: RETRIES },
    );
  } catch (error) {
    throw new ConfigError(null, [`schedules.${name}: "${cron}" in ${timezone} is no time: ${messageOf(error)}`]);
  }
}

async function inRedis(queues: Queues): Promise<{ name: string; cron: string; timezone: string; next: Date | null }[]> {
  const schedulers = await starter(queues).getJobSchedulers();
  return schedulers.map(({ key, pattern, tz, next }) => ({
    name: key,
    cron: pattern ?? '',
    timezone: tz ?? 'UTC',
    next: next === undefined ? null : new Date(next),
  }));
}

async function pausedIn(queues: Queues): Promise<ReadonlySet<string>> {
  return new Set(await queues.redis.smembers(pausedSet(queues)));
}

function pausedSet(queues: Queues): string {
  return `${queues.prefix}:store:paused-schedules`;
}

function starter(queues: Queues): Queue {
  return queues.get('notes');
}

function scheduleOf(schedules: Schedules, name: string): Schedule {
  const schedule = schedules[name];
  if (schedule !== undefined) return schedule;
  const names = Object.keys(schedules).join(', ') || 'none';
  throw new ConfigError(null, [`there is no schedule ${name} in the configuration; there are: ${names}`]);
}
