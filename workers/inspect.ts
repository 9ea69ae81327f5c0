import type { Allowance } from '../src/trackers/tracker.ts';
import { readCalls } from './calls.ts';
import type { Queues } from './queues.ts';

/** How a queue stands: what waits, for what, until when. */
export interface QueueState {
  readonly name: string;
  readonly waiting: number;
  readonly active: number;
  /** Jobs that come back at a time of their own: retries, and creates whose answer was lost. */
  readonly delayed: number;
  /** Jobs that wait for others: a report for its items, a plan for its notes. */
  readonly waitingForOthers: number;
  readonly failed: number;
  readonly paused: boolean;
  /** The tracker takes no more until then. */
  readonly limitedUntil: Date | null;
  /** When the first of the delayed jobs comes back. */
  readonly nextDelayed: Date | null;
  readonly workers: number;
  /** How many requests the tracker still takes, and until when; null where that is not known. */
  readonly calls: Allowance | null;
}

/** How all queues stand. */
export async function inspectQueues(queues: Queues): Promise<readonly QueueState[]> {
  const states: QueueState[] = [];
  const calls = await readCalls(queues);
  for (const [name, queue] of queues.all) {
    const counts = await queue.getJobCounts();
    const limitMs = await queue.getRateLimitTtl();
    const [next] = await queue.getDelayed(0, 0);
    states.push({
      name,
      waiting: (counts.waiting ?? 0) + (counts.paused ?? 0) + (counts.prioritized ?? 0),
      active: counts.active ?? 0,
      delayed: counts.delayed ?? 0,
      waitingForOthers: counts['waiting-children'] ?? 0,
      failed: counts.failed ?? 0,
      paused: await queue.isPaused(),
      limitedUntil: limitMs > 0 ? new Date(Date.now() + limitMs) : null,
      nextDelayed: next === undefined ? null : new Date(next.timestamp + next.delay),
      workers: await queue.getWorkersCount(),
      calls: (name.startsWith('sync-') && calls.get(name.slice('sync-'.length))) || null,
    });
  }
  return states;
}

/** Holds all queues, or those that are named; jobs in hand are finished. */
export async function pauseQueues(queues: Queues, names: readonly string[] = []): Promise<void> {
  for (const [name, queue] of queues.all) if (names.length === 0 || names.includes(name)) await queue.pause();
}

/** Lets held queues go on. */
export async function resumeQueues(queues: Queues, names: readonly string[] = []): Promise<void> {
  for (const [name, queue] of queues.all) if (names.length === 0 || names.includes(name)) await queue.resume();
}
