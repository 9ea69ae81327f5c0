/** One annotated item, as `gold.jsonl` writes it. */
export interface Gold {
  readonly doc: string;
  readonly line_start: number;
  readonly line_end: number;
  readonly quote: string;
  readonly kind: 'action' | 'rfe' | 'either';
  readonly tier: 'must' | 'may';
  readonly title: string;
  readonly owners: readonly string[] | null;
  readonly refs: readonly string[] | null;
  readonly due: string | null;
  readonly section: string | null;
  readonly tracked: boolean;
}

/** Which annotation explains which prediction, both ways; `spare` predictions repeat a passage that a `may` explains. */
export interface Matching {
  readonly ofGold: ReadonlyMap<number, number>;
  readonly ofPredicted: ReadonlyMap<number, number>;
  readonly spare: ReadonlySet<number>;
  /** Predictions whose words are like those of some annotation. */
  readonly touched: ReadonlySet<number>;
}

/** Lower-cased words of a text, punctuation dropped. */
export function scoreWords(text: string): readonly string[] {
  return (
    text
      .toLowerCase()
      .normalize('NFKD')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

/** Size of the multiset intersection of two word lists. */
export function sharedWords(a: readonly string[], b: readonly string[]): number {
  const count = new Map<string, number>();
  for (const word of a) count.set(word, (count.get(word) ?? 0) + 1);
  let shared = 0;
  for (const word of b) {
    const left = count.get(word) ?? 0;
    if (left === 0) continue;
    shared += 1;
    count.set(word, left - 1);
  }
  return shared;
}

/** 0 when two quotes do not state the same item; else their Jaccard similarity. */
export function similarity(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return 0;
  const shared = sharedWords(a, b);
  const jaccard = shared / (a.length + b.length - shared);
  return shared / Math.min(a.length, b.length) >= 0.7 && jaccard >= 0.2 ? jaccard : 0;
}

/** Matches predictions to annotations one to one, the best pairs first. */
export function matchQuotes(gold: readonly Gold[], quotes: readonly string[]): Matching {
  const goldWords = gold.map((item) => scoreWords(item.quote));
  const quoteWords = quotes.map(scoreWords);
  const pairs: { i: number; j: number; s: number }[] = [];
  gold.forEach((item, i) => {
    quoteWords.forEach((words, j) => {
      const s = similarity(goldWords[i] ?? [], words);
      if (s > 0) pairs.push({ i, j, s: s + (item.tier === 'must' ? 0.001 : 0) });
    });
  });
  pairs.sort((x, y) => y.s - x.s);
  const ofGold = new Map<number, number>();
  const ofPredicted = new Map<number, number>();
  for (const { i, j } of pairs) {
    if (ofGold.has(i) || ofPredicted.has(j)) continue;
    ofGold.set(i, j);
    ofPredicted.set(j, i);
  }
  const repeats = pairs.filter(({ i, j }) => gold[i]?.tier === 'may' && !ofPredicted.has(j));
  return { ofGold, ofPredicted, spare: new Set(repeats.map(({ j }) => j)), touched: new Set(pairs.map(({ j }) => j)) };
}
