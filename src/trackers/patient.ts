import { setTimeout as sleep } from 'node:timers/promises';
import { TrackerError } from '../errors.ts';
import type { Tracker } from './tracker.ts';

export interface Patience {
  /** How long reads wait for limits in all, in ms. */
  readonly maxWaitMs: number;
  readonly now: () => Date;
  readonly signal: AbortSignal;
  readonly onWait: (until: Date, why: string) => void;
}

/**
 * The tracker with reads that wait for its rate limits, as long as patience lasts; then `busy` is thrown. Writes are left
 * as they are: whoever writes must hold no claim while it waits.
 */
export function patient(tracker: Tracker, patience: Patience): Tracker {
  let left = patience.maxWaitMs;
  async function waitingFor<T>(read: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await read();
      } catch (error) {
        if (!(error instanceof TrackerError) || error.refusal.kind !== 'busy') throw error;
        const { until } = error.refusal;
        const ms = Math.max(1, until.getTime() - patience.now().getTime());
        if (ms > left || patience.signal.aborted) throw error;
        left -= ms;
        patience.onWait(until, error.message);
        // Ctrl-C ends the wait; the failure that is told is the limit.
        await sleep(ms, undefined, { signal: patience.signal }).catch(() => {
          throw error;
        });
      }
    }
  }
  return {
    ...tracker,
    open: () => waitingFor(() => tracker.open()),
    changes: (cursor) => waitingFor(() => tracker.changes(cursor)),
    createdSince: (time) => waitingFor(() => tracker.createdSince(time)),
    get: (id) => waitingFor(() => tracker.get(id)),
    assignable: (accounts) => waitingFor(() => tracker.assignable(accounts)),
  };
}
