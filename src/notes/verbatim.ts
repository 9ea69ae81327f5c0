import { fenceEnd } from './dialects.ts';
import { readHtml } from './html.ts';
import { indentOf, isBlank, type Line } from './lines.ts';
import { closeDownTo, inline, innermost, type Scan, takeUntil } from './scan.ts';
import { isGrid, isTableRow, readTable } from './tables.ts';
import * as grow from './tree.ts';

const HTML_BLOCK =
  /^\s{0,12}<(?:!--|\/?(?:address|article|aside|center|details|dd|div|dl|dt|figure|footer|form|h[1-6]|header|iframe|img|li|main|nav|ol|p|section|style|script|summary|table|tbody|td|tfoot|th|thead|tr|ul)(?:[\s/>]|$))/i;

/** Reads fenced text, when a line opens such. */
export function fence(scan: Scan, line: Line): boolean {
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

/** Reads a block of HTML in markdown, when a line begins one. */
export function html(scan: Scan, line: Line): boolean {
  if (scan.dialect.name !== 'markdown' || !HTML_BLOCK.test(line.text)) return false;
  closeDownTo(scan, innermost(scan, indentOf(line.text)));
  const comment = /^\s*<!--/.test(line.text);
  const lines = comment
    ? takeUntil(scan, (_, at) => scan.lines[at - 1]?.text.includes('-->') === true)
    : takeUntil(scan, isBlank);
  readHtml(scan.tree, lines);
  return true;
}

/** Reads a table, when a line is a row of one. */
export function table(scan: Scan, line: Line): boolean {
  if (!isTableRow(scan.lines, scan.at)) return false;
  closeDownTo(scan, innermost(scan, indentOf(line.text)));
  const rows = takeUntil(scan, (each) => isBlank(each) || !(each.text.includes('|') || isGrid(each.text)));
  readTable(scan.tree, rows, (cell) => inline(scan, [cell]), scan.dialect.name === 'asciidoc');
  return true;
}

/** Reads text that is indented after a blank: verbatim in markdown, unless it reads like prose. */
export function code(scan: Scan, line: Line): boolean {
  if (scan.dialect.name === 'org' && /^\s{0,20}(?:DEADLINE|SCHEDULED|CLOSED): ?[<[]/.test(line.text)) {
    scan.at++;
    addCode(scan, [line], line);
    return true;
  }
  if (scan.dialect.name !== 'markdown' || indentOf(line.text) < 4 || scan.open.length > 0) return false;
  if (!isBlank(scan.lines[scan.at - 1]) || isProse(line.text)) return false;
  addCode(
    scan,
    takeUntil(scan, (each) => !isBlank(each) && indentOf(each.text) < 4),
    line,
  );
  return true;
}

function isProse(text: string): boolean {
  return (
    /^\s+[\p{L}\p{N}("“*_[]\S{0,30}(?: [\p{L}\p{N}'’"“”,.:/&()_*-]{1,40}){3}/u.test(text) && !/[{};]\s*$/.test(text)
  );
}
