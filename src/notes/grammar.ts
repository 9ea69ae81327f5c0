import { type Addresses, plainInline } from './inline.ts';
import { dropStart, indentOf, isBlank, keepStart, type Line } from './lines.ts';
import { markdownInline } from './markdown-inline.ts';
import type { Piece } from './pieces.ts';
import { addCode, addHeading, addParagraph, closeList, type Growing, openItem, openList } from './tree.ts';

/** How a text is written: decides what a wrapped line belongs to and what inline markup means. */
export type Dialect = 'markdown' | 'text';

/** A bullet that is open: where its marker stood, where its text begins, how many stars it has. */
interface Open {
  readonly marker: number;
  readonly content: number;
  readonly stars: number;
  readonly ordered: boolean;
}

interface Scan {
  readonly lines: readonly Line[];
  readonly dialect: Dialect;
  readonly addresses: Addresses;
  readonly tree: Growing;
  readonly open: Open[];
  readonly width: number;
  readonly underlines: string[];
  at: number;
}

interface Bullet extends Open {
  /** Where the text begins, in characters. */
  readonly length: number;
  readonly checked: boolean | null;
}

const BULLET =
  /^([ \t\u00a0]{0,400})([*]{1,6}|[-+•‣▪◦●–—·]|\(?\d{1,3}[.)]|\(?[a-zA-Z]\)|#\.)([ \t\u00a0]{1,20}|$)(?:\[([ xX])\](?:\s|$))?/;
const UNDERLINE = /^\s{0,3}([=\-~^"'`:.+#*_])\1{2,200}\s{0,100}$/;
const ATX = /^ {0,3}(#{1,6})(?:[ \t]+|$)/;
const FENCE = /^[ \t]{0,40}(`{3,}|~{3,})/;
const RULE = /^\s{0,3}(?:(?:-\s{0,3}){3,80}|(?:\*\s{0,3}){3,80}|(?:_\s{0,3}){3,80}|={3,200}|~{3,200}|#{7,200})$/;

/** Adds lines of prose, headings and lists to the tree. */
export function readLines(tree: Growing, lines: readonly Line[], dialect: Dialect, addresses: Addresses): void {
  const width = wrapWidth(lines);
  const scan: Scan = { lines, dialect, addresses, tree, open: [], width, underlines: [], at: 0 };
  while (scan.at < lines.length) step(scan);
  closeDownTo(scan, 0);
}

/** The width at which the writer's program broke lines: the length that few lines exceed, at most 100. */
function wrapWidth(lines: readonly Line[]): number {
  const lengths = lines.map((line) => line.text.trimEnd().length).filter((length) => length > 40 && length <= 100);
  lengths.sort((a, b) => a - b);
  return lengths[Math.floor(lengths.length * 0.97)] ?? 78;
}

function step(scan: Scan): void {
  const line = scan.lines[scan.at];
  if (!line || isBlank(line)) {
    scan.at++;
    return;
  }
  if (fence(scan, line) || heading(scan, line) || underlined(scan, line)) return;
  if (RULE.test(line.text)) {
    scan.at++;
    return;
  }
  const bullet = bulletOf(line.text);
  if (bullet) item(scan, line, bullet);
  else paragraph(scan, line);
}

function inline(scan: Scan, lines: readonly Line[]): Piece[] {
  return scan.dialect === 'markdown' ? markdownInline(lines, scan.addresses) : plainInline(lines, scan.addresses);
}

function fence(scan: Scan, line: Line): boolean {
  const mark = scan.dialect === 'markdown' ? FENCE.exec(line.text)?.[1] : undefined;
  if (!mark) return false;
  let end = scan.at + 1;
  while (end < scan.lines.length && !scan.lines[end]?.text.trimStart().startsWith(mark)) end++;
  const inside = scan.lines.slice(scan.at + 1, end);
  const last = scan.lines[Math.min(end, scan.lines.length - 1)] ?? line;
  addCode(scan.tree, inside.map((each) => each.text).join('\n'), line, {
    line: last.line,
    column: last.text.length + 1,
  });
  scan.at = end + 1;
  return true;
}

function heading(scan: Scan, line: Line): boolean {
  const marks = scan.dialect === 'markdown' ? ATX.exec(line.text) : null;
  if (!marks) return false;
  closeDownTo(scan, 0);
  const text = line.text.replace(/[ \t]+#+[ \t]*$/, '').trimEnd();
  addHeading(
    scan.tree,
    marks[1]?.length ?? 1,
    inline(scan, [dropStart(keepStart(line, text.length), marks[0].length)]),
  );
  scan.at++;
  return true;
}

function isUnderline(scan: Scan, at: number): string | null {
  const line = scan.lines[at];
  const next = scan.lines[at + 1];
  if (!line || !next || isBlank(line) || indentOf(line.text) > 3 || bulletOf(line.text)) return null;
  const mark = UNDERLINE.exec(next.text)?.[1];
  if (!mark || UNDERLINE.test(line.text)) return null;
  if (scan.dialect === 'markdown' && mark !== '=' && mark !== '-') return null;
  const enough = scan.dialect === 'markdown' ? 3 : Math.min(line.text.trim().length - 2, 8);
  return next.text.trim().length >= enough ? mark : null;
}

function underlined(scan: Scan, line: Line): boolean {
  const mark = isUnderline(scan, scan.at);
  if (mark === null) return false;
  closeDownTo(scan, 0);
  addHeading(scan.tree, levelOf(scan, mark), inline(scan, [dropStart(line, line.text.search(/\S/))]));
  scan.at += 2;
  return true;
}

function levelOf(scan: Scan, mark: string): number {
  if (scan.dialect === 'markdown') return mark === '=' ? 1 : 2;
  if (!scan.underlines.includes(mark)) scan.underlines.push(mark);
  return scan.underlines.indexOf(mark) + 1;
}

function bulletOf(text: string): Bullet | null {
  const match = BULLET.exec(text);
  if (!match) return null;
  const [all, indent = '', mark = '', space = '', box] = match;
  const marker = indentOf(indent);
  const checked = box === undefined ? null : box !== ' ';
  const content = marker + mark.length + Math.max(1, Math.min(space.length, 4));
  return {
    marker,
    content,
    stars: mark.startsWith('*') ? mark.length : 1,
    ordered: /\w/.test(mark),
    length: all.length,
    checked,
  };
}

function closeDownTo(scan: Scan, count: number): void {
  while (scan.open.length > count) {
    scan.open.pop();
    closeList(scan.tree);
  }
}

/** How many of the open bullets a new one stands in or beside; the last of them is its sibling when `sibling`. */
function placeFor(scan: Scan, bullet: Bullet): { keep: number; sibling: boolean } {
  let keep = scan.open.length;
  while (keep > 0) {
    const open = scan.open[keep - 1];
    if (!open) break;
    if (bullet.stars > 1 || open.stars > 1) {
      if (open.stars < bullet.stars) return { keep, sibling: false };
      if (open.stars === bullet.stars) return { keep, sibling: true };
    } else {
      const slack = scan.dialect === 'markdown' && open.ordered === bullet.ordered ? 1 : 0;
      if (bullet.marker >= open.content || bullet.marker > open.marker + slack) return { keep, sibling: false };
      if (bullet.marker >= open.marker) return { keep, sibling: open.ordered === bullet.ordered };
    }
    keep--;
  }
  return { keep, sibling: false };
}

function item(scan: Scan, line: Line, bullet: Bullet): void {
  const { keep, sibling } = placeFor(scan, bullet);
  const beside = scan.open[keep - 1];
  closeDownTo(
    scan,
    sibling || !beside || beside.marker < bullet.marker || beside.stars < bullet.stars ? keep : keep - 1,
  );
  if (!sibling) openList(scan.tree, bullet.ordered);
  else scan.open.pop();
  scan.open.push(bullet);
  openItem(scan.tree, bullet.checked, line);
  const rest = dropStart(line, bullet.length);
  if (isBlank(rest)) {
    scan.at++;
    return;
  }
  scan.at++;
  const split = scan.dialect === 'text' && isTitle(scan, line);
  const lines = split ? [rest] : [rest, ...collect(scan, line)];
  addParagraph(scan.tree, inline(scan, lines), split ? { role: 'title' } : null);
}

/** A bullet's first line names a topic when the next line's first word would still have fitted and begins a sentence. */
function isTitle(scan: Scan, line: Line): boolean {
  const next = scan.lines[scan.at];
  if (!next || isBlank(next) || bulletOf(next.text) || isUnderline(scan, scan.at)) return false;
  return !isFull(scan, line, next) && /^\s+["'“(]?\p{Lu}/u.test(next.text) && !/[.:;,]$/.test(line.text.trimEnd());
}

/** Whether a line was broken because the next word did not fit. */
function isFull(scan: Scan, line: Line, next: Line): boolean {
  const word = /\S+/.exec(next.text)?.[0].length ?? 0;
  return line.text.trimEnd().length + 1 + word > scan.width;
}

function paragraph(scan: Scan, line: Line): void {
  const indent = indentOf(line.text);
  closeDownTo(scan, innermost(scan, indent));
  scan.at++;
  const lines = [dropStart(line, line.text.search(/\S/)), ...collect(scan, line)];
  addParagraph(scan.tree, inline(scan, lines));
}

/** How many of the open bullets a paragraph with this indent belongs to. */
function innermost(scan: Scan, indent: number): number {
  const exact = scan.open.findLastIndex((open) => open.content === indent);
  if (exact >= 0) return exact + 1;
  let count = scan.open.length;
  while (count > 0 && indent < Math.min(scan.open[count - 1]?.content ?? 0, (scan.open[count - 1]?.marker ?? 0) + 2))
    count--;
  return count;
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

function continues(scan: Scan, previous: Line, line: Line): boolean {
  if (isUnderline(scan, scan.at) !== null || RULE.test(line.text) || FENCE.test(line.text)) return false;
  if (scan.dialect === 'markdown' && ATX.test(line.text)) return false;
  if (bulletOf(line.text)) return false;
  const top = scan.open.at(-1);
  if (!top || scan.dialect === 'markdown') return true;
  const indent = indentOf(line.text);
  if (indent >= top.content || isFull(scan, previous, line)) return true;
  return indent > top.marker && !scan.open.some((open) => open !== top && open.content === indent);
}
