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
  eachWeight(reading, model, (weight, id, isWord) => {
    if (weight !== 0) reasons.push({ id: isWord ? `"${id}"` : id, weight });
  });
  return reasons.sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
}

/** The log-odds of a statement. */
export function logOddsOf(reading: Reading, model: Model): number {
  let sum = model.bias;
  eachWeight(reading, model, (weight) => {
    sum += weight;
  });
  return sum;
}

/** The weights of a model made ready for looking up; word pairs by their first word, so that no pair has to be put together. */
interface Weights {
  readonly features: ReadonlyMap<string, number>;
  readonly words: ReadonlyMap<string, number>;
  readonly pairs: ReadonlyMap<string, ReadonlyMap<string, Gram>>;
}

interface Gram {
  readonly id: string;
  readonly weight: number;
}

const ready = new WeakMap<Model, Weights>();

/** Every weight that a reading meets, each once: its features, then its words and pairs in their order. */
function eachWeight(reading: Reading, model: Model, tell: (weight: number, id: string, isWord: boolean) => void): void {
  const { features, words, pairs } = weightsOf(model);
  for (const id of reading.features) {
    const weight = features.get(id);
    if (weight !== undefined) tell(weight, id, false);
  }
  const told = new Set<string>();
  let before = '^';
  for (const word of reading.words) {
    const weight = words.get(word);
    if (weight !== undefined && isNew(told, word)) tell(weight, word, true);
    const pair = pairs.get(before)?.get(word);
    if (pair !== undefined && isNew(told, pair.id)) tell(pair.weight, pair.id, true);
    before = word;
  }
}

function isNew(told: Set<string>, gram: string): boolean {
  const size = told.size;
  return told.add(gram).size > size;
}

function weightsOf(model: Model): Weights {
  const known = ready.get(model);
  if (known !== undefined) return known;
  const words = new Map<string, number>();
  const pairs = new Map<string, Map<string, Gram>>();
  for (const [id, weight] of Object.entries(model.words)) {
    const [first = '', second] = id.split(' ');
    if (second === undefined) words.set(first, weight);
    else pairs.set(first, (pairs.get(first) ?? new Map<string, Gram>()).set(second, { id, weight }));
  }
  const weights = { features: new Map(Object.entries(model.features)), words, pairs };
  ready.set(model, weights);
  return weights;
}

/** Log-odds as a probability. */
export function probabilityOf(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}
