import { printable } from '../terminal/text.ts';
import { figuresOf, type NoteFigures, type OwnerFigures, statesOf } from './figures.ts';
import { summarise } from './make.ts';
import type { Report, ReportItem } from './report.ts';
import { attention, count, longDate, noteLine, shortRef, sinceLast, whose } from './words.ts';

const MARK = { open: '⚪', 'in-progress': '🔵', done: '✅', dropped: '➖', unknown: '❔' } as const;

/**
 * The report as GitHub-flavoured markdown, fit to be pasted into an issue, a wiki or a pad: titles are only text there,
 * nobody is mentioned and no issue is linked back.
 */
export function renderMarkdown(report: Report): string {
  const since = sinceLast(report);
  const lines = [
    '# Follow-up',
    '',
    `As of ${longDate(report.at)}, ${report.at.slice(11, 16)} UTC.${since === null ? '' : ` ${since[0]?.toUpperCase()}${since.slice(1)}.`}`,
    '',
    ...report.warnings.flatMap((warning) => [`> **Warning:** ${text(warning)}`, '']),
    ...(report.items.length === 0 ? ['No items to report on.', ''] : []),
    ...figuresOf(report.items).flatMap((note) => noteLines(note, report.at)),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function noteLines(note: NoteFigures, at: string): readonly string[] {
  const states = statesOf(summarise(note.items)).filter(([, number]) => number > 0);
  const figures = states.map(([word, number]) => `${word} ${number}`).join(', ');
  return [
    `## ${text(noteLine(note))}`,
    '',
    `${count(note.items.length, 'item')}, ${note.percent} % done: ${figures}.`,
    '',
    '| Owner | Done | Needs a look |',
    '|---|---|---|',
    ...note.owners.map(ownerRow),
    '',
    '| | Issue | Item | Owner | Changed | |',
    '|---|---|---|---|---|---|',
    ...note.items.map((item) => itemRow(item, at)),
    '',
  ];
}

function ownerRow({ name, done, total, stale, overdue }: OwnerFigures): string {
  const said = [
    ...(stale.length > 0 ? [`${stale.length} stale: ${stale.map(link).join(', ')}`] : []),
    ...(overdue.length > 0 ? [`${overdue.length} overdue: ${overdue.map(link).join(', ')}`] : []),
  ];
  return `| ${name === null ? '*nobody*' : text(name)} | ${done}/${total} | ${said.join('; ')} |`;
}

function itemRow(item: ReportItem, at: string): string {
  const kind = item.kind === 'rfe' ? '**RFE** ' : '';
  const said = attention(item, at).map(text).join('; ');
  return `| ${MARK[item.state]} | ${link(item)} | ${kind}${text(item.title)} | ${text(whose(item))} | ${item.updatedAt?.slice(0, 10) ?? ''} | ${said} |`;
}

function link({ issue }: ReportItem): string {
  if (issue === null) return '–';
  const name = shortRef(issue);
  return isPlainAddress(issue.url) ? `[${/^[#\w ./-]+$/.test(name) ? name : text(name)}](${issue.url})` : text(name);
}

/** Only such an address can stand in a link in a cell without ending it. */
function isPlainAddress(url: string): boolean {
  return /^https?:\/\/[^\s<>()[\]|\\`]+$/.test(url);
}

/** A word joiner: shows nothing, and ends what GitHub would take for a mention or a number. */
const BREAK = '\u2060';

/** Text from outside as text: no markup, no table cell, no mention, no link back. */
export function text(value: string): string {
  return printable(value)
    .replace(/[\\`*_{}[\]<>|~#$!&]/g, (mark) => (mark === '<' ? '&lt;' : mark === '&' ? '&amp;' : `\\${mark}`))
    .replace(/@(?=\w)/g, `@${BREAK}`)
    .replace(/#(?=\d)/g, `#${BREAK}`)
    .replace(/\b(?<scheme>https?|ftp):\/\//gi, `$<scheme>:${BREAK}//`)
    .replace(/\b(?<www>www)\./gi, `$<www>${BREAK}.`)
    .replace(/\b(?<gh>GH)-(?=\d)/g, `$<gh>-${BREAK}`);
}
