import type { Change } from '../plan/plan.ts';
import type { Written } from '../trackers/tracker.ts';
import type { Did, Outcome } from './outcome.ts';

/** Why a change was not begun after Ctrl-C. */
export const STOPPED = 'stopped before it was its turn';

/** The outcome of a change. */
export function outcome(
  change: Change,
  did: Did,
  because: string,
  issue: Outcome['issue'] = issueOf(change),
  notes: readonly string[] = change.notes,
): Outcome {
  const { key, title, tracker } = change;
  return { key, title, tracker, did, issue: issue === null ? null : { id: issue.id, url: issue.url }, because, notes };
}

function issueOf(change: Change): Outcome['issue'] {
  return 'issue' in change ? change.issue : null;
}

/** What was asked for and did not stick, one sentence each. */
export function dropped(written: Written): string[] {
  return written.dropped.map(({ what, because }) => `${what} did not stick: ${because}`);
}

/** A time for people, to the second. */
export function timeOf(date: Date): string {
  return `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** Two sentences put together, whether or not the first has its full stop. */
export function sentences(first: string, second: string): string {
  return `${first.trim().replace(/\.$/, '')}. ${second}`;
}
