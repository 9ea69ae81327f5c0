import type { Addresses } from './addresses.ts';
import { type Bullet, bulletOf, placeFor } from './bullets.ts';
import { type Dialect, fenceEnd } from './dialects.ts';
import { isRule, underlineOf, unmarkedDepth } from './headings.ts';
import { readHtml } from './html.ts';
import { isFull, isMeant, type Layout } from './layout.ts';
import { dropStart, indentOf, isBlank, keepStart, type Line } from './lines.ts';
import type { Piece } from './pieces.ts';
import { splitsBefore, type Voices } from './speech.ts';
import { isTableRow, readTable } from './tables.ts';
import { asTerm, mayPromise } from './terms.ts';
import * as grow from './tree.ts';

/** What is known about a whole text while its lines are read. */
export interface Manner {
  readonly dialect: Dialect;
  readonly addresses: Addresses;
  readonly layout: Layout;
  readonly voices: Voices;
  /** The underlines seen so far: their order is the depth of their headings. */
  readonly underlines: string[];
}

interface Scan extends Manner {
  readonly lines: readonly Line[];
  readonly tree: grow.Growing;
  readonly open: Bullet[];
  /** The last bullet has no text yet. */
  empty: boolean;
  /** The indent of the line that deeper lines say more about. */
  hook: number | null;
  at: number;
}

/** Adds lines of prose, headings, lists, tables and verbatim text to the tree. */
export function readLines(tree: grow.Growing, lines: readonly Line[], manner: Manner): void {
  const scan: Scan = { ...manner, lines, tree, open: [], empty: false, hook: null, at: 0 };
  while (scan.at < lines.length) step(scan);
  closeDownTo(scan, 0);
}

function step(scan: Scan): void {
  const line = scan.lines[scan.at];
  if (!line || isBlank(line)) {
    scan.at++;
    return;
  }
  if (fence(scan, line) || heading(scan, line) || underlined(scan, line)) return;
  if (isRule(line.text)) {
    scan.at++;
    if (indentOf(line.text) === 0) closeDownTo(scan, 0);
    return;
  }
  const bullet = bulletOf(line.text, scan.dialect.dots);
  if (unmarked(scan, line, bullet)) return;
  if (bullet && !isSignature(scan, line)) item(scan, line, bullet);
  else if (!quote(scan, line) && !html(scan, line) && !table(scan, line) && !code(scan, line)) paragraph(scan, line);
}

function inline(scan: Scan, lines: readonly Line[]): Piece[] {
  return scan.dialect.inline(lines, scan.addresses);
}

/** Takes the lines up to, not with, the first that `ends` says. */
function takeUntil(scan: Scan, ends: (line: Line, at: number) => boolean): Line[] {
  const start = scan.at;
  while (scan.at < scan.lines.length) {
    const line = scan.lines[scan.at];
    if (!line || (scan.at > start && ends(line, scan.at))) break;
    scan.at++;
  }
  return scan.lines.slice(start, scan.at);
}

function fence(scan: Scan, line: Line): boolean {
  const opened = scan.dialect.fence?.exec(line.text)?.[0];
  if (opened === undefined) return false;
  const end = fenceEnd(scan.dialect, opened);
  const [, ...inside] = takeUntil(scan, (each) => end.test(each.text));
  scan.at++;
  addCode(scan, inside, line);
  return true;
}

function addCode(scan: Scan, lines: readonly Line[], first: Line): void {
  const last = lines.at(-1) ?? first;
  const end = { line: last.line, column: last.column + last.text.length };
  grow.addCode(scan.tree, lines.map((each) => each.text).join('\n'), lines[0] ?? first, end);
}

function heading(scan: Scan, line: Line): boolean {
  const marks = scan.dialect.heading?.exec(line.text);
  if (!marks) return false;
  const text = line.text.replace(/\s+(?:#+|=+)\s*$|\s+:[\w@:]+:\s*$/, '').trimEnd();
  const first = dropStart(keepStart(line, text.length), marks[0].length);
  scan.at++;
  addHeading(scan, marks[1]?.length ?? 1, first, ...restOfHeading(scan, line));
  return true;
}

/** A heading that was wrapped like running text goes on in the next line. */
function restOfHeading(scan: Scan, line: Line): Line[] {
  const next = scan.lines[scan.at];
  const isRest = next && /^\p{Ll}/u.test(next.text) && isBlank(scan.lines[scan.at + 1]);
  if (!isRest || !isFull(scan.layout.width, line, next)) return [];
  scan.at++;
  return [next];
}

function addHeading(scan: Scan, depth: number, ...lines: readonly Line[]): void {
  closeDownTo(scan, 0);
  scan.hook = null;
  grow.addHeading(scan.tree, depth, inline(scan, lines));
}

function isUnderlined(scan: Scan, at: number): string | null {
  const mark = scan.dialect.underlines === '' ? null : underlineOf(scan.lines, at, scan.dialect.underlineLength);
  return mark !== null && scan.dialect.underlines.includes(mark) ? mark : null;
}

function underlined(scan: Scan, line: Line): boolean {
  const mark = isUnderlined(scan, scan.at);
  if (mark === null) return false;
  const above = scan.lines[scan.at - 1]?.text ?? '';
  addHeading(scan, levelOf(scan, isRule(above) ? `${mark}${mark}` : mark), dropStart(line, line.text.search(/\S/)));
  scan.at += 2;
  return true;
}

function levelOf(scan: Scan, mark: string): number {
  if (scan.dialect.name === 'markdown') return mark === '=' ? 1 : 2;
  if (!scan.underlines.includes(mark)) scan.underlines.push(mark);
  return scan.underlines.indexOf(mark) + 1;
}

function unmarked(scan: Scan, line: Line, bullet: Bullet | null): boolean {
  const isIssue = scan.dialect.name === 'markdown' && /^#\d/.test(line.text);
  if (!(scan.dialect.unmarked || isIssue) || (bullet !== null && bullet.number === null)) return false;
  if (bullet && scan.open.some((open) => open.ordered)) return false;
  const depth = unmarkedDepth(scan.lines, scan.at);
  if (depth === null) return false;
  addHeading(scan, Math.min(6, scan.underlines.length + depth), line);
  scan.at++;
  return true;
}

/** "- Ann" as the last line is no bullet. */
function isSignature(scan: Scan, line: Line): boolean {
  if (!/^\s{0,3}[-–—]{1,2} ?\p{Lu}[\p{L}.]{1,20}(?: \p{Lu}[\p{L}.]{0,20})?\s*$/u.test(line.text)) return false;
  return scan.dialect.name === 'text' && scan.open.length === 0 && scan.lines.slice(scan.at + 1).every(isBlank);
}

function closeDownTo(scan: Scan, count: number): void {
  while (scan.open.length > count) {
    scan.open.pop();
    grow.closeList(scan.tree);
  }
  scan.empty = false;
}

function item(scan: Scan, line: Line, bullet: Bullet): void {
  const { keep, sibling } = placeFor(scan.open, bullet, scan.dialect.name === 'markdown' ? 1 : 0);
  closeDownTo(scan, keep);
  if (sibling) scan.open.pop();
  else grow.openList(scan.tree, bullet.ordered);
  scan.open.push(bullet);
  grow.openItem(scan.tree, bullet.checked, line);
  scan.hook = null;
  scan.at++;
  const rest = dropStart(line, bullet.length);
  scan.empty = isBlank(rest);
  if (!scan.empty) addText(scan, [rest, ...collect(scan, line)], isTitle(scan, line));
}

/** A bullet's first line names a topic when the next line's first word would still have fitted and begins a sentence. */
function isTitle(scan: Scan, line: Line): boolean {
  const next = scan.lines[scan.at];
  if (scan.dialect.lazy || !next || isBlank(next) || !/[^.:;,!?]\s*$/.test(line.text)) return false;
  if (bulletOf(next.text) !== null || !isMeant(scan.layout, line, next)) return false;
  if (/^\s+["'“(]?\p{Lu}/u.test(next.text)) return true;
  const isLone = isBlank(scan.lines[scan.at - 2]) && line.text.length < 60 && !mayPromise(line.text);
  return isLone && /^["'“(]?\p{Lu}/u.test(next.text);
}

function quote(scan: Scan, line: Line): boolean {
  if (!/^\s{0,12}>/.test(line.text)) return false;
  closeDownTo(scan, innermost(scan, indentOf(line.text)));
  const lines = takeUntil(scan, (each) => !/^\s{0,12}>/.test(each.text));
  grow.openQuote(scan.tree, false);
  const inside = lines.map((each) => dropStart(each, /^[\s>]*> ?/.exec(each.text)?.[0].length ?? 0));
  readLines(scan.tree, inside, scan);
  grow.closeQuote(scan.tree);
  return true;
}

const HTML_BLOCK =
  /^\s{0,12}<(?:!--|\/?(?:address|article|aside|center|details|dd|div|dl|dt|figure|footer|form|h[1-6]|header|iframe|img|li|main|nav|ol|p|section|style|script|summary|table|tbody|td|tfoot|th|thead|tr|ul)(?:[\s/>]|$))/i;

function html(scan: Scan, line: Line): boolean {
  if (scan.dialect.name !== 'markdown' || !HTML_BLOCK.test(line.text)) return false;
  closeDownTo(scan, innermost(scan, indentOf(line.text)));
  const comment = /^\s*<!--/.test(line.text);
  const lines = comment
    ? takeUntil(scan, (_, at) => scan.lines[at - 1]?.text.includes('-->') === true)
    : takeUntil(scan, isBlank);
  readHtml(scan.tree, lines);
  return true;
}

function table(scan: Scan, line: Line): boolean {
  if (!isTableRow(scan.lines, scan.at)) return false;
  closeDownTo(scan, innermost(scan, indentOf(line.text)));
  const rows = takeUntil(scan, (each) => !each.text.includes('|') || isBlank(each));
  readTable(scan.tree, rows, (cell) => inline(scan, [cell]));
  return true;
}

/** Text that is indented after a blank is verbatim in markdown, unless it reads like prose. */
function code(scan: Scan, line: Line): boolean {
  if (scan.dialect.name !== 'markdown' || indentOf(line.text) < 4 || scan.open.length > 0) return false;
  if (!isBlank(scan.lines[scan.at - 1]) || /^\s+\S{1,30}(?: [\p{L}\p{N}'’,.()-]{1,30}){3}/u.test(line.text))
    return false;
  addCode(
    scan,
    takeUntil(scan, (each) => !isBlank(each) && indentOf(each.text) < 4),
    line,
  );
  return true;
}

function paragraph(scan: Scan, line: Line): void {
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
  } else addText(scan, lines, false);
  if (scan.hook === null && lines.at(-1)?.text.trimEnd().endsWith(':')) scan.hook = indent;
}

/** How many of the open bullets a paragraph with this indent belongs to. */
function innermost(scan: Scan, indent: number): number {
  const exact = scan.open.findLastIndex((open) => open.content === indent);
  if (exact >= 0) return exact + 1;
  return scan.open.findLastIndex((open) => indent >= Math.min(open.content, open.marker + 2)) + 1;
}

/** The lines that go on with what `first` began. */
function collect(scan: Scan, first: Line): Line[] {
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

/** "Chair: Ann Poe": such lines one below the other are a form. */
const FIELD = /^[*_]{0,2}\p{Lu}[\p{L} &/-]{1,24}:[*_]{0,2} \S/u;

function continues(scan: Scan, previous: Line, line: Line): boolean {
  const { dialect, layout } = scan;
  if (isUnderlined(scan, scan.at) !== null || isRule(line.text) || dialect.fence?.test(line.text)) return false;
  if (dialect.heading?.test(line.text) || startsItem(scan, previous, line)) return false;
  if (/^\s{0,3}>/.test(line.text) || isTableRow(scan.lines, scan.at)) return false;
  if (splitsBefore(line.text, scan.voices) || (FIELD.test(line.text) && FIELD.test(previous.text))) return false;
  if (dialect.terms && indentOf(line.text) < (scan.open.at(-1)?.content ?? indentOf(previous.text))) return false;
  if (scan.open.length > 0 && !staysIn(scan, previous, line)) return false;
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
  if (indent >= top.content || !isMeant(scan.layout, previous, line)) return true;
  if (scan.dialect.lazy && scan.layout.wrapped) return true;
  return indent > top.marker && !scan.open.some((open) => open !== top && open.content === indent);
}

/** Adds running text: a term where it stands for a heading; each line that its writer broke off is a text of its own. */
function addText(scan: Scan, lines: readonly Line[], title: boolean): void {
  const pieces = inline(scan, lines);
  const role = title ? ({ kind: 'title' } as const) : asTerm(pieces, scan.open.length > 0);
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
