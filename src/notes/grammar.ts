import { type Bullet, bulletOf, placeFor } from './bullets.ts';
import { isRule } from './headings.ts';
import { isFull } from './layout.ts';
import { dropStart, indentOf, isBlank, type Line } from './lines.ts';
import { addText, collect, paragraph } from './running.ts';
import { closeDownTo, innermost, type Manner, type Scan, takeUntil } from './scan.ts';
import { heading, underlined, unmarked } from './sections.ts';
import { mayPromise } from './terms.ts';
import * as grow from './tree.ts';
import { code, fence, html, table } from './verbatim.ts';

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

/** "- Owner" as the last line is no bullet. */
function isSignature(scan: Scan, line: Line): boolean {
  if (!/^\s{0,3}[-–—]{1,2} ?\p{Lu}[\p{L}.]{1,20}(?: \p{Lu}[\p{L}.]{0,20})?\s*$/u.test(line.text)) return false;
  return scan.dialect.name === 'text' && scan.open.length === 0 && scan.lines.slice(scan.at + 1).every(isBlank);
}

function item(scan: Scan, line: Line, bullet: Bullet): void {
  const { keep, sibling } = placeFor(scan.open, bullet, scan.dialect.name === 'markdown' ? 1 : 0);
  closeDownTo(scan, keep);
  if (sibling) scan.open.pop();
  else grow.openList(scan.tree, bullet.ordered);
  scan.open.push(bullet);
  const struck = /^~~[^~]{1,2000}~~.{0,16}$/.test(line.text.slice(bullet.length)) ? true : null;
  grow.openItem(scan.tree, bullet.checked ?? struck, line);
  scan.hook = null;
  scan.at++;
  const rest = dropStart(line, bullet.length);
  scan.empty = isBlank(rest);
  if (scan.empty) return;
  const stands = standsAlone(scan, line);
  const lines = stands ? [rest] : [rest, ...collect(scan, line)];
  addText(scan, lines, stands && !mayPromise(rest.text) ? { kind: 'title' } : null);
}

/** A bullet's first line stands alone when the next line's first word would still have fitted and begins a sentence. */
function standsAlone(scan: Scan, line: Line): boolean {
  const next = scan.lines[scan.at];
  if (scan.dialect.lazy || !next || isBlank(next) || bulletOf(next.text) !== null) return false;
  if (isFull(scan.layout.width, line, next) || /[.?!;] \S|[.:;,!?]\s*$/.test(line.text)) return false;
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
