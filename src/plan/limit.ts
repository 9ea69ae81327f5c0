import type { Item } from '../items/item.ts';
import { nothing } from './changes.ts';
import type { Change } from './plan.ts';

type Create = Extract<Change, { do: 'create' }>;

/** Lets at most so many creates through, in the order of the notes; the others wait for the next run and say so. */
export function capped(changes: readonly Change[], most: number): Change[] {
  const creates = changes.filter((change): change is Create => change.do === 'create');
  const taken = new Set(creates.sort((a, b) => compare(a.item, b.item)).slice(0, most));
  const because = `over the limit of ${most} creates a run; the next run goes on`;
  return changes.map((change) =>
    change.do !== 'create' || taken.has(change) ? change : nothing(change.item, change.tracker, because),
  );
}

function compare(a: Item, b: Item): number {
  const notes = order(a.source.note, b.source.note);
  return notes || a.source.lineStart - b.source.lineStart || order(a.key, b.key);
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
