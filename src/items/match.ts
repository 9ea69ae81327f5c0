import { Assignment } from './assignment.ts';
import { indexOf, nearest } from './candidates.ts';
import type { Item, ItemKey } from './item.ts';
import { likeness } from './likeness.ts';
import { type Known, readItem, readKnown } from './reading.ts';

export type { Known } from './reading.ts';

/**
 * What an item of the notes turned out to be.
 *
 * - `same`: word for word what is known. `edited`, `moved`: known, with other words, under another heading or in another note.
 * - `merged`: it says what several known ones said; it goes on under the key of one, `others` are the rest.
 * - `doubtful`: like the `others`, but too far from them to be sure; it must not be filed before somebody has decided.
 * - `new`: none of the above.
 */
export interface Match {
  /** The item with the key that it goes on under; a fresh one when it is `new` or `doubtful`. */
  readonly item: Item;
  readonly is: 'same' | 'edited' | 'moved' | 'merged' | 'doubtful' | 'new';
  /** The known statement whose key it has. */
  readonly known: Known | null;
  /** The other known statements that are meant, best first. */
  readonly others: readonly Known[];
  /** A sentence that a person understands. */
  readonly because: string;
}

/** What people decided about doubtful items: by the item's fresh key, the known key that it has, or null for "another item". */
export type Settled = ReadonlyMap<ItemKey, ItemKey | null>;

/** Words that say so much are known wherever they stand and whatever they are about. */
const TELLING = 2;

/**
 * Gives known keys back to the statements of re-read notes, one to one. Deterministic, and independent of the order of both
 * lists; the answer is in the order of `items`.
 */
export function match(items: readonly Item[], known: readonly Known[], settled: Settled = new Map()): readonly Match[] {
  if (known.length === 0 && isEachOnce(items)) return items.map(asNew);
  const state = new Assignment(items, known);
  state.settle(settled);
  state.takeEqual((item) => [item.gist.plain, item.gist.section, item.gist.title].join('\n'));
  state.takeEqual((item) => [item.gist.plain, item.gist.section].join('\n'));
  state.takeEqual((item) => [item.gist.plain, item.gist.title].join('\n'));
  state.takeEqual((item) => item.value.key);
  state.takeEqual((item) => (item.gist.ownWeight >= TELLING ? item.gist.plain : null));
  state.takeLike();
  return state.answer();
}

/**
 * Items and further known statements that say the same under the same heading, each at most once; what reads like several is
 * left out.
 */
export function twinsOf(items: readonly Item[], known: readonly Known[]): readonly (readonly [Item, Known])[] {
  if (known.length === 0) return [];
  const index = indexOf(known.map(readKnown));
  const pairs = items.map(readItem).flatMap((item) =>
    nearest(item, index)
      .filter(({ gist }) => gist.section === item.gist.section && likeness(item.gist, gist).verdict === 'same')
      .map((other) => [item.value, other.value] as const),
  );
  const times = new Map<Item | Known, number>();
  for (const one of pairs.flat()) times.set(one, (times.get(one) ?? 0) + 1);
  return pairs.filter((pair) => pair.every((one) => times.get(one) === 1));
}

/** Where nothing is known, every item is new under its own key and nothing has to be compared. */
function isEachOnce(items: readonly Item[]): boolean {
  return new Set(items.map(({ key }) => key)).size === items.length;
}

function asNew(item: Item): Match {
  return { item, is: 'new', known: null, others: [], because: 'not known yet' };
}
