import type { Lexicon } from './lexicon.ts';
import type { Span } from './sentences.ts';
import { type Word, wordsOf } from './tokens.ts';

const MIN_WORDS = 4;
/** How far back a clause is looked at, so that a sentence without an end costs no more than others. */
const LOOK_BACK = 80;
const MODALS = new Set(['will', 'to', 'volunteered', 'should', 'promised', 'agreed', 'offered']);
const PLACEHOLDERS = new Set(['it', 'them', 'this', 'that', 'these', 'those', 'such', 'sure']);

/**
 * Splits a sentence where it states a second piece of work: another owner ("Ann to propose it, bob to review it"), a marker
 * inside the sentence, or a second verb with an object of its own after what was decided or promised.
 */
export function clausesOf(text: string, sentence: Span, lexicon: Lexicon): readonly Span[] {
  if (sentence.end - sentence.start < 40) return [sentence];
  const words = wordsOf(text.slice(sentence.start, sentence.end));
  if (words.length < 2 * MIN_WORDS) return [sentence];
  const cuts: number[] = [];
  let last = 0;
  for (let at = 1; at <= words.length - MIN_WORDS; at += 1) {
    const marked = isInlineMarker(words[at], words[at + 1]);
    if (marked || (at - last >= MIN_WORDS && beginsClause(words, at, Math.max(last, at - LOOK_BACK), lexicon))) {
      cuts.push(at);
      last = at;
    }
  }
  return cutAt(words, cuts, sentence);
}

function cutAt(words: readonly Word[], cuts: readonly number[], sentence: Span): readonly Span[] {
  const spans: Span[] = [];
  let start = sentence.start;
  for (const cut of cuts) {
    const word = words[cut];
    const previous = words[cut - 1];
    if (word === undefined || previous === undefined) continue;
    const joins = JOINERS.has(previous.lower);
    const end = sentence.start + (joins ? (words[cut - 2]?.end ?? previous.end) : previous.end);
    spans.push({ start, end });
    start = sentence.start + word.start;
  }
  spans.push({ start, end: sentence.end });
  return spans;
}

const JOINERS = new Set(['and', 'then', 'but', 'while', 'so', 'than']);

function beginsClause(words: readonly Word[], at: number, from: number, lexicon: Lexicon): boolean {
  const word = words[at];
  const before = words[at - 1];
  if (word === undefined || before === undefined) return false;
  const afterStop = /[;]/.test(word.before) || /[,]/.test(word.before) || JOINERS.has(before.lower);
  if (!afterStop) return false;
  return (
    isSecondOwner(words, at, from, lexicon) ||
    isSecondVerb(words, at, from, lexicon) ||
    isSecondGerund(words, at, from, lexicon)
  );
}

function isInlineMarker(word: Word | undefined, next: Word | undefined): boolean {
  return (
    word !== undefined && /^(?:TODO|ACTION|AI|AR)$/.test(word.text) && next !== undefined && /[:(]/.test(next.before)
  );
}

/** "…, bob to review the code": a name and what it is to do, with a name and its work before. */
function isSecondOwner(words: readonly Word[], at: number, from: number, lexicon: Lexicon): boolean {
  const name = words[at];
  const modal = words[at + 1];
  const verb = words[at + 2];
  if (name === undefined || modal === undefined || verb === undefined) return false;
  if (!MODALS.has(modal.lower)) return false;
  if (lexicon.plain.has(name.lower) || lexicon.forms.has(name.lower) || name.lower === 'i') {
    const fronted = FRONTED.has(words[from]?.lower ?? '');
    return (
      (name.lower === 'we' || name.lower === 'i') && modal.lower === 'will' && !fronted && hasModal(words, from, at)
    );
  }
  if (modal.lower === 'to' && lexicon.forms.get(verb.lower)?.base !== true) return false;
  return hasModal(words, from, at);
}

/** A clause that begins so belongs to the one after it. */
const FRONTED = new Set('if when once as since because after before while although unless'.split(' '));

function hasModal(words: readonly Word[], from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (MODALS.has(words[at]?.lower ?? '')) return true;
  return false;
}

/** "… decided to drop A and move B to C": a base verb that has an object, in line with a verb after "to" or a modal. */
function isSecondVerb(words: readonly Word[], at: number, from: number, lexicon: Lexicon): boolean {
  const verb = words[at];
  const object = words[at + 1];
  const before = words[at - 1];
  if (verb === undefined || object === undefined || before === undefined) return false;
  if (!JOINERS.has(before.lower)) return false;
  const form = lexicon.forms.get(verb.lower);
  if (form?.strong !== true || !form.base || (pointsBack(words, at + 1) && !hasTime(words, at))) return false;
  return governs(words, from, at);
}

/** "Plans include extending A, adding B, and updating C": each -ing form with an object after the first is one more. */
function isSecondGerund(words: readonly Word[], at: number, from: number, lexicon: Lexicon): boolean {
  const form = lexicon.forms.get(words[at]?.lower ?? '');
  if (form?.work !== true || !form.ing || words[at]?.lower === 'including') return false;
  for (let back = from; back < at - 1; back += 1) {
    const first = lexicon.forms.get(words[back + 1]?.lower ?? '');
    if (ENUMERATES.has(words[back]?.lower ?? '') && first?.work === true && first.ing) return true;
    if (back === from && from > 0 && lexicon.forms.get(words[from]?.lower ?? '')?.ing === true) return true;
  }
  return false;
}

const ENUMERATES = new Set('include includes including namely'.split(' '));

/** Whether a piece names a time of its own ("in the next cycle"). */
function hasTime(words: readonly Word[], from: number): boolean {
  return words.slice(from, from + 9).some(({ lower }) => TIMES.has(lower));
}

const TIMES = new Set('cycle release milestone week month sprint version summit'.split(' '));

/** Whether the second piece leans on the first ("… and publish it", "… and try to use this"). */
function pointsBack(words: readonly Word[], from: number): boolean {
  for (let at = from; at < Math.min(words.length, from + 8); at += 1) {
    const word = words[at];
    if (word === undefined || /[.;:]/.test(word.before)) return false;
    if (PLACEHOLDERS.has(word.lower) && !(word.lower === 'that' && at > from + 1)) return true;
  }
  return false;
}

/** Whether a decision, promise or plan ("decided to VERB", "will VERB") stands before, so that the second verb continues it. */
function governs(words: readonly Word[], from: number, to: number): boolean {
  for (let at = from; at < to - 1; at += 1) {
    const lower = words[at]?.lower;
    if (lower === 'to' || lower === 'will') return hasDecision(words, from, at);
  }
  return false;
}

const DECISIONS = new Set(
  'decided agreed agree decide plan plans need needs conclusion volunteered going will want decision step'.split(' '),
);

function hasDecision(words: readonly Word[], from: number, to: number): boolean {
  for (let at = from; at <= to; at += 1) if (DECISIONS.has(words[at]?.lower ?? '')) return true;
  return false;
}
