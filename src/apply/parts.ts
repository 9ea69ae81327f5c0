import { type ExpectedError, LedgerError, TrackerError } from '../errors.ts';
import type { Event, Ledger } from '../ledger/ledger.ts';
import type { Change } from '../plan/plan.ts';
import type { Tracker } from '../trackers/tracker.ts';
import type { Outcome } from './outcome.ts';

/** What is going on: an outcome that was reached, or a wait for a rate limit. `total` counts a tracker's changes. */
export type Progress =
  | {
      readonly kind: 'outcome';
      readonly tracker: string | null;
      readonly done: number;
      readonly total: number;
      readonly outcome: Outcome;
    }
  | { readonly kind: 'waiting'; readonly tracker: string; readonly until: Date };

/** What apply works with. */
export interface ApplyParts {
  /** By the name in the configuration. */
  readonly trackers: ReadonlyMap<string, Tracker>;
  readonly ledger: Ledger;
  /** This run's id: it holds the claims. */
  readonly run: string;
  readonly clock: () => Date;
  /** Ends the run: the request in flight is finished, nothing further is begun. */
  readonly signal: AbortSignal;
  /**
   * How long a run waits for one tracker's rate limits in all, in ms; what remains then becomes outcomes that say until
   * when. No claim is held during such a wait.
   */
  readonly maxWaitMs: number;
  readonly onProgress?: (progress: Progress) => void;
  /** Told what ended the work on a tracker or on the ledger, so that the caller can end with that exit status. */
  readonly onTrouble?: (error: ExpectedError) => void;
}

/** What one change needs: its tracker and the run. */
export interface Hands {
  readonly tracker: Tracker;
  readonly ledger: Ledger;
  readonly run: string;
  readonly clock: () => Date;
  readonly signal: AbortSignal;
}

/** What became of one change, and the error that meets the next changes too, where there is one. */
export interface Step {
  readonly outcome: Outcome;
  readonly trouble: ExpectedError | null;
}

/** One line of the journal: what happened to a change's item, and why. */
export function eventOf(hands: Hands, change: Change, what: string, because: string, issue: string | null): Event {
  const { run, clock, tracker } = hands;
  return { at: clock().toISOString(), run, key: change.key, tracker: tracker.name, what, because, issue };
}

/** Writes one line of the journal. */
export function journal(hands: Hands, ...told: Told): Promise<void> {
  return hands.ledger.log(eventOf(hands, ...told));
}

type Told = readonly [change: Change, what: string, because: string, issue: string | null];

/** The error, when it meets the next changes too: a tracker that refuses everything, a limit, a ledger that fails. */
export function troubleOf(error: unknown): ExpectedError | null {
  if (error instanceof LedgerError) return error;
  if (!(error instanceof TrackerError)) return null;
  return error.endsTheRun || error.refusal.kind === 'busy' ? error : null;
}
