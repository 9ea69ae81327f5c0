import type { Outcome } from '../src/apply/outcome.ts';
import { type ExpectedError, TrackerError } from '../src/errors.ts';
import { type Parts, syncPlan } from '../src/pipeline.ts';
import type { Change } from '../src/plan/plan.ts';
import type { Tracker } from '../src/trackers/tracker.ts';

/** Trackers that refuse everything (a wrong token, a missing repository) are left alone for a minute. */
const refusing = new WeakMap<Tracker, { readonly until: number; readonly error: TrackerError }>();

/** What an attempt came to. */
export interface Reached {
  readonly outcome: Outcome;
  /** A create that found its key in somebody's hands: theirs will be the issue, unless they give the key back. */
  readonly taken: boolean;
}

/** Does one change and nothing else. What meets the next items too is thrown. */
export async function perform(change: Change, attempt: string, parts: Parts): Promise<Reached> {
  const troubles: ExpectedError[] = [];
  let reached: Outcome | null = null;
  // A limit is waited for by the queue, not here.
  const unwaiting = { ...parts, config: { ...parts.config, limits: { ...parts.config.limits, maxWait: 0 } } };
  const planned = { plan: { trackers: [], changes: [change] }, held: [], errors: [] };
  for await (const outcome of syncPlan(unwaiting, planned, attempt, { onTrouble: (error) => troubles.push(error) }))
    reached = outcome;
  const trouble = troubles[0];
  if (trouble !== undefined && reached?.did !== 'created') throw noted(trouble, change, parts);
  if (reached === null) throw new Error(`no outcome for ${change.key}`);
  return { outcome: reached, taken: change.do === 'create' && reached.did === 'nothing' };
}

/** The error, remembered where it meets every item of the tracker. */
export function noted(error: ExpectedError, change: Change, { trackers }: Parts): ExpectedError {
  const tracker = trackers.get(change.tracker ?? '');
  if (
    tracker !== undefined &&
    error instanceof TrackerError &&
    error.endsTheRun &&
    error.refusal.kind !== 'unreachable'
  )
    refusing.set(tracker, { until: Date.now() + 60_000, error });
  return error;
}

/** Throws what the tracker said last, while it refuses everything. */
export function throwIfRefusing(change: Change, { trackers }: Parts): void {
  const tracker = trackers.get(change.tracker ?? '');
  const refusal = tracker === undefined ? undefined : refusing.get(tracker);
  if (refusal !== undefined && refusal.until > Date.now()) throw refusal.error;
}
