import {
  announced,
  assigned,
  leavesOutSubject,
  led,
  ownerBelow,
  ownerOfSection,
  personIn,
  toldTo,
} from './assigned.ts';
import type { Owner } from './item.ts';
import { allNames, frameOf } from './lead.ts';
import { speakerOf } from './mentioned.ts';
import { type NoteNames, namesOf } from './names.ts';
import { type Directory, ownerOf } from './people.ts';
import { plainWords } from './plain.ts';
import { cellFor } from './row.ts';
import { type Context, governorsOf, type Statement } from './statement.ts';
import { isVerb, subjectsIn } from './subjects.ts';
import { wordsOf } from './tokens.ts';

/** So much of a statement, and of the clause before it, is read for names. */
const READ = 2_000;

/**
 * Who the statement names for its work: accounts only where the directory gives them, one person only once; the author for
 * "I"; nobody for "we" and "the team".
 */
export function ownersOf(statement: Statement, context: Context, directory: Directory): readonly Owner[] {
  const names = namesOf(context);
  const own = namedIn(statement, context, names);
  const cell = own !== null && own.length > 0 ? null : cellFor(statement.block, context, 'owner');
  const inCell = cell === null ? null : allNames(cell.text, names);
  const found = inCell ?? own ?? fromAround(statement, context, names);
  const named = found.flatMap((name) => (name === 'I' ? speakerOf(statement) : [name]));
  return oneEach(named, names, directory);
}

/** Names in the statement itself; an empty list when it says "we"; null when it says nothing about who. */
function namedIn(statement: Statement, context: Context, names: NoteNames): readonly string[] | null {
  const frame = frameOf(statement.text, names);
  const above = statement.start > 0 ? frameOf(statement.block.text, names) : frame;
  const owners = above.start >= statement.start ? [...above.owners, ...frame.owners] : frame.owners;
  if (owners.length > 0) return owners;
  const work = { ...statement, start: statement.start + frame.start };
  const words = wordsOf(statement.text.slice(frame.start, frame.start + READ));
  const { found, collective } = subjectsIn(words, work, context, names);
  const all = [...found, ...assigned(words, names)];
  if (all.length > 0) return all;
  if (frame.behind.length > 0) return frame.behind;
  const told = above.start >= statement.start ? toldTo(words, statement, names) : null;
  return told ?? (collective ? [] : null);
}

/** Names outside of the statement: the clause before, the marker of its block, its speaker, its list's owner, the sentence after it. */
function fromAround(statement: Statement, context: Context, names: NoteNames): readonly string[] {
  const { block, sentence, start } = statement;
  if (start > sentence.start) {
    const from = Math.max(sentence.start, start - READ);
    const clause = { ...statement, start: from, end: start, text: block.text.slice(from, start) };
    const named = namedIn(clause, context, names);
    if (named !== null && named.length > 0) return named;
  }
  const frame = frameOf(block.text, names);
  if (start > 0 && frame.owners.length > 0) return frame.owners;
  if (frame.behind.length > 0 && (frame.marked || statement.end >= frame.end - 1)) return frame.behind;
  const after = led(statement, context, names);
  if (after.length > 0) return after;
  const below = ownerBelow(statement, context, names);
  if (below.length > 0) return below;
  if (block.speaker !== null && (speaksOfSelf(statement) || (frame.marked && !isChat(statement))))
    return speakersOf(block.speaker);
  return ofList(statement, context, names);
}

/** "Will send a mail"; in minutes also "Alice: send a mail", which in a chat would be said to somebody else. */
function speaksOfSelf(statement: Statement): boolean {
  const { text } = statement;
  if (leavesOutSubject(text)) return true;
  if (isChat(statement) || /^let|\b(?:we|our|us)\b/i.test(text)) return false;
  return isVerb(wordsOf(text.slice(0, 80))[0]?.lower);
}

function isChat({ note }: Statement): boolean {
  return note.kind === 'irc' || note.kind === 'meetbot';
}

/** "Alice, Bob" or "Alice/Bob" as the label of a line. */
function speakersOf(label: string): readonly string[] {
  return label
    .split(/(?:[,/&+]|\band\b)\s*/)
    .map((name) => name.trimEnd())
    .filter((name) => name !== '');
}

/** Whose list it is: the line that it hangs on, or a heading that is a person's name. */
function ofList(statement: Statement, context: Context, names: NoteNames): readonly string[] {
  const { block, text } = statement;
  for (const above of governorsOf(block, context).slice(0, 3)) {
    if (above.speaker !== null && /^(?:will|going to|gonna)\b/i.test(text)) return speakersOf(above.speaker);
    const owners = announced(above.text.slice(0, READ), names);
    if (owners.length > 0) return owners;
  }
  const heading = block.section.at(-1) ?? '';
  const person = heading.length > 60 ? [] : personIn(heading, names);
  return person.length > 0 ? person : ownerOfSection(statement, context, names);
}

/** Each person once: "Alice" and "Alice Example", a nick and its name, one account. */
function oneEach(found: readonly string[], names: NoteNames, directory: Directory): readonly Owner[] {
  const owners: Owner[] = [];
  for (const raw of found) {
    const key = keyOf(raw);
    const owner = ownerOf(directory.find(raw) === null ? (names.aliases.get(key) ?? raw) : raw, directory);
    const own = keyOf(owner.name);
    const twin = owners.findIndex((other) => contains(keyOf(other.name), own) || contains(own, keyOf(other.name)));
    if (twin < 0) owners.push(owner);
    else if (owner.name.length > (owners[twin]?.name.length ?? 0)) owners[twin] = owner;
  }
  return owners;
}

/** The words of a name for comparing. */
function keyOf(name: string): string {
  return plainWords(name).join(' ');
}

/** Whether every word of `part` is a word of `whole`. */
function contains(whole: string, part: string): boolean {
  const words = new Set(whole.split(' '));
  return part.split(' ').every((word) => words.has(word));
}
