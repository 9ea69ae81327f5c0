import type { Reading } from './features.ts';

/** What was learnt: log-odds of features and of words, fitted by `npm run fit` around the weights of the cue table. */
export interface Model {
  /** From what it was fitted and what it reached, for people. */
  readonly about: string;
  readonly bias: number;
  readonly features: Readonly<Record<string, number>>;
  readonly words: Readonly<Record<string, number>>;
  /** Statements at or above it are items, unless the configuration says otherwise. */
  readonly threshold: number;
}

/** One reason for or against a statement being an item. */
export interface Reason {
  readonly id: string;
  /** Log-odds: above 0 speaks for it. */
  readonly weight: number;
}

/** A model before it was fitted to anything: only the cue table speaks. */
export const UNFITTED: Model = { about: 'not fitted', bias: -3, features: {}, words: {}, threshold: 0.5 };

/** The words of a statement as the model's vocabulary names them: single words and pairs. */
export function gramsOf(words: readonly string[]): readonly string[] {
  const grams = new Set<string>();
  let before = '^';
  for (const word of words) {
    grams.add(word);
    grams.add(`${before} ${word}`);
    before = word;
  }
  return [...grams];
}

/** What speaks for and against a statement, strongest first; they and the bias add up to its log-odds. */
export function reasonsFor(reading: Reading, model: Model): readonly Reason[] {
  const reasons: Reason[] = [];
  eachReason(reading, model, (reason) => {
    if (reason.weight !== 0) reasons.push(reason);
  });
  return reasons.sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
}

/** The log-odds of a statement. */
export function logOddsOf(reading: Reading, model: Model): number {
  let sum = model.bias;
  eachReason(reading, model, ({ weight }) => {
    sum += weight;
  });
  return sum;
}

/** The weights of a model made ready for looking up; word pairs by their first word, so that no pair has to be put together. */
interface Weights {
  readonly features: ReadonlyMap<string, Reason>;
  readonly words: ReadonlyMap<string, Reason>;
  readonly pairs: ReadonlyMap<string, ReadonlyMap<string, Reason>>;
}

const ready = new WeakMap<Model, Weights>();

/** Tells every weight that a reading meets, each once: its features, then its words and pairs in their order. */
function eachReason(reading: Reading, model: Model, tell: (reason: Reason) => void): void {
  const { features, words, pairs } = weightsOf(model);
  for (const id of reading.features) {
    const reason = features.get(id);
    if (reason !== undefined) tell(reason);
  }
  const told = new Set<Reason>();
  let before = '^';
  for (const word of reading.words) {
    const single = words.get(word);
    if (single !== undefined && isNew(told, single)) tell(single);
    const pair = pairs.get(before)?.get(word);
    if (pair !== undefined && isNew(told, pair)) tell(pair);
    before = word;
  }
}

function isNew(told: Set<Reason>, reason: Reason): boolean {
  const size = told.size;
  return told.add(reason).size > size;
}

function weightsOf(model: Model): Weights {
  const known = ready.get(model);
  if (known !== undefined) return known;
  const words = new Map<string, Reason>();
  const pairs = new Map<string, Map<string, Reason>>();
  for (const [gram, weight] of Object.entries(model.words)) {
    const reason = { id: `"${gram}"`, weight };
    const [first = '', second] = gram.split(' ');
    if (second === undefined) words.set(first, reason);
    else pairs.set(first, (pairs.get(first) ?? new Map<string, Reason>()).set(second, reason));
  }
  const features = new Map(Object.entries(model.features).map(([id, weight]) => [id, { id, weight }]));
  const weights = { features, words, pairs };
  ready.set(model, weights);
  return weights;
}

/** Log-odds as a probability. */
export function probabilityOf(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}
