import type { VerbForm } from './lexicon.ts';
import type { Word } from './tokens.ts';

/**
 * A pattern of words, as the cue table writes it: `plan|plans to`, `take * look`, `agreed … <work>`.
 *
 * `|` separates alternatives of one word, a trailing `?` makes the word optional, `*` is any one word, `…` up to four
 * words, `<work>` a base form of a work verb, `<working>` its -ing form, `<worked>` its participle, `<number>` digits.
 */
interface Step {
  readonly words: ReadonlySet<string>;
  readonly verb: VerbForm['form'] | null;
  readonly optional: boolean;
  readonly any: boolean;
  readonly gap: boolean;
}

export interface Pattern {
  readonly id: string;
  readonly steps: readonly Step[];
}

/** Where a pattern was found: `[from, to)` are indexes of words. */
export interface Hit {
  readonly id: string;
  readonly from: number;
  readonly to: number;
}

/** Patterns by the words that they can begin with, so that a text is walked once whatever their number. */
export interface PatternIndex {
  readonly byWord: ReadonlyMap<string, readonly Pattern[]>;
  readonly byVerb: readonly Pattern[];
}

const VERB_STEPS: ReadonlyMap<string, VerbForm['form']> = new Map([
  ['<work>', 'base'],
  ['<working>', 'ing'],
  ['<worked>', 'ed'],
]);
const MAX_GAP = 4;
/** A gap stays inside its part of the sentence. */
const PART_ENDS = /[,;:.!?()–—]|\s-\s/;

/** Reads one pattern of the cue table. */
export function compilePattern(id: string, source: string): Pattern {
  const steps = source
    .trim()
    .split(/\s+/)
    .map((raw): Step => {
      const optional = raw.length > 1 && raw.endsWith('?');
      const body = optional ? raw.slice(0, -1) : raw;
      return {
        words: new Set(body.split('|')),
        verb: VERB_STEPS.get(body) ?? null,
        optional,
        any: body === '*',
        gap: body === '…',
      };
    });
  return { id, steps };
}

/** Puts patterns in order by their first word. */
export function indexPatterns(patterns: readonly Pattern[]): PatternIndex {
  const byWord = new Map<string, Pattern[]>();
  const byVerb: Pattern[] = [];
  for (const pattern of patterns) {
    const first = pattern.steps[0];
    if (first === undefined) continue;
    if (first.verb !== null || first.any || first.gap) byVerb.push(pattern);
    for (const word of first.words) {
      const list = byWord.get(word) ?? [];
      list.push(pattern);
      byWord.set(word, list);
    }
  }
  return { byWord, byVerb };
}

/** All places of all patterns in a text's words; each id counts once a place. */
export function findPatterns(
  index: PatternIndex,
  words: readonly Word[],
  forms: ReadonlyMap<string, VerbForm>,
  range: { readonly from: number; readonly to: number } = { from: 0, to: words.length },
): readonly Hit[] {
  const hits: Hit[] = [];
  for (let at = range.from; at < range.to; at += 1) {
    const lower = words[at]?.lower ?? '';
    const named = index.byWord.get(lower);
    if (named !== undefined) collect(named, words, at, forms, hits);
    if (index.byVerb.length > 0 && forms.has(lower)) collect(index.byVerb, words, at, forms, hits);
  }
  return hits;
}

function collect(
  patterns: readonly Pattern[],
  words: readonly Word[],
  at: number,
  forms: ReadonlyMap<string, VerbForm>,
  hits: Hit[],
): void {
  for (const { id, steps } of patterns) {
    const to = matchSteps(steps, 0, words, at, forms);
    if (to > at) hits.push({ id, from: at, to });
  }
}

/** The index after the match, or -1. Steps are few and gaps bounded, so the recursion is shallow and cheap. */
function matchSteps(
  steps: readonly Step[],
  stepAt: number,
  words: readonly Word[],
  at: number,
  forms: ReadonlyMap<string, VerbForm>,
): number {
  const step = steps[stepAt];
  if (step === undefined) return at;
  if (step.gap) {
    for (let skip = 0; skip <= MAX_GAP && at + skip < words.length; skip += 1) {
      if (PART_ENDS.test(words[at + skip]?.before ?? '')) return -1;
      const to = matchSteps(steps, stepAt + 1, words, at + skip, forms);
      if (to >= 0) return to;
    }
    return -1;
  }
  const word = words[at];
  if (word !== undefined && fits(step, word.lower, forms)) {
    const to = matchSteps(steps, stepAt + 1, words, at + 1, forms);
    if (to >= 0) return to;
  }
  return step.optional ? matchSteps(steps, stepAt + 1, words, at, forms) : -1;
}

function fits(step: Step, lower: string, forms: ReadonlyMap<string, VerbForm>): boolean {
  if (step.any) return true;
  if (step.verb !== null) {
    const verb = forms.get(lower);
    return verb?.work === true && verb[step.verb];
  }
  return step.words.has(lower);
}
