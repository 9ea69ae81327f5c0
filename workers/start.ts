import { setTimeout as sleep } from 'node:timers/promises';
import { DelayedError, type Job, RateLimitError, type RateLimiterOptions, Worker } from 'bullmq';
import { messageOf } from '../src/errors.ts';
import type { Hands } from './hands.ts';
import { workOnNotes } from './notes.ts';
import type { QueueName } from './queues.ts';
import { workOnReport } from './report.ts';
import { workOnStatus } from './status.ts';
import { syncItem } from './sync.ts';
import { verdict } from './verdict.ts';

export interface StartOptions {
  /** Jobs at once in this process: `sync` counts for each tracker. */
  readonly concurrency?: Partial<Readonly<Record<'notes' | 'status' | 'report' | 'sync', number>>>;
  /** How many items a minute all workers together write to a tracker; null for no pace. Default: `limits.createsPerMinute`. */
  readonly perMinute?: number | null;
  /** How soon the job of a worker that died goes to another. */
  readonly lockMs?: number;
}

/** Workers that run. */
export interface Working {
  /** Resolves when all of them wait for jobs. */
  ready(): Promise<void>;
  /** Takes no further jobs and waits for those in hand; false when they did not end in time and were left behind. */
  drain(deadlineMs: number): Promise<boolean>;
}

const CONCURRENCY = { notes: 2, status: 1, report: 2, sync: 4 };

/** Starts one worker a queue in this process. They hold no state: any of them may be killed at any time. */
export function startWorkers(hands: Hands, options: StartOptions = {}): Working {
  const workers = [...hands.queues.all.keys()].map((name) => startWorker(name, hands, options));
  return {
    async ready() {
      await Promise.all(workers.map((worker) => worker.waitUntilReady()));
    },
    async drain(deadlineMs) {
      const closed = Promise.all(workers.map((worker) => worker.close())).then(() => true);
      return Promise.race([closed, sleep(deadlineMs, false, { ref: false })]);
    },
  };
}

function startWorker(name: QueueName, hands: Hands, options: StartOptions): Worker {
  const { redis, prefix } = hands.queues;
  const kind = name.startsWith('sync-') ? 'sync' : (name as 'notes' | 'status' | 'report');
  const lockDuration = options.lockMs ?? 30_000;
  const worker = new Worker(name, (job, token) => handle(name, job, token, hands), {
    connection: redis,
    prefix,
    concurrency: { ...CONCURRENCY, ...options.concurrency }[kind],
    lockDuration,
    stalledInterval: lockDuration,
    // A dead worker's job is looked into, not sent again: it may change hands as often as workers die.
    maxStalledCount: 1_000,
    ...(kind === 'sync' ? { limiter: limiterOf(hands, options) } : {}),
  });
  let told = 0;
  worker.on('error', (error) => {
    // Redis away: it is tried again without end, and said every now and then.
    if (Date.now() - told < 10_000) return;
    told = Date.now();
    hands.log.warn({ queue: name, reason: messageOf(error) }, 'waiting for Redis');
  });
  return worker;
}

/** Shared by all workers, through Redis. A tracker's own answer (`queue.rateLimit`) pauses it besides. */
function limiterOf({ parts }: Hands, { perMinute }: StartOptions): RateLimiterOptions {
  const pace = perMinute === undefined ? parts.config.limits.createsPerMinute : perMinute;
  return pace === null ? { max: 1_000_000, duration: 1_000 } : { max: 1, duration: Math.ceil(60_000 / pace) };
}

async function handle(name: QueueName, job: Job, token: string | undefined, hands: Hands): Promise<unknown> {
  const { metrics, log, queues } = hands;
  const began = performance.now();
  const seconds = (): number => (performance.now() - began) / 1000;
  try {
    const result = await work(name, job, token, hands);
    metrics.job(name, 'completed', seconds());
    return result;
  } catch (error) {
    if (error instanceof DelayedError) {
      metrics.job(name, 'delayed', seconds());
      throw error;
    }
    const thrown = await verdict(error, job, queues.get(name), metrics);
    const limited = thrown instanceof RateLimitError;
    metrics.job(name, limited ? 'limited' : 'failed', seconds());
    log.warn({ queue: name, job: job.id, attempt: job.attemptsStarted, reason: messageOf(error) }, 'job not done');
    throw thrown;
  }
}

function work(name: QueueName, job: Job, token: string | undefined, hands: Hands): Promise<unknown> {
  switch (name) {
    case 'notes':
      return workOnNotes(job, hands);
    case 'status':
      return workOnStatus(job, hands);
    case 'report':
      return workOnReport(job, hands);
    default:
      return syncItem(job, token, hands);
  }
}
