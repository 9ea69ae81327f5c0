import type { Language } from './language.ts';
import { frameOf } from './lead.ts';
import type { VerbForm } from './lexicon.ts';
import { type NoteNames, namesFrom } from './names.ts';
import { findPatterns } from './patterns.ts';
import { ROLE } from './subjects.ts';
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

/** Reads the beginning of a statement. */
export function openingOf(words: readonly Word[], text: string, names: NoteNames, language: Language): Opening {
  const features: string[] = [];
  const isName = /^\p{Lu}{2,4}$/u.test(words[0]?.text ?? '') && names.people.has(words[0]?.lower ?? '');
  const marked = isName ? { markers: [], at: 0 } : readMarkers(words, text, language, features);
  const named = readNames(words, marked.at, text, names, language, features);
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
    const setOff = howSetOff(words, at, hit.to, text, language);
    if (setOff === null) break;
    markers.push(hit.id);
    features.push(`${hit.id}`, `${hit.id}:${setOff}`);
    at = hit.to;
  }
  return { markers, at };
}

function howSetOff(words: readonly Word[], from: number, to: number, text: string, language: Language): string | null {
  const first = words[from];
  const last = words[to - 1];
  if (first === undefined || last === undefined) return null;
  const after = text.slice(last.end, last.end + 4);
  if (/[[(]$/.test(first.before) && /^\s?[\])]/.test(after)) return 'bracket';
  if (/[[(]$/.test(first.before) && /^:?\s[\p{L}@][^\])]{0,40}[\])]/u.test(text.slice(last.end, last.end + 46)))
    return 'bracket';
  if (/^\s?[:：]/.test(after)) return 'colon';
  if (/^\s?[(#]/.test(after)) return 'name';
  if (
    first === last &&
    /^(?:action|todo|ai|ar)$/.test(first.lower) &&
    /^\s{1,3}@?[\w.-]{2,24}\s?:/.test(text.slice(last.end, last.end + 30))
  )
    return 'name';
  if (/^\s+(?:-|–|—)\s/.test(text.slice(last.end, last.end + 4))) return 'dash';
  if (first.lower.startsWith('#')) return 'hash';
  const upper = first.text === first.text.toUpperCase() && first.text.length > 2;
  if (upper) return 'upper';
  const next = words[to]?.lower ?? '';
  if (/^(?:for|on|is|are|to|was|from)$/.test(next)) return 'words';
  if (
    /^[A-Z][a-z]/.test(first.text) &&
    /^[A-Z]/.test(words[to]?.text ?? '') &&
    language.lexicon.forms.get(next)?.strong === true
  )
    return 'capital';
  return null;
}

/** "Alice:", "[Lee]", "(Chris Woods)", "… (Alice)", "bob to …": names that frame the work; the index of the first word after them. */
function readNames(
  words: readonly Word[],
  from: number,
  text: string,
  names: NoteNames,
  language: Language,
  features: string[],
): number {
  const frame = frameOf(text, names);
  let at = words.findIndex((word) => word.start >= frame.start);
  at = at < 0 ? from : Math.max(from, at);
  if (frame.owners.length > 0) {
    features.push(frame.start > 0 ? 'framed' : 'framed-end');
    if (frame.owners.length > 1) features.push('framed:several');
    if (frame.owners.some((owner) => names.people.has(owner.toLowerCase().replace(/^@/, ''))))
      features.push('framed:known');
  } else if (frame.marked && frame.start > 0) features.push('framed:marked');
  if (frame.behind.length > 0) features.push('named-behind');
  const list = namesFrom(words, at, names, 'strong') ?? officeAt(words, at) ?? groupAt(words, at, names);
  if (list !== null) {
    const next = words[list.to]?.lower ?? '';
    const verb = language.lexicon.forms.get(words[list.to + 1]?.lower ?? '');
    const apart = /[:.;!?]/.test(words[list.to]?.before ?? '');
    if (next === 'to' && verb?.base === true && !apart) {
      if (ROLE.test(words[at]?.lower ?? '') || !language.lexicon.plain.has(words[at]?.lower ?? ''))
        features.push(verb.work ? 'name-to-work' : 'name-to-other');
      return list.to + 1;
    }
    if (!apart && FINITE.has(next)) features.push('name-finite', `name-finite:${next}`);
    else if (!apart && language.lexicon.forms.get(next)?.s === true)
      features.push('name-finite', 'name-finite:present');
    else if (!apart && language.lexicon.forms.get(next)?.base === true) features.push('name-base');
  }
  return at;
}

/** "The QA team to confirm": a group with a name. */
function groupAt(words: readonly Word[], at: number, names: NoteNames): { readonly to: number } | null {
  if (words[at]?.lower !== 'the') return null;
  const list = namesFrom(words, at + 1, names, 'subject');
  return list !== null && words[list.to]?.lower === 'to' ? list : null;
}

/** "Chairs to confirm": an office in the place of a name. */
function officeAt(words: readonly Word[], at: number): { readonly to: number } | null {
  return ROLE.test(words[at]?.lower ?? '') && words[at + 1]?.lower === 'to' ? { to: at + 1 } : null;
}

const FINITE = new Set(
  'will is are has have can could should would may might was were volunteered volunteers plans wants needs agreed promised offered'.split(
    ' ',
  ),
);

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
  if (form?.base !== true && prefixedVerb(words, start, forms)) features.push('imperative', 'imperative:after-prefix');
  if (ordersLater(words, at, forms)) features.push('orders-later');
  if (form === undefined) {
    features.push(`opens:${shapeOf(word)}`);
    return;
  }
  if (isTitle(word, next, words.length)) features.push('title-case');
  else if (form.base && form.work && follower !== 'finite') {
    const strength = form.strong ? 'strong' : 'weak';
    features.push('imperative', `imperative:${strength}`, `imperative:${strength}+${follower}`);
  } else if (form.ing) features.push('gerund', `gerund+${follower}`);
  else if (form.ed) features.push('opens:participle');
  else features.push('opens:verb');
}

/** "In addition, ask the chairs", "agreed, but add a test": an order behind the first comma, with an object of its own. */
function ordersLater(words: readonly Word[], start: number, forms: ReadonlyMap<string, VerbForm>): boolean {
  for (let at = start + 1; at < Math.min(words.length - 1, start + 16); at += 1) {
    if (!/^,\s/.test(words[at]?.before ?? '')) continue;
    let verb = at;
    while (verb < at + 3 && JOINS.has(words[verb]?.lower ?? '')) verb += 1;
    const form = forms.get(words[verb]?.lower ?? '');
    return form?.strong === true && form.base && DETERMINERS.has(words[verb + 1]?.lower ?? '');
  }
  return false;
}

const JOINS = new Set('and but so then please just also'.split(' '));

/** "old-agent - send a mail", "Docs: update the guide": an imperative behind a short topic. */
function prefixedVerb(words: readonly Word[], start: number, forms: ReadonlyMap<string, VerbForm>): boolean {
  for (let at = start + 1; at < Math.min(words.length - 1, start + 7); at += 1) {
    const word = words[at];
    if (word === undefined || /[.,;!?]/.test(word.before)) return false;
    if (/^:\s|\s[-–—]{1,2}\s/.test(word.before))
      return forms.get(word.lower)?.strong === true && forms.get(word.lower)?.base === true;
  }
  return false;
}

/** "Transform Streams - Alice": capitals throughout a short line make a title, not an order. */
function isTitle(word: Word, next: Word | undefined, count: number): boolean {
  return (
    count <= 8 && /^\p{Lu}\p{Ll}/u.test(word.text) && /^\p{Lu}\p{Ll}/u.test(next?.text ?? '') && next?.before === ' '
  );
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
