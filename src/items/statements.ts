import type { Note } from '../notes/note.ts';
import { clausesOf } from './clauses.ts';
import type { Lexicon } from './lexicon.ts';
import { isField } from './row.ts';
import { sentencesOf } from './sentences.ts';
import { makeStatement, type Statement } from './statement.ts';

/** Splits every block of running text into its statements, in reading order. */
export function statementsOf(note: Note, lexicon: Lexicon): readonly Statement[] {
  const statements: Statement[] = [];
  for (const block of note.blocks) {
    if (block.kind === 'code' || block.kind === 'heading' || block.kind === 'term' || isField(block, note)) continue;
    for (const sentence of sentencesOf(block.text, lexicon.abbreviations)) {
      clausesOf(block.text, sentence, lexicon).forEach((span, clause) => {
        statements.push(makeStatement(note, block, statements.length, span, sentence, clause));
      });
    }
  }
  return statements;
}
