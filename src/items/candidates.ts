import type { Gist } from './gist.ts';
import type { Item } from './item.ts';
import { push } from './multimap.ts';
import { compare, type Known, type Read } from './reading.ts';

/** How many known statements are compared with an item word by word. */
const CANDIDATES = 8;
/** How many entries of the index are looked at for an item, rarest words first. */
const LOOKS = 1_000;
/** Candidates that share less than this part of what the best one shares are not compared. */
const WORTH = 0.4;

/** Known statements by the words that they hold. */
export function indexOf(known: Iterable<Read<Known>>): ReadonlyMap<string, readonly Read<Known>[]> {
  const index = new Map<string, Read<Known>[]>();
  for (const one of known) {
    for (const stem of new Set(one.gist.words.map((word) => word.stem))) push(index, stem, one);
  }
  return index;
}

/** The known statements that share most with an item, counting rare words for more. */
export function nearest(item: Read<Item>, index: ReadonlyMap<string, readonly Read<Known>[]>): readonly Read<Known>[] {
  const lists = [...new Set(item.gist.words.map(({ stem }) => stem))]
    .flatMap((stem) => {
      const list = index.get(stem);
      return list === undefined ? [] : [list];
    })
    .sort((a, b) => a.length - b.length);
  const shared = new Map<Read<Known>, number>();
  let looks = 0;
  for (const list of lists) {
    if (looks > 0 && looks + list.length > LOOKS) break;
    looks += list.length;
    const rarity = 1 / (1 + Math.log2(list.length));
    for (const known of list) shared.set(known, (shared.get(known) ?? 0) + rarity);
  }
  const near = [...shared].map(([known, weight]) => ({
    known,
    weight: weight + (known.gist.section === item.gist.section ? 0.5 : 0),
  }));
  near.sort((a, b) => b.weight - a.weight || compare(a.known.rank, b.known.rank));
  const least = WORTH * (near[0]?.weight ?? 0);
  return near.slice(0, CANDIDATES).flatMap(({ known, weight }) => (weight < least ? [] : [known]));
}

/** Whether two known statements are different parts of an item, rather than two readings of the same part. */
export function covers(item: Gist, one: Gist, other: Gist): boolean {
  const stems = new Set(item.words.map(({ stem }) => stem));
  const first = new Set(one.words.map(({ stem }) => stem).filter((stem) => stems.has(stem)));
  const second = new Set(other.words.map(({ stem }) => stem).filter((stem) => stems.has(stem)));
  const shared = [...first].filter((stem) => second.has(stem)).length;
  const least = Math.min(first.size, second.size);
  return least >= 2 && shared <= least / 2 && (first.size + second.size - shared) / (stems.size || 1) >= 0.7;
}
