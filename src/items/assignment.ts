import { covers, indexOf, nearest } from './candidates.ts';
import type { Item, ItemKey } from './item.ts';
import { itemKey } from './key.ts';
import { type Likeness, likeness } from './likeness.ts';
import type { Match, Settled } from './match.ts';
import { push } from './multimap.ts';
import { byRank, compare, type Known, type Read, readItem, readKnown, uniqueByKey } from './reading.ts';

interface Pair {
  readonly item: Read<Item>;
  readonly known: Read<Known>;
  readonly like: Likeness;
}

/** How much better the best of two readings has to be, when both are possible. */
const MARGIN = 0.06;

/** The pairs found so far, and what is still free; one step after the other takes from what is free. */
export class Assignment {
  readonly #items: readonly Read<Item>[];
  readonly #given: readonly Item[];
  readonly #known: readonly Read<Known>[];
  readonly #free = new Set<Read<Known>>();
  readonly #open = new Set<Read<Item>>();
  readonly #matches = new Map<Item, Match>();
  readonly #apart = new Set<Item>();

  constructor(items: readonly Item[], known: readonly Known[]) {
    this.#given = items;
    this.#items = items.map(readItem).sort(byRank);
    this.#known = uniqueByKey(known.map(readKnown).sort(byRank));
    for (const one of this.#items) this.#open.add(one);
    for (const one of this.#known) this.#free.add(one);
  }

  /** What people decided goes before everything that we find. */
  settle(settled: Settled): void {
    const byKey = new Map(this.#known.map((one) => [one.value.key, one]));
    for (const item of this.#items) {
      const key = settled.get(item.value.key);
      if (key === null) this.#apart.add(item.value);
      const known = key == null ? undefined : byKey.get(key);
      if (known !== undefined && this.#free.has(known))
        this.#take(item, known, 'edited', 'somebody decided that it is this one');
    }
  }

  /** Pairs items and known statements that agree in `trait`. */
  takeEqual(trait: (one: Read<Item> | Read<Known>) => string | null): void {
    const waiting = new Map<string, Read<Known>[]>();
    for (const known of this.#free) {
      const value = trait(known);
      if (value !== null) push(waiting, value, known);
    }
    for (const item of this.#open) {
      const value = this.#apart.has(item.value) ? null : trait(item);
      const known = value === null ? undefined : waiting.get(value)?.shift();
      if (known !== undefined) this.#takeWhole(item, known);
    }
  }

  /** Pairs what is left by likeness: sure pairs first, best first; then notes what stays doubtful. */
  takeLike(): void {
    const pairs = this.#pairs();
    const byItem = new Map<Read<Item>, Pair[]>();
    for (const pair of pairs) push(byItem, pair.item, pair);
    const unclear = new Set<Read<Item>>();
    for (const { item, known, like } of pairs) {
      if (like.verdict !== 'same' || !this.#open.has(item) || !this.#free.has(known) || unclear.has(item)) continue;
      const rivals = (byItem.get(item) ?? []).filter(
        (other) => other.known !== known && other.like.verdict === 'same' && this.#free.has(other.known),
      );
      const parts = rivals.filter((other) => covers(item.gist, known.gist, other.known.gist));
      const close = rivals.filter((other) => !parts.includes(other) && like.score - other.like.score < MARGIN);
      if (close.length > 0) unclear.add(item);
      else
        this.#takeAlike(
          item,
          known,
          like,
          parts.map((part) => part.known),
        );
    }
    for (const [item, mine] of byItem) if (this.#open.has(item)) this.#doubt(item, mine);
  }

  /** One answer an item, in the order in which the items were given, and no key twice. */
  answer(): readonly Match[] {
    const taken = new Set(this.#known.map(({ value }) => value.key));
    for (const { value } of this.#items) {
      const found = this.#matches.get(value);
      if (found !== undefined && found.known !== null) continue;
      const key = freshKey(value, taken);
      taken.add(key);
      const fresh = { item: { ...value, key }, known: null } as const;
      this.#matches.set(
        value,
        found ? { ...found, ...fresh } : { ...fresh, is: 'new', others: [], because: 'not known yet' },
      );
    }
    return this.#given.flatMap((item) => this.#matches.get(item) ?? []);
  }

  #takeWhole(item: Read<Item>, known: Read<Known>): void {
    const sameText = item.gist.plain === known.gist.plain;
    if (!sameText) this.#take(item, known, 'edited', 'known under this key');
    else if (item.gist.section !== known.gist.section)
      this.#take(item, known, 'moved', 'the same words under another heading');
    else if (known.value.note !== null && known.value.note !== item.value.source.note) {
      this.#take(item, known, 'moved', `the same words as in ${known.value.note}`);
    } else this.#take(item, known, 'same', 'the same words');
  }

  #takeAlike(item: Read<Item>, known: Read<Known>, like: Likeness, parts: readonly Read<Known>[]): void {
    if (parts.length > 0) {
      for (const part of parts) this.#free.delete(part);
      this.#take(
        item,
        known,
        'merged',
        'it says what several known items said',
        parts.map(({ value }) => value),
      );
    } else if (item.gist.section !== known.gist.section) {
      this.#take(item, known, 'moved', `edited and under another heading (${percent(like.score)} alike)`);
    } else this.#take(item, known, 'edited', `the words changed (${percent(like.score)} alike)`);
  }

  #take(item: Read<Item>, known: Read<Known>, is: Match['is'], because: string, others: readonly Known[] = []): void {
    this.#open.delete(item);
    this.#free.delete(known);
    const carried = { ...item.value, key: known.value.key };
    this.#matches.set(item.value, { item: carried, is, known: known.value, others, because });
  }

  #doubt(item: Read<Item>, pairs: readonly Pair[]): void {
    const others = pairs.filter(({ known, like }) => this.#free.has(known) && like.verdict !== 'other').slice(0, 3);
    const [best] = others;
    if (best === undefined) return;
    const what =
      best.like.changed.length > 0 ? `${best.like.changed.join(' and ')} changed` : 'too little is left of the words';
    const why = others.length > 1 && best.like.verdict === 'same' ? 'it may be any of several' : what;
    this.#matches.set(item.value, {
      item: item.value,
      is: 'doubtful',
      known: null,
      others: others.map(({ known }) => known.value),
      because: `it may be “${best.known.value.quote}”: ${why}`,
    });
  }

  /** All pairs worth a thought, best first. */
  #pairs(): readonly Pair[] {
    const index = indexOf(this.#free);
    const pairs: Pair[] = [];
    for (const item of this.#open) {
      if (this.#apart.has(item.value)) continue;
      for (const known of nearest(item, index)) {
        const like = likeness(item.gist, known.gist);
        if (like.verdict !== 'other') pairs.push({ item, known, like });
      }
    }
    return pairs.sort(
      (x, y) => y.like.score - x.like.score || compare(x.item.rank, y.item.rank) || compare(x.known.rank, y.known.rank),
    );
  }
}

/** The item's own key; a further one when a known item was given that key for other words. */
function freshKey(item: Item, taken: ReadonlySet<ItemKey>): ItemKey {
  let key = item.key;
  for (let n = 2; taken.has(key); n++)
    key = itemKey({ quote: item.quote, section: item.section, apart: `${item.key} ${n}` });
  return key;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
