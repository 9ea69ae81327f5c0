import { announced, assigned, leavesOutSubject, led, toldTo } from './assigned.ts';
import type { Owner } from './item.ts';
import { frameOf } from './lead.ts';
import { speakerOf } from './mentioned.ts';
import { type NoteNames, namesOf } from './names.ts';
import { type Directory, ownerOf } from './people.ts';
import { plainWords } from './plain.ts';
import { type Context, governorsOf, type Statement } from './statement.ts';
import { subjectsIn } from './subjects.ts';
import { wordsOf } from './tokens.ts';

/** So much of a statement, and of the clause before it, is read for names. */
const READ = 2_000;

/**
 * Who the statement names for its work: accounts only where the directory gives them, one person only once; the author for
 * "I"; nobody for "we" and "the team".
 */
export function ownersOf(statement: Statement, context: Context, directory: Directory): readonly Owner[] {
  const names = namesOf(context);
  const found = namedIn(statement, context, names) ?? fromAround(statement, context, names);
  const named = found.flatMap((name) => (name === 'I' ? speakerOf(statement) : [name]));
  return oneEach(named, names, directory);
}

/** Names in the statement itself; an empty list when it says "we"; null when it says nothing about who. */
function namedIn(statement: Statement, context: Context, names: NoteNames): readonly string[] | null {
  const frame = frameOf(statement.text, names);
  const above = statement.start > 0 ? frameOf(statement.block.text, names) : frame;
  const owners = above.start >= statement.start ? [...above.owners, ...frame.owners] : frame.owners;
  if (owners.length > 0) return owners;
  const words = wordsOf(statement.text.slice(0, READ));
  const { found, collective } = subjectsIn(words, statement, context, names);
  const all = [...found, ...assigned(words, names)];
  if (all.length > 0) return all;
  if (frame.behind.length > 0) return frame.behind;
  const told =
    above.start >= statement.start
      ? toldTo(wordsOf(statement.text.slice(frame.start, frame.start + READ)), statement, names)
      : null;
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
  if (frame.behind.length > 0 && statement.end >= frame.end - 1) return frame.behind;
  const after = led(statement, context, names);
  if (after.length > 0) return after;
  if (block.speaker !== null && leavesOutSubject(statement.text)) return [block.speaker];
  for (const above of governorsOf(block, context).slice(0, 2)) {
    const owners = announced(above.text.slice(0, READ), names);
    if (owners.length > 0) return owners;
  }
  return [];
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
