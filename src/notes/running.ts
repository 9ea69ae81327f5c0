import { bulletOf } from './bullets.ts';
import { isRule } from './headings.ts';
import { isFull, isMeant } from './layout.ts';
import { dropStart, indentOf, isBlank, type Line } from './lines.ts';
import type { Piece } from './pieces.ts';
import type { Role } from './role.ts';
import { closeDownTo, inline, innermost, type Scan } from './scan.ts';
import { underlineAt } from './sections.ts';
import { isTableRow } from './tables.ts';
import { asTerm } from './terms.ts';
import * as grow from './tree.ts';
import { splitsBefore } from './voices.ts';

/** Reads a paragraph, or a term with what is indented below it. */
export function paragraph(scan: Scan, line: Line): void {
  const indent = indentOf(line.text);
  if (!scan.empty) closeDownTo(scan, innermost(scan, indent));
  scan.empty = false;
  scan.at++;
  if (scan.hook !== null && indent <= scan.hook) scan.hook = null;
  const next = scan.lines[scan.at];
  const isTerm = scan.dialect.terms && next && !isBlank(next) && indentOf(next.text) > indent && !isRule(next.text);
  const lines = [dropStart(line, line.text.search(/\S/)), ...(isTerm ? [] : collect(scan, line))];
  if (isTerm) {
    grow.addParagraph(scan.tree, inline(scan, lines), { kind: 'term' });
    scan.hook = indent;
  } else addText(scan, lines, null);
  if (scan.hook === null && lines.at(-1)?.text.trimEnd().endsWith(':')) scan.hook = indent;
}

/** The lines that go on with what `first` began. */
export function collect(scan: Scan, first: Line): Line[] {
  const out: Line[] = [];
  let previous = first;
  for (;;) {
    const line = scan.lines[scan.at];
    if (!line || isBlank(line) || !continues(scan, previous, line)) return out;
    out.push(dropStart(line, line.text.search(/\S/)));
    previous = line;
    scan.at++;
  }
}

/** "Chair: Owner One": such lines one below the other are a form. */
const FIELD = /^[*_]{0,2}\p{Lu}[\p{L} &/-]{1,24}:[*_]{0,2} \S/u;

const HARD_BREAK = /(?: {2,20}|\\)$/;

function continues(scan: Scan, previous: Line, line: Line): boolean {
  const { dialect, layout } = scan;
  if (underlineAt(scan, scan.at) !== null || isRule(line.text) || dialect.fence?.test(line.text)) return false;
  if (dialect.heading?.test(line.text) || startsItem(scan, previous, line)) return false;
  if (/^\s{0,3}>/.test(line.text) || isTableRow(scan.lines, scan.at)) return false;
  if (splitsBefore(line.text, scan.voices) || (FIELD.test(line.text) && FIELD.test(previous.text))) return false;
  if (dialect.terms && indentOf(line.text) < (scan.open.at(-1)?.content ?? indentOf(previous.text))) return false;
  if (scan.open.length > 0 && !staysIn(scan, previous, line)) return false;
  if (dialect.name === 'markdown' && HARD_BREAK.test(previous.text) && !/^\s*\p{Ll}/u.test(line.text)) return false;
  return (dialect.lazy && layout.wrapped) || !isMeant(layout, previous, line);
}

/** A number in front of a wrapped line is not a bullet, unless it could begin or continue a list. */
function startsItem(scan: Scan, previous: Line, line: Line): boolean {
  const bullet = bulletOf(line.text, scan.dialect.dots);
  if (bullet === null || bullet.number === null) return bullet !== null;
  return bullet.number <= 1 || scan.open.some((open) => open.ordered) || isMeant(scan.layout, previous, line);
}

/** Whether a line belongs to the innermost bullet rather than to one further out, or to none. */
function staysIn(scan: Scan, previous: Line, line: Line): boolean {
  const top = scan.open.at(-1);
  if (!top) return true;
  const indent = indentOf(line.text);
  if (indent >= top.content || isFull(scan.layout.width, previous, line)) return true;
  if (scan.dialect.lazy && (scan.layout.wrapped || !isMeant(scan.layout, previous, line))) return true;
  return indent > top.marker && !scan.open.some((open) => open !== top && open.content === indent);
}

/** Adds running text: a term where it stands for a heading; each line that its writer broke off is a text of its own. */
export function addText(scan: Scan, lines: readonly Line[], title: Role | null): void {
  const pieces = inline(scan, lines);
  const role = title ?? asTerm(pieces, scan.open.length > 0);
  const body = scan.hook !== null && scan.open.length === 0 ? ({ kind: 'plain', body: true } as const) : null;
  for (const part of atBreaks(pieces)) grow.addParagraph(scan.tree, part, role ?? body);
}

/** The pieces cut at hard breaks. */
function atBreaks(pieces: readonly Piece[]): (readonly Piece[])[] {
  if (!pieces.some((piece) => piece.text === '\u2028')) return [pieces];
  const out: Piece[][] = [[]];
  for (const piece of pieces) {
    if (piece.text === '\u2028') out.push([]);
    else out.at(-1)?.push(piece);
  }
  return out;
}
