import type { Word } from './tokens.ts';

const RELATIVE = /^(?:which|who|that|whose|where|what|how|whether)$/;
const SUBORDINATE =
  /^(?:if|when|once|as|after|until|unless|because|since|while|before|although|though|whenever|given)$/;
/** Words before "that we will" that make it what was decided, and not more about a thing. */
const SAYS =
  /^(?:decided|agreed|said|is|was|sure|means|think|thought|felt|feel|suggested|proposed|noted|outcome|decision|conclusion|plan|agree|ensure|concluded|mentioned|see|resolved|consensus|idea)$/;
const FINITE = /^(?:is|are|was|were|will|has|have|had|should|must|can|could|would|'s)$/;
/** A clause does not reach further back than this, so that a text without stops stays cheap. */
const LONGEST = 60;

/** "which will", "that we will": said of a thing, except after "decided that". */
export function isRelative(words: readonly Word[], at: number): boolean {
  const [third = '', second = '', first = ''] = [at - 3, at - 2, at - 1].map((n) => words[n]?.lower ?? '');
  if (RELATIVE.test(first)) return true;
  return /^(?:we|they|i)$/.test(first) && /^(?:that|which)$/.test(second) && !SAYS.test(third);
}

/** In "After it will be done we need to check" the first verb belongs to the condition, the second does not. */
export function isSubordinate(words: readonly Word[], at: number): boolean {
  let start = partStart(words, at);
  while (start < at && /^(?:and|but|so|then|also)$/.test(words[start]?.lower ?? '')) start += 1;
  if (!SUBORDINATE.test(words[start]?.lower ?? '')) return false;
  return !words.slice(start + 1, at).some(({ lower }) => FINITE.test(lower));
}

/** "If there are volunteers to maintain it": an infinitive inside the condition. */
export function isConditional(words: readonly Word[], at: number): boolean {
  if (/^(?:need|needs|have|has|going|is|are)$/.test(words[at - 1]?.lower ?? '')) return false;
  return /^(?:if|when|once|unless|because)$/.test(words[partStart(words, at)]?.lower ?? '');
}

/** Where the part of the sentence begins that the word at `at` is in: behind the last stop, comma or dash. */
function partStart(words: readonly Word[], at: number): number {
  let start = at;
  while (start > Math.max(0, at - LONGEST) && !stopsBefore(words[start])) start -= 1;
  return start;
}

function stopsBefore(word: Word | undefined): boolean {
  return word === undefined || /[.,;:!?—]|\s[-–]\s/.test(word.before);
}

/** Where the clause of the word at `at` begins: behind the last comma, "that" or "if". */
function clauseStart(words: readonly Word[], at: number): number {
  let start = at;
  while (start > Math.max(0, at - LONGEST) && !opensClause(words, start, at - start)) start -= 1;
  while (
    start < at &&
    /^(?:also|then|so|and|but|that|finally|additionally|ultimately)$/.test(words[start]?.lower ?? '')
  ) {
    start += 1;
  }
  return start;
}

function opensClause(words: readonly Word[], start: number, length: number): boolean {
  const word = words[start];
  const before = words[start - 1]?.lower ?? '';
  if (word === undefined || stopsBefore(word)) return true;
  if (/^(?:but|so|because|if|when|whether|then)$/.test(before)) return length > 0;
  return /^(?:that|and)$/.test(before) && (length > 1 || /^(?:this|it|these|they)$/.test(word.lower));
}

/** The words of a passive's subject: `[from, to)`, before "will", "should" or "needs to"; null when there are none. */
export function subjectOf(words: readonly Word[], cue: number): { readonly from: number; readonly to: number } | null {
  const end = relativeBefore(words, cue);
  let from = clauseStart(words, end);
  if (end < cue && /^(?:it|this)$/.test(words[from]?.lower ?? '')) {
    while (from < end && /^(?:it|this|is|was|now|then)$/.test(words[from]?.lower ?? '')) from += 1;
  }
  let to = cue;
  while (to > 0 && AUXILIARY.test(words[to - 1]?.lower ?? '')) to -= 1;
  return to > from ? { from, to } : null;
}

const AUXILIARY = /^(?:will|should|must|needs?|has|have|is|are|was|were|also|still|to|going|supposed|yet|that|which)$/;

/** "the phase that still needs to be finished": the subject stands before "that". */
function relativeBefore(words: readonly Word[], cue: number): number {
  let at = cue - 1;
  while (at > 0 && /^(?:still|also|now|already|yet|needs?|has|have|will|should|must)$/.test(words[at]?.lower ?? ''))
    at -= 1;
  return /^(?:that|which)$/.test(words[at]?.lower ?? '') ? at : cue;
}
