import type { Queues } from './queues.ts';

/**
 * Reserves keys for a run, so that no two runs have jobs for one item at the same time: what a later run wants to write waits for
 * the run after. Gives the keys that another run holds, with that run.
 */
export async function reserve(queues: Queues, run: string, keys: readonly string[]): Promise<Map<string, string>> {
  const { redis } = queues;
  const hash = nameOf(queues);
  const unique = [...new Set(keys)];
  const won = await Promise.all(unique.map((key) => redis.hsetnx(hash, key, run)));
  const lost = unique.filter((_, index) => won[index] === 0);
  if (lost.length === 0) return new Map();
  const holders = await redis.hmget(hash, ...lost);
  const alive = new Map<string, boolean>();
  for (const holder of new Set(holders)) if (holder !== null) alive.set(holder, await isAtWork(queues, holder));
  const held = new Map<string, string>();
  for (const [index, key] of lost.entries()) {
    const holder = holders[index] ?? null;
    if (holder !== null && holder !== run && alive.get(holder)) held.set(key, holder);
    else await redis.hset(hash, key, run);
  }
  return held;
}

/** Gives the run's keys back. */
export async function unreserve(queues: Queues, run: string, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  const holders = await queues.redis.hmget(nameOf(queues), ...keys);
  const mine = keys.filter((_, index) => holders[index] === run);
  if (mine.length > 0) await queues.redis.hdel(nameOf(queues), ...mine);
}

/** Whether a run still has jobs ahead of it: one that died without a trace holds nothing. */
async function isAtWork(queues: Queues, run: string): Promise<boolean> {
  for (const [queue, id] of [
    ['report', `report-${run}`],
    ['notes', `plan-${run}`],
  ] as const) {
    const job = await queues.get(queue).getJob(id);
    if (job !== undefined && !['completed', 'failed', 'unknown'].includes(await job.getState())) return true;
  }
  return false;
}

function nameOf(queues: Queues): string {
  return `${queues.prefix}:store:reserved`;
}
