import { z } from 'zod';
import { messageOf } from '../src/errors.ts';
import type { Allowance, Tracker } from '../src/trackers/tracker.ts';
import type { Hands } from './hands.ts';
import type { Queues } from './queues.ts';

/** How many requests a tracker still takes, as it lies in Redis for everybody to see. */
const Shared = z.object({ left: z.number(), limit: z.number(), until: z.coerce.date(), at: z.coerce.date() });

const EVERY_MS = 5_000;

/** What trackers told of how many requests they still take, by name; those that told nothing, or whose hour is over, are left out. */
export type Calls = ReadonlyMap<string, Allowance>;

/** What this process's trackers told last. */
export function callsOf(trackers: Iterable<Tracker>, now = new Date()): Calls {
  const told = [...trackers].map((tracker) => [tracker.name, tracker.allowance?.() ?? null] as const);
  return new Map(told.flatMap(([name, one]) => (one === null || one.until <= now ? [] : [[name, one] as const])));
}

/** What the workers' trackers told last. */
export async function readCalls(queues: Queues, now = new Date()): Promise<Calls> {
  const texts = Object.entries(await queues.redis.hgetall(nameOf(queues)));
  const read = texts.map(([name, text]) => [name, Shared.safeParse(parsed(text))] as const);
  return new Map(
    read.flatMap(([name, { success, data }]) => (success && data.until > now ? [[name, data] as const] : [])),
  );
}

/** Lets the other processes know what this one's trackers told. */
export async function shareCalls(queues: Queues, calls: Calls): Promise<void> {
  if (calls.size === 0) return;
  await queues.redis.hset(nameOf(queues), new Map([...calls].map(([name, one]) => [name, JSON.stringify(one)])));
}

/** Shares them again and again, where they have changed; gives what ends that. */
export function keepSharing({ queues, parts, log }: Pick<Hands, 'queues' | 'parts' | 'log'>): () => void {
  const told = new Map<string, number>();
  const timer = setInterval(() => {
    // What Redis has no room for now is told again in a moment.
    if (queues.redis.status !== 'ready') return;
    const fresh = [...callsOf(parts.trackers.values())].filter(([name, { at }]) => told.get(name) !== at.getTime());
    for (const [name, { at }] of fresh) told.set(name, at.getTime());
    shareCalls(queues, new Map(fresh)).catch((error: unknown) => {
      for (const [name] of fresh) told.delete(name);
      log.debug({ reason: messageOf(error) }, 'the calls that are left are not shared');
    });
  }, EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

function nameOf(queues: Queues): string {
  return `${queues.prefix}:store:calls`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
