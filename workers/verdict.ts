import { DelayedError, type Job, type Queue, UnrecoverableError, Worker } from 'bullmq';
import { ExpectedError, LedgerError, NoteError, TrackerError } from '../src/errors.ts';
import type { Metrics } from './metrics.ts';

/** How often notes that could not be read at all are tried again: their server may be restarting. */
const NOTE_TRIES = 3;

/**
 * Turns what a job threw into what BullMQ does about it. A tracker's limit pauses its queue for all workers; what may pass (no
 * connection, no ledger) is tried again later; what will not pass by itself fails at once; anything else is a bug and keeps its stack.
 */
export async function verdict(error: unknown, job: Job, queue: Queue, metrics: Metrics): Promise<Error> {
  if (error instanceof TrackerError && error.refusal.kind === 'busy') {
    const { until } = error.refusal;
    metrics.limited(error.tracker, until);
    await queue.rateLimit(Math.max(until.getTime() - Date.now(), 100));
    return Worker.RateLimitError();
  }
  if (mayPass(error, job.attemptsMade)) return error;
  if (error instanceof ExpectedError) return new UnrecoverableError(sentenceOf(error));
  return error instanceof Error ? error : new Error(String(error));
}

function mayPass(error: unknown, attempts: number): error is ExpectedError {
  if (error instanceof LedgerError) return true;
  if (error instanceof NoteError) return attempts + 1 < NOTE_TRIES;
  return error instanceof TrackerError && ['unreachable', 'broken', 'conflict'].includes(error.refusal.kind);
}

/** Puts the job back until then; the caller throws what it gives. */
export async function later(job: Job, token: string | undefined, until: number): Promise<DelayedError> {
  await job.moveToDelayed(until, token);
  return new DelayedError();
}

/** The sentence with what to do about it. */
export function sentenceOf(error: ExpectedError): string {
  return error.hint === null ? error.message : `${error.message}\n${error.hint}`;
}
