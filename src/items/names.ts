import { isCapital, isNick, nameIn, type Place } from './name.ts';
import { COMMON, GROUPS, NO_GROUP_NAME, PARTICLE } from './name-words.ts';
import { isKnown, type NoteNames } from './note-names.ts';
import type { Word } from './tokens.ts';

export { isKnown, isSomebody, type NoteNames, namesOf } from './note-names.ts';

/** Names that stand together, and the words that they take up: `[from, to)`. */
export interface NameList {
  readonly names: readonly string[];
  readonly from: number;
  readonly to: number;
}

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
  if (word === undefined) return false;
  return (
    /^[\p{Lu}@]/u.test(word.text) || isKnown(word.text, names) || (at === 0 && isNick(word, undefined, names, 'strong'))
  );
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

/** The names that all the words from `first` on are; null when there is anything else. */
export function onlyNames(
  words: readonly Word[],
  first: number,
  names: NoteNames,
  place: Place,
): readonly string[] | null {
  const list = namesFrom(words, first, names, place);
  return list !== null && list.to === words.length ? list.names : null;
}

const LONGEST = 4;

/** Where the run of capitalised words that ends at `end` begins ("the Alice Example": at Alice; "the QA team": at QA). */
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
  if (next.text.startsWith('@') && words[to - 1]?.text.startsWith('@') && next.before === ' ') return to;
  if (JOINT.test(next.before)) return next.lower === 'and' || next.lower === 'or' ? to + 1 : to;
  if ((next.lower === 'and' || next.lower === 'or') && next.before === ' ') return to + 1;
  return words.length;
}
