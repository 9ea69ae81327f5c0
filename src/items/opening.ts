import type { Language } from './language.ts';
import type { VerbForm } from './lexicon.ts';
import { findPatterns } from './patterns.ts';
import type { Word } from './tokens.ts';

/** What a statement's first words say: a marker, names in front of it, an imperative. Each found thing is a named feature. */
export interface Opening {
  readonly features: readonly string[];
  /** The ids of the marker cues that fired. */
  readonly markers: readonly string[];
  /** The index of the first word after markers and names. */
  readonly at: number;
}

const DETERMINERS = new Set(
  'the a an this these those that all any our your some more it them new each every its their his her both another other everyone people how what whether if which one two'.split(
    ' ',
  ),
);
const PARTICLES = new Set(
  'on with to for up out into in from about over back off around at through down by as of and'.split(' '),
);
const FILLERS = new Set(
  'please also then maybe perhaps possibly probably just and so but first next now finally again still eventually try to ok okay yes definitely later'.split(
    ' ',
  ),
);
const AUXILIARIES = new Set(
  'is are was were will has have had should can could would may might must does did do am'.split(' '),
);
const NAMELIKE = /^@?\p{L}[\p{L}\p{N}_.'’-]*$/u;
const MAX_NAME_WORDS = 14;

/** Reads the beginning of a statement. */
export function openingOf(
  words: readonly Word[],
  text: string,
  people: ReadonlySet<string>,
  language: Language,
): Opening {
  const features: string[] = [];
  const marked = readMarkers(words, text, language, features);
  const named = readNames(words, marked.at, text, people, language, features);
  readVerb(words, named, text, language.lexicon.forms, features);
  return { features, markers: marked.markers, at: named };
}

/** "ACTION:", "[TODO]", "AI(AWB)": a marker counts when something sets it off from the text. */
function readMarkers(words: readonly Word[], text: string, language: Language, features: string[]) {
  const markers: string[] = [];
  let at = 0;
  for (let round = 0; round < 2; round += 1) {
    const hits = findPatterns(language.patterns.marker, words, language.lexicon.forms, { from: at, to: at + 1 });
    const hit = hits.reduce<(typeof hits)[number] | null>(
      (best, each) => (best === null || each.to > best.to ? each : best),
      null,
    );
    const first = words[at];
    if (hit === null || first === undefined) break;
    const setOff = howSetOff(words, at, hit.to, text);
    if (setOff === null) break;
    markers.push(hit.id);
    features.push(`${hit.id}`, `${hit.id}:${setOff}`);
    at = hit.to;
  }
  return { markers, at };
}

function howSetOff(words: readonly Word[], from: number, to: number, text: string): string | null {
  const first = words[from];
  const last = words[to - 1];
  if (first === undefined || last === undefined) return null;
  const after = text.slice(last.end, last.end + 4);
  if (/[[(]$/.test(first.before) && /^\s?[\])]/.test(after)) return 'bracket';
  if (/^\s?[:：]/.test(after)) return 'colon';
  if (/^\s?[(#]/.test(after)) return 'name';
  if (/^\s+(?:-|–|—)\s/.test(text.slice(last.end, last.end + 4))) return 'dash';
  if (first.lower.startsWith('#')) return 'hash';
  const upper = first.text === first.text.toUpperCase() && first.text.length > 1;
  if (upper) return 'upper';
  const next = words[to]?.lower ?? '';
  if (/^(?:for|on|is|are|to|was|from)$/.test(next)) return 'words';
  return null;
}

/** "Alice:", "[Lee]", "(Chris Woods)", "@nick", "Vikash/Soma/Filip -": names that stand before the work. */
function readNames(
  words: readonly Word[],
  start: number,
  text: string,
  people: ReadonlySet<string>,
  language: Language,
  features: string[],
): number {
  const first = words[start];
  if (first === undefined) return start;
  const bracket = /[[(]\s?$/.test(first.before);
  let at = start;
  let known = false;
  while (at < words.length && at - start < MAX_NAME_WORDS) {
    const word = words[at];
    if (word === undefined || !NAMELIKE.test(word.text)) break;
    const joins = word.lower === 'and' || word.lower === 'or';
    if (!joins && !looksLikeName(word, people, language)) break;
    known ||= people.has(word.lower) || word.text.startsWith('@');
    at += 1;
    const closing = text.slice(word.end, word.end + 3);
    if (bracket && /^\s?[\])]/.test(closing)) return named('bracket', at);
    if (!bracket && /^\s?:/.test(closing)) return named('colon', at);
    if (!bracket && /^\s-+\s/.test(text.slice(word.end, word.end + 4))) return named('dash', at);
  }
  const next = words[at]?.lower;
  if (
    !bracket &&
    at > start &&
    next === 'to' &&
    language.lexicon.forms.get(words[at + 1]?.lower ?? '')?.base === true
  ) {
    return named('to', at + 1);
  }
  if (first.text.startsWith('@') && at > start) return named('at', at);
  return start;

  function named(how: string, after: number): number {
    features.push('named-first', `named:${how}`);
    if (known) features.push('named-known');
    if (at - start > 3) features.push('named-several');
    return after;
  }
}

function looksLikeName(word: Word, people: ReadonlySet<string>, language: Language): boolean {
  if (people.has(word.lower) || word.text.startsWith('@')) return true;
  if (language.lexicon.groups.has(word.lower)) return true;
  if (language.lexicon.plain.has(word.lower)) return false;
  const form = language.lexicon.forms.get(word.lower);
  return form === undefined && /^\p{L}/u.test(word.text) && word.text.length > 1;
}

/** An imperative, a gerund or another beginning of a line. */
function readVerb(
  words: readonly Word[],
  start: number,
  text: string,
  forms: ReadonlyMap<string, VerbForm>,
  features: string[],
): void {
  let at = start;
  while (at < start + 4 && FILLERS.has(words[at]?.lower ?? '')) {
    features.push(`filler:${words[at]?.lower}`);
    at += 1;
  }
  const word = words[at];
  if (word === undefined) return;
  if (at > start && words[at - 1]?.lower === 'to') features.push('opens-with-to');
  const form = forms.get(word.lower);
  const next = words[at + 1];
  const follower = followerOf(word, next, text);
  if (form === undefined) {
    features.push(`opens:${shapeOf(word)}`);
    return;
  }
  if (form.base && form.work && follower !== 'finite') {
    const strength = form.strong ? 'strong' : 'weak';
    features.push('imperative', `imperative:${strength}`, `imperative:${strength}+${follower}`);
  } else if (form.ing) features.push('gerund', `gerund+${follower}`);
  else if (form.ed) features.push('opens:participle');
  else features.push('opens:verb');
}

function followerOf(word: Word, next: Word | undefined, text: string): string {
  const after = text.slice(word.end, word.end + 2);
  if (after.startsWith(':')) return 'colon';
  if (next === undefined) return 'end';
  if (AUXILIARIES.has(next.lower)) return 'finite';
  if (DETERMINERS.has(next.lower)) return 'object';
  if (PARTICLES.has(next.lower)) return 'particle';
  return /^\s$/.test(next.before) ? 'word' : 'mark';
}

function shapeOf(word: Word): string {
  if (word.lower === '<url>') return 'url';
  if (/^\d/.test(word.text)) return 'number';
  if (/^\p{Lu}/u.test(word.text))
    return word.text === word.text.toUpperCase() && word.text.length > 1 ? 'upper' : 'capital';
  return 'small';
}
