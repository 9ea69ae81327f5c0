import type { Job } from 'bullmq';
import type { Queues } from './queues.ts';

/** A job that failed for good: it waits to be replayed or discarded. */
export interface Failure {
  /** `queue/job`, by which it is named. */
  readonly id: string;
  readonly queue: string;
  readonly run: string | null;
  /** The item, where it is about one. */
  readonly key: string | null;
  readonly title: string | null;
  readonly because: string;
  readonly attempts: number;
  readonly at: Date | null;
}

/** All failures, the latest first. */
export async function listFailures(queues: Queues): Promise<readonly Failure[]> {
  const failures: Failure[] = [];
  for (const [name, queue] of queues.all)
    for (const job of await queue.getFailed()) failures.push(await failureOf(name, job, queues));
  return failures.sort((a, b) => (b.at?.getTime() ?? 0) - (a.at?.getTime() ?? 0));
}

/** Tries failures again, all when none is named: each looks first what is there. Gives how many. */
export function replayFailures(queues: Queues, ids: readonly string[] = []): Promise<number> {
  return each(queues, ids, (job) => job.retry('failed', { resetAttemptsMade: true }));
}

/** Takes failures away; the next sync finds their items again. Gives how many. */
export function discardFailures(queues: Queues, ids: readonly string[] = []): Promise<number> {
  return each(queues, ids, (job) => job.remove());
}

async function each(queues: Queues, ids: readonly string[], work: (job: Job) => Promise<void>): Promise<number> {
  let count = 0;
  for (const [name, queue] of queues.all)
    for (const job of await queue.getFailed()) {
      if (ids.length > 0 && !ids.includes(`${name}/${job.id}`)) continue;
      await work(job);
      count++;
    }
  return count;
}

async function failureOf(name: string, job: Job, queues: Queues): Promise<Failure> {
  const { run, key, change } = job.data as Partial<Record<'run' | 'key' | 'change', string>>;
  const stored = change === undefined ? null : await queues.store.change(change, run ?? '').catch(() => null);
  return {
    id: `${name}/${job.id}`,
    queue: name,
    run: run ?? null,
    key: key ?? null,
    title: stored?.title ?? null,
    because: job.failedReason ?? 'it failed without a word',
    attempts: job.attemptsStarted,
    at: job.finishedOn === undefined ? null : new Date(job.finishedOn),
  };
}
