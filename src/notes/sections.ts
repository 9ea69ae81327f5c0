import type { Bullet } from './bullets.ts';
import { isRule, underlineOf, unmarkedDepth } from './headings.ts';
import { isFull } from './layout.ts';
import { dropStart, isBlank, keepStart, type Line } from './lines.ts';
import { closeDownTo, inline, type Scan } from './scan.ts';
import * as grow from './tree.ts';

/** Reads a heading that marks in front make one. */
export function heading(scan: Scan, line: Line): boolean {
  const marks = scan.dialect.heading?.exec(line.text);
  if (!marks) return false;
  const state = scan.dialect.name === 'org' ? /\s(TODO|NEXT|WAITING|DONE|CANCELLED)\s/.exec(marks[0])?.[1] : undefined;
  if (state !== undefined) return task(scan, line, marks[0].length, /^(?:DONE|CANCELLED)$/.test(state));
  const text = withoutTail(line.text);
  const first = dropStart(keepStart(line, text.length), marks[0].length);
  scan.at++;
  addHeading(scan, marks[1]?.length ?? 1, first, ...restOfHeading(scan, line));
  return true;
}

/** "** TODO Write it": an entry of org that is to be done is a task and no heading. */
function task(scan: Scan, line: Line, start: number, done: boolean): boolean {
  closeDownTo(scan, 0);
  grow.openList(scan.tree, false);
  grow.openItem(scan.tree, done, line);
  grow.addParagraph(scan.tree, inline(scan, [dropStart(keepStart(line, withoutTail(line.text).length), start)]));
  grow.closeList(scan.tree);
  scan.at++;
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

/** The character that underlines the title on this line; null where it is none. */
export function underlineAt(scan: Scan, at: number): string | null {
  const mark = scan.dialect.underlines === '' ? null : underlineOf(scan.lines, at, scan.dialect.underlineLength);
  return mark !== null && scan.dialect.underlines.includes(mark) ? mark : null;
}

/** Reads a heading that the next line underlines. */
export function underlined(scan: Scan, line: Line): boolean {
  const mark = underlineAt(scan, scan.at);
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

/** Reads a heading that nothing marks. */
export function unmarked(scan: Scan, line: Line, bullet: Bullet | null): boolean {
  const isIssue = scan.dialect.name === 'markdown' && /^#\d/.test(line.text);
  if (!(scan.dialect.unmarked || isIssue) || (bullet !== null && bullet.number === null)) return false;
  if (bullet && scan.open.some((open) => open.ordered)) return false;
  const depth = unmarkedDepth(scan.lines, scan.at);
  if (depth === null) return false;
  addHeading(scan, Math.min(6, scan.underlines.length + depth), line);
  scan.at++;
  return true;
}

/** A heading's line without closing marks and org tags. */
function withoutTail(text: string): string {
  const trimmed = text.trimEnd();
  const tail = /[ \t](?:#+|=+|:[\w@:]+:)$|[^=]={1,6}$/.exec(trimmed.slice(-100));
  if (!tail) return trimmed;
  const keep = /^[^\s=]/.test(tail[0]) ? 1 : 0;
  return trimmed.slice(0, trimmed.length - tail[0].length + keep).trimEnd();
}
