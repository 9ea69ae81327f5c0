import { COMMON, GROUPS, NICK, NO_GROUP_NAME, NO_NICK, OF_THINGS, PARTICLE } from './name-words.ts';
import type { NoteNames } from './note-names.ts';
import type { Word } from './tokens.ts';
import { baseOf } from './verbs.ts';

/** How much a place in a sentence speaks for a name: in a `strong` one ("ACTION: x to …") an unknown nick or initials are one, in `bold` any word. */
export type Place = 'bold' | 'strong' | 'subject' | 'weak';

/** Whether a word begins with a capital. */
export function isCapital(word: Word | undefined): boolean {
  return word !== undefined && /^\p{Lu}/u.test(word.text);
}

/** The names that the words `[start, end]` are, or null. */
export function nameIn(
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

/** "QA team", "Release Tools group": a group with a name of its own, and not just "the team". */
function isGroup(unit: readonly Word[]): boolean {
  const named = unit.slice(0, -1);
  return (
    named.length > 0 &&
    named.every((word) =>
      isCapital(word) ? !/^(?:The|An?|Our|This|\p{L}+ly)$/u.test(word.text) : !NO_GROUP_NAME.test(word.lower),
    )
  );
}

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
  if (/^\p{Lu}{2,3}$/u.test(text)) return place !== 'weak' && !isThing(word, names) && before?.lower !== 'the';
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
export function isNick(word: Word, before: Word | undefined, names: NoteNames, place: Place): boolean {
  const { text, lower } = word;
  if (!NICK.test(text) || baseOf(lower) !== null || PARTICLE.test(lower) || NO_NICK.test(lower)) return false;
  if (/[_\d]/.test(text)) return place !== 'weak' && !/^v?\d|\d{3}/.test(text);
  if (place === 'weak' || /(?:tion|tions|ment|ments|ness|ings?|ity|ance|ence|ly|ed|able|s)$/.test(lower)) return false;
  if (before !== undefined && word.before === ' ' && /^(?:the|a|an|our|new|old|in|of|on|to)$/.test(before.lower))
    return false;
  return place === 'strong' || place === 'bold' || (names.persons.get(lower) ?? 0) >= 0.5;
}
