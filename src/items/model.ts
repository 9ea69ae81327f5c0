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

/** The weights of a model made ready for looking up. */
interface Weights {
  readonly features: ReadonlyMap<string, Reason>;
  readonly words: ReadonlyMap<string, Gram>;
  /** How many texts were weighed: a gram that was met in this one counts no second time. */
  round: number;
}

/** A word of the vocabulary, and its pairs by their second word, so that no pair has to be put together. */
interface Gram {
  reason: Reason | null;
  met: number;
  readonly pairs: Map<string, { readonly reason: Reason; met: number }>;
}

const ready = new WeakMap<Model, Weights>();

/** Tells every weight that a reading meets, each once: its features, then its words and pairs in their order. */
function eachReason(reading: Reading, model: Model, tell: (reason: Reason) => void): void {
  const weights = weightsOf(model);
  for (const id of reading.features) {
    const reason = weights.features.get(id);
    if (reason !== undefined) tell(reason);
  }
  weights.round += 1;
  const { words, round } = weights;
  let before = words.get('^');
  for (const word of reading.words) {
    const gram = words.get(word);
    if (gram !== undefined && gram.reason !== null && gram.met !== round) {
      gram.met = round;
      tell(gram.reason);
    }
    const pair = before?.pairs.get(word);
    if (pair !== undefined && pair.met !== round) {
      pair.met = round;
      tell(pair.reason);
    }
    before = gram;
  }
}

function weightsOf(model: Model): Weights {
  const known = ready.get(model);
  if (known !== undefined) return known;
  const words = new Map<string, Gram>();
  for (const [id, weight] of Object.entries(model.words)) {
    const blank = id.indexOf(' ');
    const first = blank < 0 ? id : id.slice(0, blank);
    const reason = { id: `"${id}"`, weight };
    const gram = words.get(first) ?? { reason: null, met: 0, pairs: new Map() };
    words.set(first, gram);
    if (blank < 0) gram.reason = reason;
    else gram.pairs.set(id.slice(blank + 1), { reason, met: 0 });
  }
  const features = new Map<string, Reason>();
  for (const [id, weight] of Object.entries(model.features)) features.set(id, { id, weight });
  const weights = { features, words, round: 0 };
  ready.set(model, weights);
  return weights;
}

/** Log-odds as a probability. */
export function probabilityOf(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}
