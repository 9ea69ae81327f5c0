import type { Lexicon } from './lexicon.ts';
import { type NoteNames, namesBefore } from './names.ts';
import type { Word } from './tokens.ts';

/**
 * Who a verb is said of. `person`: known from the note; `name`: written like a name; `nick`: a lower-case word in the
 * place of a name; `none`: left out ("Will send a mail").
 */
export type Subject =
  | 'i'
  | 'we'
  | 'team'
  | 'crowd'
  | 'person'
  | 'name'
  | 'nick'
  | 'they'
  | 'it'
  | 'you'
  | 'nobody'
  | 'thing'
  | 'none'
  | 'there';

/** The subject, and the word that opens the clause when it is a subordinate one. */
export interface SubjectFound {
  readonly subject: Subject;
  /** Where the subject begins, as an index of words. */
  readonly at: number;
}

const PRONOUNS: ReadonlyMap<string, Subject> = new Map([
  ['i', 'i'],
  ['me', 'i'],
  ['we', 'we'],
  ['us', 'we'],
  ['you', 'you'],
  ['they', 'they'],
  ['he', 'person'],
  ['she', 'person'],
  ['it', 'it'],
  ['this', 'it'],
  ['that', 'it'],
  ['these', 'it'],
  ['those', 'it'],
  ['there', 'there'],
  ['someone', 'nobody'],
  ['somebody', 'nobody'],
  ['anyone', 'nobody'],
  ['anybody', 'nobody'],
  ['nobody', 'nobody'],
  ['one', 'nobody'],
  ['everyone', 'team'],
  ['everybody', 'team'],
]);
const SKIP = new Set(
  (
    'is are am was were be been being has have had do does did not also then now still probably just all both really only soon first ' +
    'already maybe perhaps currently therefore thus next later again either eventually likely definitely actually'
  ).split(' '),
);
/** So many adverbs and auxiliaries stand in no sentence. */
const LONGEST_RUN = 12;
const ORGANISATIONS = /(?:team|group|committee|council|board|foundation|squad|SIG|WG|TC)$/i;
const NICK = /^@?[a-z][a-z0-9_-]{2,}$/;

/** Finds the subject of a verb by walking left from it; `from` is where the clause begins. */
export function subjectBefore(
  words: readonly Word[],
  verbAt: number,
  names: NoteNames,
  lexicon: Lexicon,
): SubjectFound {
  let at = verbAt - 1;
  while (at >= 0 && verbAt - at < LONGEST_RUN && isSkipped(words, at) && !startsClause(words, at + 1)) at -= 1;
  const word = words[at];
  if (word === undefined || startsClause(words, at + 1)) return { subject: 'none', at: verbAt };
  const next = words[at + 1];
  if (next?.before.includes(')') === true) return beforeBrackets(words, at, names, lexicon);
  return { subject: kindOf(word, at, words, names, lexicon), at };
}

function beforeBrackets(words: readonly Word[], end: number, names: NoteNames, lexicon: Lexicon): SubjectFound {
  for (let at = end; at > 0 && end - at < 20; at -= 1) {
    if (words[at]?.before.includes('(') === true) {
      const word = words[at - 1];
      if (word !== undefined) return { subject: kindOf(word, at - 1, words, names, lexicon), at: at - 1 };
    }
  }
  return { subject: 'thing', at: end };
}

function kindOf(word: Word, at: number, words: readonly Word[], names: NoteNames, lexicon: Lexicon): Subject {
  const pronoun = PRONOUNS.get(word.lower);
  if (pronoun !== undefined) return pronoun === 'it' && word.lower === 'that' && at > 0 ? 'thing' : pronoun;
  if (lexicon.crowds.has(word.lower)) return 'crowd';
  if (lexicon.groups.has(word.lower) || ORGANISATIONS.test(word.text)) return 'team';
  if (names.people.has(word.lower) || word.text.startsWith('@')) return 'person';
  if (lexicon.plain.has(word.lower) || lexicon.forms.has(word.lower)) return 'thing';
  if (/\d/.test(word.text)) return 'thing';
  const opens = at === 0 || /[.:;,([–—]|- $/.test(word.before);
  if (namesBefore(words, at, names, opens ? 'strong' : 'subject') !== null)
    return NICK.test(word.text) ? 'nick' : 'name';
  return 'thing';
}

function isSkipped(words: readonly Word[], at: number): boolean {
  const lower = words[at]?.lower ?? '';
  return SKIP.has(lower) || (lower.endsWith('ly') && lower.length > 4);
}

/** Whether a stop, a dash or a colon stands right before the word at `at`. */
export function startsClause(words: readonly Word[], at: number): boolean {
  const before = words[at]?.before ?? '';
  return /[.:;,!?–—|]|\s-+\s/.test(before) || (before.includes('(') && !before.includes(')'));
}
