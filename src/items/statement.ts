import { type Block, type LineRange, lineAt, type Note } from '../notes/note.ts';

/** A sentence or clause of a note: `text` is `block.text` from `start` to `end`, lines are those of the raw file. */
export interface Statement {
  readonly note: Note;
  readonly block: Block;
  /** Its place in `context.statements`. */
  readonly index: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly lines: LineRange;
  /** The whole sentence as offsets in `block.text`; wider than the statement where a sentence states several things. */
  readonly sentence: { readonly start: number; readonly end: number };
  /** Its place among the clauses that the sentence was split into; 0 for the first or only one. */
  readonly clause: number;
}

/** What the stage knows about a whole note: indexes that are built once, so that every look is constant time. */
export interface Context {
  readonly note: Note;
  /** All statements in reading order. */
  readonly statements: readonly Statement[];
  /** Statements of a block, by the block's index. */
  readonly ofBlock: readonly (readonly Statement[])[];
  /** Items of a list in reading order, by `block.list`. */
  readonly siblings: ReadonlyMap<number, readonly Block[]>;
  /** Blocks that hang on a block (as its bullets, or on it as their lead-in), by the block's index. */
  readonly children: ReadonlyMap<number, readonly Block[]>;
  /** The first block of the section that a block stands in (a heading, or the first block of the note), by the block's index. */
  readonly sectionStart: readonly number[];
  /** Lower-cased names and nicks of people that this note shows to be people. */
  readonly people: ReadonlySet<string>;
}

/** The statement before it in the same section; null at the section's start. */
export function previousOf(statement: Statement, context: Context): Statement | null {
  return inSameSection(statement, context, context.statements[statement.index - 1]);
}

/** The statement after it in the same section; null at the section's end. */
export function nextOf(statement: Statement, context: Context): Statement | null {
  return inSameSection(statement, context, context.statements[statement.index + 1]);
}

/** The enclosing bullets and lead-in lines of a block, nearest first; bounded, so deep nesting costs nothing. */
export function governorsOf(block: Block, context: Context): readonly Block[] {
  const found: Block[] = [];
  let current = block;
  while (found.length < 8) {
    const above = context.note.blocks[current.parent ?? current.leadIn ?? -1];
    if (above === undefined || above.index >= current.index) break;
    found.push(above);
    current = above;
  }
  return found;
}

/** Makes a statement of the span `[start, end)` of a block. */
export function makeStatement(
  note: Note,
  block: Block,
  index: number,
  span: { readonly start: number; readonly end: number },
  sentence: { readonly start: number; readonly end: number } = span,
  clause = 0,
): Statement {
  const { start, end } = span;
  const lines = { start: lineAt(block, start), end: lineAt(block, Math.max(start, end - 1)) };
  return { note, block, index, start, end, text: block.text.slice(start, end), lines, sentence, clause };
}

function inSameSection(from: Statement, context: Context, other: Statement | undefined): Statement | null {
  if (other === undefined) return null;
  const same = context.sectionStart[from.block.index] === context.sectionStart[other.block.index];
  return same ? other : null;
}
