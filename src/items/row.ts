import type { Block, Note } from '../notes/note.ts';
import type { Context } from './statement.ts';

/** What the head of a table's column says that its cells hold. */
export type Column = 'owner' | 'due' | 'status';

const HEADS: Readonly<Record<Column, RegExp>> = {
  owner:
    /^(?:(?:action |item |task |lead )?owners?|assign(?:ee|ees|ed|ed to)?|who|whom|by whom|responsib(?:le|ility)|responsible (?:person|party)|person(?: responsible)?|lead|leads|poc|point of contact|contact|champion|volunteers?|actionee|driver|dri|name|action (?:on|by)|on|shepherd)(?:\(s\)|\/.{1,20})?:?$/i,
  due: /^(?:(?:due|target|end|completion|expected|delivery)(?: (?:date|by|on))?|deadline|by when|when|eta|date due|until|complete by|date|target (?:release|milestone|version)|milestone|release|timeline|timeframe)(?:\/.{1,20})?:?$/i,
  status: /^(?:status|state|done|progress|done\?|complete|completed|open\/closed)(?:\/.{1,20})?:?$/i,
};
/** A cell that says nothing. */
const EMPTY = /^(?:[-–—?.]*|n\/?a|none|tb[dca]|open|unassigned|nobody)$/i;

/** The cell of a statement's row in the column that its head says to hold owners, dates or states; null when there is none or it says nothing. */
export function cellFor(block: Block, context: Context, column: Column): Block | null {
  if (block.kind !== 'cell' || block.list === null) return null;
  const row = context.siblings.get(block.list) ?? [];
  if (row.length > WIDEST) return null;
  const found = row.find((cell) => cell !== block && HEADS[column].test(headOf(cell, context.note)));
  return found === undefined || EMPTY.test(found.text.trim()) ? null : found;
}

/** No table of actions has more columns. */
const WIDEST = 12;

/** Whether a cell only fills a column of owners, dates or states and states nothing itself. */
export function isField(block: Block, note: Note): boolean {
  if (block.kind !== 'cell') return OWNER_LINE.test(block.text);
  if (block.text.length > FIELD) return false;
  const head = headOf(block, note);
  return head !== '' && Object.values(HEADS).some((pattern) => pattern.test(head));
}

const FIELD = 40;
/** "Owner: Alice", "Assignees: Alice, Bob" as a line of its own. */
const OWNER_LINE =
  /^\s{0,3}(?:owners?|assignees?|assigned to|champions?|poc|points? of contact)\s?:\s?(?:@?[\p{L}\d_.-]{1,24}(?:, ?|\s?[/&+]\s?|\s)?){1,6}$/iu;

/** The other cells of a statement's row. */
export function restOfRow(block: Block, context: Context): readonly Block[] {
  if (block.kind !== 'cell' || block.list === null) return [];
  const row = context.siblings.get(block.list) ?? [];
  return row.length > WIDEST ? [] : row.filter((cell) => cell !== block);
}

function headOf(cell: Block, note: Note): string {
  const head = cell.leadIn === null ? undefined : note.blocks[cell.leadIn];
  return head?.kind === 'cell' ? head.text.trim() : '';
}
