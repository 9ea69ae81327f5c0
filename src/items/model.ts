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
  for (const id of reading.features) addReason(reasons, id, model.features[id]);
  for (const gram of gramsOf(reading.words)) addReason(reasons, `"${gram}"`, model.words[gram]);
  return reasons.sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
}

/** The log-odds of a statement. */
export function logOddsOf(reading: Reading, model: Model): number {
  let sum = model.bias;
  for (const id of reading.features) sum += model.features[id] ?? 0;
  for (const gram of gramsOf(reading.words)) sum += model.words[gram] ?? 0;
  return sum;
}

/** Log-odds as a probability. */
export function probabilityOf(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}

function addReason(reasons: Reason[], id: string, weight: number | undefined): void {
  if (weight !== undefined && weight !== 0) reasons.push({ id, weight });
}
