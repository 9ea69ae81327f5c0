import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Outcome } from '../src/apply/outcome.ts';
import { readCalls } from './calls.ts';
import type { Queues } from './queues.ts';

/** What a worker counts, for Prometheus. */
export interface Metrics {
  readonly registry: Registry;
  /** A job that ended: `completed`, `failed`, `delayed` (it comes back later) or `limited` (by a tracker's rate limit). */
  job(queue: string, result: 'completed' | 'failed' | 'delayed' | 'limited', seconds: number): void;
  outcome(outcome: Outcome): void;
  /** A create whose answer was lost or whose worker died turned out to have made the issue: it is not filed twice. */
  duplicateAvoided(tracker: string): void;
  /** A tracker takes no more until then. */
  limited(tracker: string, until: Date): void;
}

const SECONDS = [0.005, 0.02, 0.1, 0.5, 2, 10, 60, 300];

/** Makes the counters; with queues, their lengths are looked up whenever somebody asks for the figures. */
export function makeMetrics(queues: Queues | null = null): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const jobs = new Counter({
    name: 'ptg_jobs_total',
    help: 'Jobs that ended, by queue and result.',
    labelNames: ['queue', 'result'] as const,
    registers,
  });
  const seconds = new Histogram({
    name: 'ptg_job_seconds',
    help: 'How long jobs took.',
    labelNames: ['queue'] as const,
    buckets: SECONDS,
    registers,
  });
  const outcomes = new Counter({
    name: 'ptg_outcomes_total',
    help: 'What became of items: created, adopted, updated, nothing, uncertain, failed.',
    labelNames: ['tracker', 'did'] as const,
    registers,
  });
  const avoided = new Counter({
    name: 'ptg_duplicates_avoided_total',
    help: 'Issues found on the tracker where a create had been sent and its answer was lost.',
    labelNames: ['tracker'] as const,
    registers,
  });
  const limited = new Gauge({
    name: 'ptg_limited_until_seconds',
    help: 'Until when a tracker takes no more, as Unix time; in the past when it does.',
    labelNames: ['tracker'] as const,
    registers,
  });
  if (queues !== null) {
    countQueues(queues, registry);
    countCalls(queues, registry);
  }
  return {
    registry,
    job(queue, result, took) {
      jobs.inc({ queue, result });
      seconds.observe({ queue }, took);
    },
    outcome: ({ tracker, did }) => outcomes.inc({ tracker: tracker ?? 'none', did }),
    duplicateAvoided: (tracker) => avoided.inc({ tracker }),
    limited: (tracker, until) => limited.set({ tracker }, until.getTime() / 1000),
  };
}

function countQueues(queues: Queues, registry: Registry): void {
  const waiting = new Gauge({
    name: 'ptg_queue_jobs',
    help: 'Jobs in a queue now, by state.',
    labelNames: ['queue', 'state'] as const,
    registers: [registry],
    async collect() {
      // Without Redis there is nothing to count, and the other figures still tell what was done.
      if (queues.redis.status !== 'ready') return;
      for (const [name, queue] of queues.all)
        for (const [state, count] of Object.entries(await queue.getJobCounts()))
          waiting.set({ queue: name, state }, count);
    },
  });
}

/** The calls that are left, as the workers heard it; a tracker of which nothing is known now is not shown. */
function countCalls(queues: Queues, registry: Registry): void {
  const labelNames = ['tracker'] as const;
  const registers = [registry];
  const limit = new Gauge({
    name: 'ptg_calls_limit',
    help: 'Requests that a tracker takes an hour.',
    labelNames,
    registers,
  });
  const reset = new Gauge({
    name: 'ptg_calls_reset_seconds',
    help: 'When a tracker takes as many requests as its limit says again, as Unix time.',
    labelNames,
    registers,
  });
  new Gauge({
    name: 'ptg_calls_left',
    help: 'Requests that a tracker still takes until then.',
    labelNames,
    registers,
    async collect() {
      if (queues.redis.status !== 'ready') return;
      for (const gauge of [this, limit, reset]) gauge.reset();
      for (const [tracker, calls] of await readCalls(queues)) {
        this.set({ tracker }, calls.left);
        limit.set({ tracker }, calls.limit);
        reset.set({ tracker }, calls.until.getTime() / 1000);
      }
    },
  });
}
