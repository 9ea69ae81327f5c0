import type { Note } from '../notes/note.ts';
import { makeStatement, type Statement } from './statement.ts';

/** Splits every block of running text into its statements, in reading order. */
export function statementsOf(note: Note): readonly Statement[] {
  const statements: Statement[] = [];
  for (const block of note.blocks) {
    if (block.kind === 'code' || block.text.trim() === '') continue;
    for (const span of sentencesOf(block.text)) statements.push(makeStatement(note, block, statements.length, span));
  }
  return statements;
}

/** The sentences of a text as trimmed spans. */
export function sentencesOf(text: string): readonly { readonly start: number; readonly end: number }[] {
  const spans: { start: number; end: number }[] = [];
  let start = 0;
  for (const mark of text.matchAll(/[.!?]["')\]]? /g)) {
    const end = mark.index + mark[0].length - 1;
    if (end > start) spans.push({ start, end });
    start = end + 1;
  }
  if (start < text.length) spans.push({ start, end: text.length });
  return spans;
}
