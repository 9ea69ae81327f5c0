import { plainWords } from './plain.ts';
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

/** Words with a capital at the start of a line that are not names. */
const COMMON: ReadonlySet<string> = new Set(
  (
    'a about above actually after again agenda all also alternatively although always an and another any anybody anyone apparently as at ' +
    'background basically because before being below besides both but by can chair chairs code community conclusion conclusions consensus ' +
    'contributors could cores currently data date dates deadline decision decisions developers did discussion docs documentation does done due ' +
    'each either else especially even eventually everybody everyone everything except explicitly feature features few finally first ' +
    'folks followup for from full further furthermore general generally given goal goals going good group has have having he hello help hence ' +
    'her here hi his hopefully how however i idea ideas if implementation in initially instead is issue issues it item items its just kind last ' +
    'lastly lately later least let lets list long looks lot maintainers many maybe me meanwhile meeting meetings members might more moreover ' +
    'most motion much must my name namely need needs new next no nobody none nope nor not note notes nothing now of off ok okay old on ' +
    'once one only open operators option options or originally other others otherwise our out outcome over overall part patch patches people per ' +
    'perhaps please plan plans point possibly pr presently probably problem process progress project projects proposal proposed ptl prs ' +
    'question questions rather reason reasons recently related release releases remaining resolution resolved result results reviewers right same ' +
    'second section see several she should similarly since so solution some somebody someone something somewhat soon sorry spec specs ' +
    'specifically state status step steps still such summary sure tbd team teams test testing tests than thank thanks that the their them then ' +
    'there therefore these they thing things think third this those though three through thus till time title to today together tomorrow ' +
    'too topic topics tentatively two under unfortunately unless until up upcoming update updates upstream us user users usually various vendors very ' +
    'via volunteers want wants was way we well were what when where whether which while who why will with within without work workers working would ' +
    'yeah yes yesterday yet you your action actions todo ai ar aob ' +
    'january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday ' +
    'api apis ci cd ui ux cli gui http https json xml yaml sql url urls rfe rfes id ids db os vm vms tc wg sig ptg irc ml lp faq qa ga eol rc pdf ' +
    'ssh ssl tls dns dhcp ip ipv4 ipv6 nat vpn lan cpu gpu ram uuid ldap oauth jwt saml aws gcp gce s3 iot usb html css js ram rfc ietf w3c ' +
    'readme kep cve sdk rpm deb ptr toc coc cla dco gsoc'
  ).split(' '),
);

const GROUPS: ReadonlySet<string> = new Set(
  'team group committee council board squad subteam sig wg tc foundation community'.split(' '),
);
const OF_THINGS =
  /^(?:in|the|of|on|into|onto|a|an|our|its|this|each|every|old|new|current|using|via|within|upstream|latest|run|running|under)$/;
const SAID_OF_PEOPLE =
  /^(?:volunteered|volunteers|volunteer|said|says|asked|asks|mentioned|mentions|noted|thinks|thought|believes|suggested|suggests|proposed|explained|presented|raised|shown|showed|started|offered|promised|agreed|wants|reported|gave|shared|joined|wrote|intends|offers)$/;
const PARTICLE = /^(?:de|da|del|der|den|di|du|la|le|van|von|bin|al|el|dos|ten|ter)$/;

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
  }
  for (const siblings of context.siblings.values()) countLeads(siblings, persons);
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
    const key = word.lower.replace(/^@/, '');
    const capital = /^\p{Lu}/u.test(word.text);
    if (word.text.startsWith('@')) count(persons, key, 3);
    else if (!capital) count(things, key, 0.5);
    else if (OF_THINGS.test(before) && word.before === ' ') count(things, key, 1);
    else if (SAID_OF_PEOPLE.test(after) || after === "'s") count(persons, key, 1);
    if (/[([]$/.test(word.before) && /^[)\]]/.test(words[at + 1]?.before ?? ')')) count(persons, key, 0.5);
  }
}

/** A single bold word that is no word of the language may be a nick. */
function countBold(text: string, persons: Map<string, number>): void {
  const key = text.toLowerCase().replace(/^@/, '');
  if (/^[a-z][a-z0-9_-]{2,23}$/.test(key) && !COMMON.has(key) && baseOf(key) === null) count(persons, key, 1);
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

function count(map: Map<string, number>, key: string, by: number): void {
  map.set(key, (map.get(key) ?? 0) + by);
}

/** "Miguel's nick is mlavalle", "Alice Example (aexample)", and the first names of those whose full names stand in the note. */
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

/** Names that stand together, and the words that they take up: `[from, to)`. */
export interface NameList {
  readonly names: readonly string[];
  readonly from: number;
  readonly to: number;
}

/** How much a place in a sentence speaks for a name: in a `strong` one ("ACTION: x to …") an unknown nick or initials are one, in `bold` any word. */
export type Place = 'bold' | 'strong' | 'subject' | 'weak';

/** The list of names that ends with the word at `last`; null when that is no name. */
export function namesBefore(words: readonly Word[], last: number, names: NoteNames, place: Place): NameList | null {
  const found: string[] = [];
  let end = last;
  let from = last + 1;
  while (end >= 0) {
    const start = unitStart(words, end);
    const name = nameIn(words, start, end, names, place) ?? joinedNick(words, start, names);
    if (name === null) break;
    found.unshift(...name);
    from = start;
    end = connectedBefore(words, start);
    if (/,/.test(words[start]?.before ?? '') && end >= 0 && !mayBeListed(words, end, names)) break;
  }
  return found.length === 0 ? null : { names: found, from, to: last + 1 };
}

/** Behind a comma an unknown lower-case word is the end of a phrase and not one more name ("the policy, chris to …"). */
function mayBeListed(words: readonly Word[], at: number, names: NoteNames): boolean {
  const word = words[at];
  return word !== undefined && (/^[\p{Lu}@]/u.test(word.text) || isKnown(word.text, names));
}

/** "Alice and bobx are looking into it": a word joined to a name is one. */
function joinedNick(words: readonly Word[], at: number, names: NoteNames): readonly string[] | null {
  const word = words[at];
  const other = connectedBefore(words, at);
  if (word === undefined || other < 0 || !isNick(word, undefined, names, 'strong')) return null;
  return nameIn(words, unitStart(words, other), other, names, 'subject') === null ? null : [word.text];
}

/** The list of names that begins with the word at `first`; null when that is no name. */
export function namesFrom(words: readonly Word[], first: number, names: NoteNames, place: Place): NameList | null {
  const found: string[] = [];
  let start = first;
  let to = first;
  while (start < words.length) {
    const end = unitEnd(words, start);
    const name = nameIn(words, start, end, names, place);
    if (name === null) break;
    found.push(...name);
    to = end + 1;
    start = connectedAfter(words, to);
  }
  return found.length === 0 ? null : { names: found, from: first, to };
}

const LONGEST = 4;

function isCapital(word: Word | undefined): boolean {
  return word !== undefined && /^\p{Lu}/u.test(word.text);
}

/** Where the run of capitalised words that ends at `end` begins ("the Mike Krufky": at Mike; "the QA team": at QA). */
function unitStart(words: readonly Word[], end: number): number {
  let start = end;
  const group = GROUPS.has(words[end]?.lower ?? '');
  while (start > 0 && end - start < LONGEST && words[start]?.before === ' ') {
    const before = words[start - 1];
    if (
      before === undefined ||
      !goesBackTo(words, start, before, group && start === end, group || isCapital(words[end]))
    )
      break;
    start -= 1;
  }
  return start;
}

function goesBackTo(words: readonly Word[], start: number, before: Word, named: boolean, capitals: boolean): boolean {
  if (named) return !NO_GROUP_NAME.test(before.lower);
  if (PARTICLE.test(before.lower))
    return isCapital(words[start - 2]) && before.before === ' ' && isCapital(words[start]);
  return capitals && isCapital(before) && !COMMON.has(before.lower);
}

function unitEnd(words: readonly Word[], start: number): number {
  let end = start;
  while (end + 1 < words.length && end - start < LONGEST && words[end + 1]?.before === ' ') {
    const next = words[end + 1];
    const particle = PARTICLE.test(next?.lower ?? '') && isCapital(words[end + 2]) && words[end + 2]?.before === ' ';
    const goesOn = isCapital(words[start]) && isCapital(next) && !COMMON.has(next?.lower ?? '');
    if (!goesOn && !particle && !GROUPS.has(next?.lower ?? '')) break;
    end += 1;
  }
  return end;
}

const JOINT = /^\s*(?:,|&|\/|\+|,\s*&)\s*$/;

function connectedBefore(words: readonly Word[], start: number): number {
  const word = words[start];
  const before = words[start - 1];
  if (word === undefined || before === undefined) return -1;
  if (JOINT.test(word.before)) return start - 1;
  const joined =
    (before.lower === 'and' || before.lower === 'or') && word.before === ' ' && /^,? $/.test(before.before);
  return joined ? start - 2 : -1;
}

function connectedAfter(words: readonly Word[], to: number): number {
  const next = words[to];
  if (next === undefined) return words.length;
  if (JOINT.test(next.before)) return next.lower === 'and' || next.lower === 'or' ? to + 1 : to;
  if ((next.lower === 'and' || next.lower === 'or') && next.before === ' ') return to + 1;
  return words.length;
}

/** The names that the words `[start, end]` are, or null. */
function nameIn(
  words: readonly Word[],
  start: number,
  end: number,
  names: NoteNames,
  place: Place,
): readonly string[] | null {
  const unit = words.slice(start, end + 1);
  const [first] = unit;
  const last = unit[unit.length - 1];
  if (first === undefined || last === undefined) return null;
  const text = unit.map((word) => word.text).join(' ');
  if (/^\p{Lu}{1,4}(?:\+\p{Lu}{1,4})+$/u.test(text)) return text.split('+');
  if (names.people.has(text.toLowerCase().replace(/^@/, ''))) return [text];
  if (GROUPS.has(last.lower)) return isGroup(unit) ? [text] : null;
  if (place === 'bold' && unit.length === 1 && !COMMON.has(first.lower)) return [text];
  if (unit.length > 1 && COMMON.has(last.lower)) return null;
  if (unit.length > 1) return unit.every((word) => isThing(word, names)) ? null : [text];
  return isName(first, words[start - 1], names, place) ? [text] : null;
}

/** "QA team", "Bylaws Writing group": a group with a name of its own, and not just "the team". */
function isGroup(unit: readonly Word[]): boolean {
  const named = unit.slice(0, -1);
  return (
    named.length > 0 &&
    named.every((word) =>
      isCapital(word) ? !/^(?:The|An?|Our|This|\p{L}+ly)$/u.test(word.text) : !NO_GROUP_NAME.test(word.lower),
    )
  );
}

const NO_GROUP_NAME =
  /^(?:the|a|an|our|this|that|generally|whole|entire|all|each|every|core|new|own|other|another|same|task|tools?|wider|broader|whole|and|or|in|of|to|by|with|for|small|separate|team|community|working|work|we|as)$/;

function isThing(word: Word, names: NoteNames): boolean {
  const key = word.lower;
  if (COMMON.has(key)) return true;
  return (names.things.get(key) ?? 0) > 1 + 2 * (names.persons.get(key) ?? 0);
}

function isName(word: Word, before: Word | undefined, names: NoteNames, place: Place): boolean {
  const { text, lower } = word;
  if (text.startsWith('@')) return text.length > 1;
  if (text === 'I' || COMMON.has(lower)) return names.people.has(lower) && !COMMON.has(lower);
  if (names.people.has(lower)) return true;
  if (/^\p{Lu}{2,5}$/u.test(text)) return place !== 'weak' && !isThing(word, names) && before?.lower !== 'the';
  if (/^\p{Lu}/u.test(text)) return isCapitalName(word, before, names, place);
  return isNick(word, before, names, place);
}

function isCapitalName(word: Word, before: Word | undefined, names: NoteNames, place: Place): boolean {
  if (isThing(word, names) || /[-_.\d]/.test(word.text.slice(0, -1)))
    return (place === 'strong' || place === 'bold') && !isThing(word, names);
  if (baseOf(word.lower) !== null && place !== 'strong') return false;
  if (/(?:tion|tions|ment|ments|ness|ings?|ity|ance|ence)$/.test(word.lower)) return false;
  return before === undefined || !OF_THINGS.test(before.lower) || word.before !== ' ';
}

/** A nick: a lower-case word that no dictionary has, as far as its form shows. */
function isNick(word: Word, before: Word | undefined, names: NoteNames, place: Place): boolean {
  const { text, lower } = word;
  if (!/^[a-z][a-z0-9_-]{2,23}$/.test(text) || baseOf(lower) !== null || PARTICLE.test(lower) || NO_NICK.test(lower))
    return false;
  if (/[_\d]/.test(text)) return place !== 'weak' && !/^v?\d|\d{3}/.test(text);
  if (place === 'weak' || /(?:tion|tions|ment|ments|ness|ings?|ity|ance|ence|ly|ed|able|s)$/.test(lower)) return false;
  if (before !== undefined && word.before === ' ' && /^(?:the|a|an|our|new|old|in|of|on|to)$/.test(before.lower))
    return false;
  return place === 'strong' || place === 'bold' || (names.persons.get(lower) ?? 0) >= 0.5;
}

/** Words before "to VERB" that are not names. */
const NO_NICK =
  /^(?:intend|expect|hope|tend|seem|appear|happen|wish|attempt|fail|refuse|used|able|likely|unable|ready|easy|hard|order|way|time|need|bad|good|staff|optional|maybe|yet|enough|here|there|how|what|where|when|whether|who|only|nothing|something|anything|everything|room|none|chance|ability|effort|wants?|help)$/;

/** Whether the note itself shows that this is somebody. */
export function isKnown(name: string, names: NoteNames): boolean {
  const words = name.toLowerCase().replace(/^@/, '').split(' ');
  return (
    name.startsWith('@') ||
    names.people.has(words.join(' ')) ||
    words.some((word) => names.people.has(word) || (names.persons.get(word) ?? 0) >= 1)
  );
}

/** The words of a name for comparing. */
export function nameKey(name: string): string {
  return plainWords(name).join(' ');
}
