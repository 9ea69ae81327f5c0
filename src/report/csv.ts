import type { Report, ReportItem } from './report.ts';

const COLUMNS: readonly (readonly [string, (item: ReportItem) => string | number | boolean | null])[] = [
  ['key', ({ key }) => key],
  ['kind', ({ kind }) => kind],
  ['title', ({ title }) => title],
  ['owners', ({ owners }) => owners.map(({ name }) => name).join('; ')],
  ['assignees', ({ assignees }) => assignees.join('; ')],
  ['state', ({ state }) => state],
  ['raw', ({ raw }) => raw],
  ['tracker', ({ tracker }) => tracker],
  ['issue', ({ issue }) => issue?.id ?? null],
  ['url', ({ issue }) => issue?.url ?? null],
  ['due', ({ due }) => due?.text ?? null],
  ['dueDate', ({ due }) => due?.date ?? null],
  ['updatedAt', ({ updatedAt }) => updatedAt],
  ['stale', ({ stale }) => stale],
  ['overdue', ({ overdue }) => overdue],
  ['unowned', ({ unowned }) => unowned],
  ['tracked', ({ tracked }) => tracked],
  ['remarks', ({ remarks }) => remarks.join('; ')],
  ['note', ({ note }) => note.title],
  ['noteDate', ({ note }) => note.date],
  ['source', ({ note }) => note.source],
  ['lineStart', ({ note }) => note.lineStart],
  ['lineEnd', ({ note }) => note.lineEnd],
  ['section', ({ section }) => section.join(' / ')],
];

/** The report's items as CSV (RFC 4180), one row each under a row of names. */
export function renderCsv(report: Report): string {
  const rows = report.items.map((item) => COLUMNS.map(([, value]) => value(item)));
  return csv([COLUMNS.map(([name]) => name), ...rows]);
}

/** Rows as CSV: CRLF ends, quotes where needed, and no cell that a spreadsheet would run as a formula. */
export function csv(rows: readonly (readonly (string | number | boolean | null)[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(value: string | number | boolean | null): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  // A quote in front is what spreadsheets take for "this is text".
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
