import { type Gist, gistOf } from './gist.ts';
import type { Item, ItemKey } from './item.ts';

/** A statement that already has a key: from the ledger, or from the passage in a tracker's block. */
export interface Known {
  readonly key: ItemKey;
  readonly title: string;
  readonly quote: string;
  readonly section: readonly string[];
  /** Names as the note gave them. */
  readonly owners: readonly string[];
  /** The note's source; null when it is not known. */
  readonly note: string | null;
}

/** A statement made ready for comparing. */
export interface Read<T> {
  readonly value: T;
  readonly gist: Gist;
  /** Everything that tells it apart, for an order that does not depend on the input's. */
  readonly rank: string;
}

/** An item of the notes, made ready. */
export function readItem(value: Item): Read<Item> {
  const gist = gistOf({ ...value, owners: value.owners.map(({ name }) => name) });
  const place = `${value.source.note}\n${String(value.source.lineStart).padStart(9, '0')}`;
  return {
    value,
    gist,
    rank: [gist.plain, gist.section, gist.title, value.section.join('\n'), place, value.key].join('\n'),
  };
}

/** A known statement, made ready. */
export function readKnown(value: Known): Read<Known> {
  const gist = gistOf(value);
  return { value, gist, rank: [gist.plain, gist.section, gist.title, value.note ?? '', value.key].join('\n') };
}

/** The first of each key. */
export function uniqueByKey(known: readonly Read<Known>[]): readonly Read<Known>[] {
  const seen = new Set<ItemKey>();
  return known.filter(({ value }) => !seen.has(value.key) && seen.add(value.key));
}

/** An order that does not depend on the input's. */
export function byRank(a: { readonly rank: string }, b: { readonly rank: string }): number {
  return compare(a.rank, b.rank);
}

/** Compares two texts by their code units. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
