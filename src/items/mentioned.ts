import { isKnown, type NoteNames, namesBefore, namesFrom } from './names.ts';
import { type Context, governorsOf, previousOf, type Statement } from './statement.ts';
import { type Word, wordsOf } from './tokens.ts';

/** So much of another sentence is read for names, in characters, and so many words of the same one. */
const READ = 600;
const NEAR = 60;

/** "I": the speaker of the line, else the author of the note. */
export function speakerOf({ block, note }: Statement): readonly string[] {
  const name = block.speaker ?? note.author;
  return name === null ? [] : [name];
}

/** The last names in these words that the note shows to be people. */
export function lastNamed(words: readonly Word[], names: NoteNames): readonly string[] | null {
  for (let at = words.length - 1; at >= Math.max(0, words.length - NEAR); at -= 1) {
    const list = namesBefore(words, at, names, 'subject');
    if (list !== null && (list.names.length > 1 || list.names.every((name) => isKnown(name, names)))) return list.names;
  }
  return null;
}

/** "he", "they": whoever the sentences before or the line above named last. */
export function antecedentNames(statement: Statement, context: Context, names: NoteNames): readonly string[] {
  let before = previousOf(statement, context);
  for (let n = 0; n < 2 && before !== null && before.block === statement.block; n += 1) {
    const named = lastNamed(wordsOf(before.text.slice(0, READ)), names);
    if (named !== null) return named;
    before = previousOf(before, context);
  }
  const [above] = governorsOf(statement.block, context);
  const list = above === undefined ? null : namesFrom(wordsOf(above.text.slice(0, READ)), 0, names, 'subject');
  return list?.names ?? [];
}
