import type { ItemKey } from '../items/item.ts';
import type { Event } from './ledger.ts';

/** The journal's word for a failure that somebody has seen and put away. */
export const DISCARDED = 'discarded';

/** An item whose last write failed or whose answer was lost. */
export interface Failure {
  readonly key: ItemKey;
  readonly tracker: string | null;
  readonly what: 'failed' | 'uncertain';
  readonly because: string;
  readonly at: string;
  readonly run: string;
}

/** The failures that are still open by the journal, the latest first: what succeeded or was put away since is none. */
export function failuresIn(events: readonly Event[]): readonly Failure[] {
  const last = new Map<ItemKey, Event>();
  for (const event of events) if (event.key !== null && event.what !== 'claimed') last.set(event.key, event);
  return [...last]
    .flatMap(([key, { what, tracker, because, at, run }]): Failure[] =>
      what === 'failed' || what === 'uncertain' ? [{ key, tracker, what, because, at, run }] : [],
    )
    .reverse();
}
