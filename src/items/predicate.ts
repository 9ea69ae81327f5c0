import { subjectOf } from './clause.ts';
import type { Phrase } from './phrase.ts';
import { isStopWord } from './plain.ts';
import type { Word } from './tokens.ts';
import { baseOf } from './verbs.ts';

const ADVERB =
  /^(?:also|then|now|probably|possibly|maybe|still|just|immediately|first|later|again|already|really|simply|only|definitely|clearly|seriously|tentatively|additionally|heavily|further|not|hopefully|eventually|always|please|both|either|all|to|be|able|go|and|like|ahead|have|need|want)$/;

/** Words between "will" and its verb. */
export function isAdverb(word: Word | undefined): boolean {
  return word !== undefined && (ADVERB.test(word.lower) || /.{3}ly$/.test(word.lower));
}

/** The verb behind "will" or "to": "will then drop", "should be dropped", "will be dropping"; null for "will not". */
export function predicateAfter(words: readonly Word[], cue: number): Phrase | null {
  let at = cue + 1;
  while (at < words.length && at < cue + 6 && isAdverb(words[at])) {
    const lower = words[at]?.lower ?? '';
    if (lower === 'be') return afterBe(words, cue, at);
    if (lower === 'not') return null;
    if (/^(?:have|need|want|go)$/.test(lower) && !leadsOn(words, at)) break;
    at += 1;
  }
  const verb = baseOf(words[at]?.lower ?? '') ?? unknownVerb(words, cue, at);
  if (verb === null) return null;
  const goesOn = verb === 'continue' && /^(?:$|in|during|until|for|as|on)$/.test(words[at + 1]?.lower ?? '');
  return { verb, from: at + 1, passive: goesOn ? subjectOf(words, cue) : null };
}

/** "will frobnicate the cache": a word that no list has is a verb between "will" and what it is done to. */
function unknownVerb(words: readonly Word[], cue: number, at: number): string | null {
  const word = words[at]?.lower ?? '';
  const isVerb = at === cue + 1 && words[cue]?.lower === 'will' && /^[a-z]{3,}$/.test(word) && !isStopWord(word);
  return isVerb && /^(?:the|an?|our|all|some|these|this|new|it|them)$/.test(words[at + 1]?.lower ?? '') ? word : null;
}

/** "have to drop", "go and drop": another verb follows. */
function leadsOn(words: readonly Word[], at: number): boolean {
  const next = words[at + 2]?.lower ?? '';
  return /^(?:to|and)$/.test(words[at + 1]?.lower ?? '') && baseOf(next) === next;
}

function afterBe(words: readonly Word[], cue: number, be: number): Phrase | null {
  let at = be + 1;
  while (at < words.length && at < be + 4 && isAdverb(words[at])) {
    if (words[at]?.lower === 'not') return null;
    at += 1;
  }
  const word = words[at]?.lower ?? '';
  const next = words[at + 1]?.lower ?? '';
  if (word === 'possible' && next === 'to') return { verb: 'make it possible', from: at + 1, passive: null };
  if (words[cue - 1]?.lower === 'there' && NEW_THING.test(word)) return { verb: 'provide', from: at, passive: null };
  const verb = baseOf(word);
  if (verb === null) return null;
  if (/ing$/.test(word) || words[at - 1]?.lower === 'to') return { verb, from: at + 1, passive: null };
  return isParticiple(word, verb) ? { verb, from: at + 1, passive: subjectOf(words, cue) } : null;
}

/** "there should be a single callback": something new. */
const NEW_THING = /^(?:an?|one|some|more|new|another|two|three|single|separate)$/;

function isParticiple(word: string, base: string): boolean {
  return base !== word || /^(?:put|set|cut|run|read|split|shut|let)$/.test(word);
}
