import { isStopWord } from './plain.ts';
import type { Word } from './tokens.ts';
import { baseOf } from './verbs.ts';

/** The work that a sentence states: a verb in its base form and what it is done to. */
export interface Phrase {
  readonly verb: string;
  /** Where the object begins, as an index of words. */
  readonly from: number;
  /** The words of a passive's subject, which is what the work is done to: `[from, to)`. */
  readonly passive: { readonly from: number; readonly to: number } | null;
}

const MODAL = /^(?:will|shall|should|must|may|might|can|could|would|gonna)$/;
const ADVERB =
  /^(?:also|then|now|probably|possibly|probably|maybe|still|just|immediately|first|later|again|already|really|simply|only|definitely|clearly|seriously|tentatively|additionally|heavily|further|not|continue to|hopefully|eventually|always|try to|please|all|both|to|be|able|the|go|and|like)$/;
const LETS_IN =
  /^(?:volunteered|volunteer|volunteers|agreed|agree|agrees|decided|decide|deviced|decicded|offered|offers|promised|willing|happy|going|want|wants|need|needs|plan|plans|planned|planning|intend|intends|like|asked|supposed|expected|set|conclusion|step|steps|suggestion|decision|plan|thing|forward|order|goal|outcome|solution|is|are|was|were|fix|recommended|suggested|proposed|proposes|prefer|aim|aims|hope|hopes|reluctantly|try|tries|trying|time|ready|begin|start|started|starting|help|todo)$/;
const RELATIVE = /^(?:which|who|that|whose|where|what|how|whether)$/;
const SUBORDINATE = /^(?:if|when|once|as|after|until|unless|because|since|while|before|although|though|whenever)$/;

/** Finds what a sentence says is to be done; null when it only names a thing. */
export function phraseOf(words: readonly Word[]): Phrase | null {
  return imperative(words) ?? best(words) ?? progressive(words) ?? gerund(words);
}

/** "Drop the job", "then drop the job", "let's drop the job". */
function imperative(words: readonly Word[]): Phrase | null {
  let at = 0;
  while (at < Math.min(3, words.length) && OPENERS.test(words[at]?.lower ?? '')) at += 1;
  const word = words[at];
  const next = words[at + 1];
  if (word === undefined || baseOf(word.lower) !== word.lower) return null;
  if (next !== undefined && /^(?:is|are|was|were|will|has|have|should|must|needs?|can|of)$/.test(next.lower))
    return null;
  const subject = words
    .slice(at + 1, at + 5)
    .some(({ lower }, n) => n > 0 && /^(?:will|should|needs?|must)$/.test(lower));
  return subject && !OPENERS.test(words[0]?.lower ?? '') ? null : { verb: word.lower, from: at + 1, passive: null };
}

const OPENERS =
  /^(?:please|then|also|so|and|lets|let|'s|us|to|we|maybe|just|simply|next|first|finally|again|must|should|will|can|need)$/;

/** The first decision, promise or plan outside of subordinate clauses, the firm ones first. */
function best(words: readonly Word[]): Phrase | null {
  const firm: Phrase[] = [];
  const loose: Phrase[] = [];
  for (let at = 0; at < words.length - 1; at += 1) {
    const word = words[at];
    if (word === undefined) continue;
    const before = words[at - 1]?.lower ?? '';
    if (word.lower === 'to' && (LETS_IN.test(before) || named(words, at))) push(firm, words, at, before !== 'order');
    else if (MODAL.test(word.lower) && !RELATIVE.test(before) && !isSubordinate(words, at)) {
      push(/^(?:may|might|can|could|would)$/.test(word.lower) ? loose : firm, words, at, true);
    } else if (
      /^(?:need|needs|has|have)$/.test(word.lower) &&
      words[at + 1]?.lower === 'to' &&
      !isSubordinate(words, at)
    ) {
      push(firm, words, at + 1, true);
    }
  }
  return firm[0] ?? loose[0] ?? null;
}

function named(words: readonly Word[], at: number): boolean {
  const before = words[at - 1];
  return before !== undefined && (at === 1 || /^\p{Lu}|^@/u.test(before.text)) && !isStopWord(before.lower);
}

function push(list: Phrase[], words: readonly Word[], cue: number, allowed: boolean): void {
  const phrase = allowed ? afterCue(words, cue) : null;
  if (phrase !== null) list.push(phrase);
}

/** The verb behind "will" or "to": "will then drop", "should be dropped", "will be dropping". */
function afterCue(words: readonly Word[], cue: number): Phrase | null {
  let at = cue + 1;
  while (
    at < words.length &&
    at < cue + 5 &&
    (ADVERB.test(words[at]?.lower ?? '') || /ly$/.test(words[at]?.lower ?? ''))
  ) {
    if (words[at]?.lower === 'be') return afterBe(words, cue, at);
    at += 1;
  }
  const verb = words[at]?.lower ?? '';
  const base = baseOf(verb);
  if (base === null) return null;
  return { verb: base === verb ? verb : base, from: at + 1, passive: null };
}

function afterBe(words: readonly Word[], cue: number, be: number): Phrase | null {
  let at = be + 1;
  while (
    at < words.length &&
    at < be + 4 &&
    (ADVERB.test(words[at]?.lower ?? '') || /ly$/.test(words[at]?.lower ?? ''))
  )
    at += 1;
  const word = words[at]?.lower ?? '';
  const verb = baseOf(word);
  if (verb === null) return null;
  if (/ing$/.test(word)) return { verb, from: at + 1, passive: null };
  const from = clauseStart(words, cue);
  const to = subjectEnd(words, cue);
  return to <= from ? { verb, from: at + 1, passive: null } : { verb, from: at + 1, passive: { from, to } };
}

/** The passive's subject ends before "will", "should" or "needs to". */
function subjectEnd(words: readonly Word[], cue: number): number {
  let end = cue;
  while (
    end > 0 &&
    /^(?:needs?|has|have|is|are|was|were|also|still|to|going|supposed)$/.test(words[end - 1]?.lower ?? '')
  )
    end -= 1;
  return end;
}

/** Where the clause of the word at `at` begins: behind the last comma or "that". */
function clauseStart(words: readonly Word[], at: number): number {
  let start = at;
  while (start > 0) {
    const word = words[start];
    const before = words[start - 1]?.lower ?? '';
    if (word === undefined || /[.,;:!?—]|\s[-–]\s/.test(word.before)) break;
    if (/^(?:that|but|so|because|if|when|whether|then|and)$/.test(before) && at - start > 0) break;
    start -= 1;
  }
  while (
    start < at &&
    /^(?:also|then|so|and|but|that|finally|additionally|ultimately)$/.test(words[start]?.lower ?? '')
  )
    start += 1;
  return start;
}

function isSubordinate(words: readonly Word[], at: number): boolean {
  let start = at;
  while (start > 0 && !/[.,;:!?—]|\s[-–]\s/.test(words[start]?.before ?? '')) start -= 1;
  while (start < at && /^(?:and|but|so|then|also)$/.test(words[start]?.lower ?? '')) start += 1;
  return SUBORDINATE.test(words[start]?.lower ?? '');
}

/** "Alice is working on the guide". */
function progressive(words: readonly Word[]): Phrase | null {
  for (let at = 0; at < words.length - 1; at += 1) {
    if (!/^(?:is|are|am|started|start|continue|keep)$/.test(words[at]?.lower ?? '') || isSubordinate(words, at))
      continue;
    let next = at + 1;
    while (next < at + 4 && ADVERB.test(words[next]?.lower ?? '')) next += 1;
    const word = words[next]?.lower ?? '';
    const base = /ing$/.test(word) ? baseOf(word) : null;
    if (base !== null) return { verb: base, from: next + 1, passive: null };
  }
  return null;
}

/** "documenting the owners". */
function gerund(words: readonly Word[]): Phrase | null {
  const first = words[0]?.lower ?? '';
  const base = /ing$/.test(first) ? baseOf(first) : null;
  return base === null ? null : { verb: base, from: 1, passive: null };
}
