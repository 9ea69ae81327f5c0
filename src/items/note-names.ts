import { COMMON, GROUPS, NICK, NO_NICK, OF_THINGS, PARTICLE } from './name-words.ts';
import type { Context } from './statement.ts';
import { type Word, wordsOf } from './tokens.ts';
import { baseOf } from './verbs.ts';

/** What a note shows about the words that may be names. */
export interface NoteNames {
  /** Every way in which the note's people are written, in lower case. */
  readonly people: ReadonlySet<string>;
  /** How often a word stands where things stand ("in Neutron", "the API"). */
  readonly things: ReadonlyMap<string, number>;
  /** How often a word stands where people stand ("Alice said", "(Bob)"). */
  readonly persons: ReadonlyMap<string, number>;
  /** Lower-cased nick or first name → the full name that the note itself gives for it. */
  readonly aliases: ReadonlyMap<string, string>;
}

const SAID_OF_PEOPLE =
  /^(?:volunteered|volunteers|volunteer|said|says|asked|asks|mentioned|mentions|noted|thinks|thought|believes|suggested|suggests|proposed|explained|presented|raised|shown|showed|started|offered|promised|agreed|wants|reported|gave|shared|joined|wrote|intends|offers)$/;

/** What hardly any thing does, so that also a lower-case word before it is somebody. */
const SAID_OF_NICKS =
  /^(?:volunteered|volunteers|said|says|asked|mentioned|thinks|thought|believes|suggested|offered|promised|agreed|noted|joked)$/;

const cache = new WeakMap<Context, NoteNames>();

/** Reads a note's names once. */
export function namesOf(context: Context): NoteNames {
  const known = cache.get(context);
  if (known !== undefined) return known;
  const people = new Set<string>();
  const things = new Map<string, number>();
  const persons = new Map<string, number>();
  const { note } = context;
  for (const name of [...context.people, ...note.people, note.author ?? '']) addPerson(people, name);
  for (const block of note.blocks) {
    if (block.speaker !== null) addPerson(people, block.speaker);
    if (block.kind !== 'code') countUses(wordsOf(block.text), things, persons);
    for (const { start, end } of block.strong) countBold(block.text.slice(start, end), persons);
    if (DUTIES.test(block.section.at(-1) ?? '') || DUTIES.test(note.blocks[block.leadIn ?? -1]?.text ?? ''))
      countDuty(block.text, persons);
  }
  for (const siblings of context.siblings.values()) countLeads(siblings, persons);
  for (const { text } of note.blocks) countBeside(text, people, persons);
  const names = { people, things, persons, aliases: aliasesOf(context) };
  cache.set(context, names);
  return names;
}

function addPerson(people: Set<string>, name: string): void {
  const words =
    name
      .toLowerCase()
      .replace(/^@/, '')
      .match(/[\p{L}\p{N}_.'’-]+/gu) ?? [];
  if (words.length === 0 || words.length > 4) return;
  if (words.every((word) => COMMON.has(word))) return;
  people.add(words.join(' '));
  for (const word of words) if (word.length > 1 && !COMMON.has(word) && !PARTICLE.test(word)) people.add(word);
}

function countUses(words: readonly Word[], things: Map<string, number>, persons: Map<string, number>): void {
  for (const [at, word] of words.entries()) {
    const before = words[at - 1]?.lower ?? '';
    const after = words[at + 1]?.lower ?? '';
    const key = word.lower.startsWith('@') ? word.lower.slice(1) : word.lower;
    const code = word.text.charCodeAt(0);
    const capital = code < 128 ? code >= 65 && code <= 90 : /^\p{Lu}/u.test(word.text);
    if (word.text.startsWith('@')) count(persons, key, 3);
    else if (!capital) {
      count(things, key, 0.5);
      if (isNickForm(key) && speaks(words, at)) count(persons, key, 1);
    } else if (OF_THINGS.test(before) && word.before === ' ') count(things, key, 1);
    else if (SAID_OF_PEOPLE.test(after) || after === "'s") count(persons, key, 1);
    if (word.before !== ' ' && /[([]$/.test(word.before) && /^[)\]]/.test(words[at + 1]?.before ?? ')'))
      count(persons, key, 0.5);
  }
}

/** "alix volunteered", "bobx signed up", at the beginning of what is said. */
function speaks(words: readonly Word[], at: number): boolean {
  const [next, last] = [words[at + 1]?.lower ?? '', words[at + 2]?.lower ?? ''];
  if (!SAID_OF_NICKS.test(next) && !(/^(?:signed|stepped)$/.test(next) && last === 'up')) return false;
  return at === 0 || words[at]?.before !== ' ' || /^(?:and|but|that|then|so)$/.test(words[at - 1]?.lower ?? '');
}

/** Whether a word may be a nick by its form. */
function isNickForm(key: string): boolean {
  return isNoWord(key) && !NO_NICK.test(key);
}

/** Whether a lower-case word is none that we know of the language. */
function isNoWord(key: string): boolean {
  return NICK.test(key) && !COMMON.has(key) && baseOf(key) === null;
}

/** Lists that stand alone: in brackets, behind a dash, before a colon, "to" or "will". */
const LIST =
  /(?:[([]|^\s{0,3}| [-–—]{1,2} |> )(?<list>@?\p{L}[\p{L}\d_.-]{1,23}(?:(?:, ?| ?[/&+] ?|,? and )@?\p{L}[\p{L}\d_.-]{1,23}){1,5})(?=[)\]:]|\.?$| to \p{Ll}| will )/gu;

/** Who stands in a list beside somebody is somebody. */
function countBeside(text: string, people: ReadonlySet<string>, persons: Map<string, number>): void {
  for (const { groups } of text.matchAll(LIST)) {
    const list = (groups?.list ?? '').split(/, ?| ?[/&+] ?|,? and /).map((name) => name.replace(/^@|\.$/g, ''));
    const keys = list.map((name) => name.toLowerCase());
    const known = keys.filter((key) => isSomebody(key, { people, persons }));
    if (known.length === 0 || !list.every((name, at) => /^\p{Lu}\p{Ll}/u.test(name) || isNickForm(keys[at] ?? '')))
      continue;
    for (const key of keys)
      if (!known.includes(key) && !COMMON.has(key) && baseOf(key) === null) count(persons, key, 1);
  }
}

/** A single bold word that is no word of the language may be a nick. */
function countBold(text: string, persons: Map<string, number>): void {
  const key = text.toLowerCase().replace(/^@/, '');
  if (isNoWord(key)) count(persons, key, 1);
}

/** "Alice: …" in several bullets of one list: those who stand before the colons are people. */
function countLeads(siblings: readonly { readonly text: string }[], persons: Map<string, number>): void {
  const leads = siblings.flatMap(
    ({ text }) =>
      /^(?<lead>\p{Lu}[\p{L}]{1,20}(?:\s?\/\s?\p{Lu}[\p{L}]{1,20}){0,3}):\s/u.exec(text)?.groups?.lead ?? [],
  );
  if (leads.length < 3 || new Set(leads).size === leads.length) return;
  for (const lead of new Set(leads)) for (const name of lead.split('/')) count(persons, name.trim().toLowerCase(), 1);
}

/** Headings and lines that announce work, and what stands in front of it below them: "Alice: …", "Bob/Carol - …", "[dave] …". */
const DUTIES = /\b(?:action|actions|to-?dos?|assignments|next steps|follow-?ups?)\b/i;
const DUTY =
  /^[\s[(]{0,3}(?<who>\p{Lu}[\p{L}'’-]{1,20}(?: \p{Lu}[\p{L}.'’-]{0,20}){0,2}(?:\s?(?:\/|,|&|\+| and )\s?\p{Lu}[\p{L}'’-]{1,20}(?: \p{Lu}[\p{L}.'’-]{0,20}){0,2}){0,4})[\])]?(?::| [-–—]{1,2})\s/u;

/** Who stands before a colon or a dash in a list of duties is somebody, unless the word is one of the language. */
function countDuty(text: string, persons: Map<string, number>): void {
  const who = DUTY.exec(text)?.groups?.who;
  if (who === undefined) return;
  for (const name of who.split(/\s?(?:\/|,|&|\+| and )\s?/)) {
    const words = name.trim().toLowerCase().split(' ');
    if (/\p{Lu}{2}/u.test(name) || words.some((word) => COMMON.has(word) || baseOf(word) !== null || GROUPS.has(word)))
      continue;
    for (const word of words) count(persons, word, 1);
  }
}

function count(map: Map<string, number>, key: string, by: number): void {
  map.set(key, (map.get(key) ?? 0) + by);
}

/** "Alice's nick is aexample", "my nick is bob", and the first names of those whose full names stand in the note. */
function aliasesOf({ note }: Context): ReadonlyMap<string, string> {
  const full = new Map<string, Set<string>>();
  const nicks = new Map<string, string>();
  for (const { text } of note.blocks) {
    for (const { groups = {} } of text.matchAll(
      /(?<![\p{L}\p{N}])(?<first>\p{Lu}\p{Ll}{1,20}) (?<last>\p{Lu}[\p{Ll}’'-]{1,24}(?:\p{Lu}\p{Ll}{1,20})?)(?![\p{L}\p{N}])/gu,
    )) {
      const { first = '', last = '' } = groups;
      if (COMMON.has(first.toLowerCase()) || COMMON.has(last.toLowerCase()) || GROUPS.has(last.toLowerCase())) continue;
      full.set(first.toLowerCase(), (full.get(first.toLowerCase()) ?? new Set()).add(`${first} ${last}`));
    }
    for (const { groups = {} } of text.matchAll(
      /(?<![\p{L}\p{N}])(?<who>My|\p{Lu}\p{Ll}{1,20})(?:['’]s)? (?:IRC )?(?:nick|nickname|handle) is (?<nick>@?[\w-]{2,24})/gu,
    )) {
      nicks.set((groups.nick ?? '').toLowerCase(), groups.who === 'My' ? (note.author ?? '') : (groups.who ?? ''));
    }
  }
  const aliases = new Map<string, string>();
  for (const [first, names] of full) if (names.size === 1) for (const name of names) aliases.set(first, name);
  for (const [nick, who] of nicks) if (who !== '') aliases.set(nick, aliases.get(who.toLowerCase()) ?? who);
  return aliases;
}

/** Whether the note calls somebody by this word, in lower case. */
export function isSomebody(word: string, { people, persons }: Pick<NoteNames, 'people' | 'persons'>): boolean {
  return people.has(word) || (persons.get(word) ?? 0) >= 1;
}

/** Whether the note itself shows that this is somebody. */
export function isKnown(name: string, names: NoteNames): boolean {
  const words = name.toLowerCase().replace(/^@/, '').split(' ');
  return name.startsWith('@') || names.people.has(words.join(' ')) || words.some((word) => isSomebody(word, names));
}
