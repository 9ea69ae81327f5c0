import { dropStart, isBlank, keepStart, type Line } from './lines.ts';
import type { Piece } from './pieces.ts';
import { addParagraph, type Growing, nextRow } from './tree.ts';

/** Whether a table of lines with `|` goes on or begins here. */
export function isTableRow(lines: readonly Line[], at: number): boolean {
  const text = lines[at]?.text ?? '';
  if (isGrid(text)) return true;
  if (!text.includes('|')) return false;
  if (/^\s*\|.*\|\s*$/.test(text) && !/^\s*\|===/.test(text)) return true;
  const next = lines[at + 1]?.text ?? '';
  return next.includes('|') && isDelimiter(next) && !isBlank(lines[at]);
}

/** `+---+---+`, as RST, org and mails draw tables. */
export function isGrid(text: string): boolean {
  return /^\s*\+(?:[-=]{2,200}\+){1,50}\s*$/.test(text);
}

/** Adds the cells of a table, row by row; a cell with several lines gives several. `stacked`: a row's cells may stand on lines of their own. */
export function readTable(
  tree: Growing,
  rows: readonly Line[],
  inline: (cell: Line) => Piece[],
  stacked = false,
): void {
  const table = nextRow(tree);
  const filled = rows.filter((line) => !isDelimiter(line.text) && !isGrid(line.text)).map(cellsOf);
  for (const cells of stacked ? unstacked(filled) : filled) {
    const row = nextRow(tree);
    cells.forEach((cell, column) => {
      for (const part of linesOf(inline(cell)))
        addParagraph(tree, part, { kind: 'cell', cell: { table, row, column } });
    });
  }
}

/** Rows as wide as the first, from lines that hold fewer cells each. */
function unstacked(rows: readonly (readonly Line[])[]): readonly (readonly Line[])[] {
  const width = rows[0]?.length ?? 0;
  if (width < 2 || rows.every((row) => row.length === width)) return rows;
  const cells = rows.flat();
  return Array.from({ length: Math.ceil(cells.length / width) }, (_, at) => cells.slice(at * width, (at + 1) * width));
}

function cellsOf(line: Line): Line[] {
  const cells: Line[] = [];
  const { text } = line;
  let start = /^\s*\|/.exec(text)?.[0].length ?? 0;
  for (let at = start; at <= text.length; at++) {
    const ends = at === text.length ? start < at : text[at] === '|' && text[at - 1] !== '\\';
    if (!ends) continue;
    cells.push(dropStart(keepStart(line, at), start));
    start = at + 1;
  }
  return cells;
}

function linesOf(pieces: readonly Piece[]): Piece[][] {
  const out: Piece[][] = [[]];
  for (const piece of pieces) {
    if (piece.text === '\u2028') out.push([]);
    else out.at(-1)?.push(piece);
  }
  return out;
}

/** `|---|:--:|` below the heads of a table. */
function isDelimiter(text: string): boolean {
  return /^[\s|:+=-]+$/.test(text) && /[-=+]{2}/.test(text);
}
