import { type Paint, painter } from '../terminal/paint.ts';
import { clip, flow, pad, printable, toWidth, widest, widthOf, wrap } from '../terminal/text.ts';
import { daysSince, figuresOf, type NoteFigures, type OwnerFigures, statesOf } from './figures.ts';
import { summarise } from './make.ts';
import type { Report, ReportItem } from './report.ts';
import { attention, count, noteLine, shortRef, sinceLast, whose } from './words.ts';

/** How a report is set on a terminal. */
export interface TextOptions {
  readonly width: number;
  readonly colours: boolean;
  /** Only the figures, without a line for each item. */
  readonly brief?: boolean;
}

/** The report for a terminal: per note its figures and those of each owner, then what there is to say of each item. */
export function renderText(report: Report, options: TextOptions): string {
  const width = Math.max(40, options.width);
  const paint = painter(options.colours);
  const notes = figuresOf(report.items);
  const since = sinceLast(report);
  const lines = [
    ...notes.flatMap((note) => [...noteFigures(note, report.at, width, paint), '']),
    ...(options.brief ? [] : notes.flatMap((note) => itemLines(note, report.at, width, paint))),
    ...(report.items.length === 0 ? ['No items to report on.'] : []),
    ...(since === null ? [] : wrap(since, width)),
    ...report.warnings.flatMap((warning) => wrap(`warning: ${printable(warning)}`, width).map(paint.wrong)),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function noteFigures(note: NoteFigures, at: string, width: number, paint: Paint): readonly string[] {
  const head = [clip(printable(noteLine(note)), width), count(note.items.length, 'item'), `${note.percent} % done`];
  const states = statesOf(summarise(note.items))
    .filter(([word, number]) => number > 0 || word !== 'unknown')
    .map(([word, number]) => `${word} ${number}`);
  const whole = [head.join(' · '), states.join('   ')] as const;
  const gap = width - widthOf(whole[0]) - widthOf(whole[1]);
  const top =
    gap >= 3
      ? [paint.strong(whole[0]) + ' '.repeat(gap) + whole[1]]
      : [...flow(head, width, ' · ').map(paint.strong), ...flow(states, width - 2, '   ').map((line) => `  ${line}`)];
  const longest = widest(
    note.owners.map(({ name }) => printable(name ?? 'nobody')),
    6,
  );
  const space = { width, names: Math.min(width < 64 ? 12 : 24, longest), bar: width < 64 ? 5 : 10, paint };
  return [...top, ...note.owners.flatMap((owner) => ownerLines(owner, at, space))];
}

interface OwnerSpace {
  readonly width: number;
  readonly names: number;
  readonly bar: number;
  readonly paint: Paint;
}

function ownerLines(owner: OwnerFigures, at: string, { width, names, bar, paint }: OwnerSpace): readonly string[] {
  const name = toWidth(printable(owner.name ?? 'nobody'), names);
  const figures = pad(`${owner.done}/${owner.total}`, 5);
  const start = `  ${owner.name === null ? paint.dim(name) : name}  ${barOf(owner, bar, paint)}  ${figures}  `;
  const indent = widthOf(start);
  const said = ownerAttention(owner, at).flatMap((one) => wrap(one, width - indent));
  return [start + (said[0] ?? ''), ...said.slice(1).map((line) => ' '.repeat(indent) + line)].map((line) =>
    line.trimEnd(),
  );
}

/** At most three issues are named; the lines of the items tell the others. */
function ownerAttention({ stale, overdue }: OwnerFigures, at: string): readonly string[] {
  const lists = [
    [
      `${stale.length} stale`,
      stale.map((item) => `${named(item)} (${count(daysSince(item.updatedAt ?? at, at), 'day')})`),
    ],
    [`${overdue.length} overdue`, overdue.map((item) => `${named(item)} (${printable(item.due?.text ?? '')})`)],
  ] as const;
  return lists.flatMap(([word, names]) => {
    const more = names.length > 3 ? [`${names.length - 3} more`] : [];
    return names.length === 0 ? [] : [`${word}: ${[...names.slice(0, 3), ...more].join(', ')}`];
  });
}

function named(item: ReportItem): string {
  return item.issue === null ? `“${clip(printable(item.title), 24)}”` : shortRef(item.issue);
}

function barOf({ done, total }: OwnerFigures, columns: number, paint: Paint): string {
  // Nearly done is not done, and a little is not nothing.
  const rounded = Math.round((columns * done) / total);
  const full = done === total ? columns : Math.min(columns - 1, Math.max(done === 0 ? 0 : 1, rounded));
  return paint.fresh('█'.repeat(full)) + paint.dim('░'.repeat(columns - full));
}

const MARK = { open: '○', 'in-progress': '◐', done: '✓', dropped: '–', unknown: '?' } as const;

function itemLines(note: NoteFigures, at: string, width: number, paint: Paint): readonly string[] {
  const names = note.items.map(({ issue }) => (issue === null ? '–' : shortRef(issue)));
  const refs = Math.min(16, widest(names, 4));
  const people = note.items.map((item) => printable(whose(item)));
  const owners = Math.min(width < 64 ? 10 : 20, widest(people, 6));
  const columns = { refs, owners, titles: width - refs - owners - AGE - 10 };
  const rows = note.items.flatMap((item) => {
    const said = attention(item, at).map(printable).join('; ');
    const lines = said === '' ? [] : wrap(said, width - refs - 6);
    return [row(item, at, columns, paint), ...lines.map((line) => ' '.repeat(refs + 6) + paint.wrong(line))];
  });
  return [paint.strong(clip(printable(noteLine(note)), width)), ...addresses(note.items, width, paint), ...rows, ''];
}

/** Columns for "102 d". */
const AGE = 5;

interface ItemColumns {
  readonly refs: number;
  readonly owners: number;
  readonly titles: number;
}

function row(item: ReportItem, at: string, { refs, owners, titles }: ItemColumns, paint: Paint): string {
  const ref =
    item.issue === null ? toWidth('–', refs) : paint.link(toWidth(shortRef(item.issue), refs), item.issue.url);
  const title = toWidth(printable(item.title), titles);
  const age = item.updatedAt === null ? '' : `${daysSince(item.updatedAt, at)} d`;
  const start = `  ${mark(item, paint)} ${ref}  ${item.state === 'done' ? paint.dim(title) : title}`;
  return `${start}  ${toWidth(printable(whose(item)), owners)}  ${paint.dim(pad(age, AGE, 'start'))}`.trimEnd();
}

/** Where the short names of issues lead to, once for all: terminals without links have to show it somewhere. */
function addresses(items: readonly ReportItem[], width: number, paint: Paint): readonly string[] {
  const bases = new Map<string, string>();
  for (const { issue } of items) {
    const number = issue === null ? null : /^(?<base>.*\D)\d+$/.exec(issue.url);
    const base = number?.groups?.base;
    if (issue !== null && base !== undefined) bases.set(base, shortRef(issue).replace(/(?<!\d)\d+$/, ''));
  }
  return [...bases].map(([base, prefix]) => paint.dim(clip(`  ${prefix}N is ${printable(base)}N`, width)));
}

function mark({ state, stale, overdue }: ReportItem, paint: Paint): string {
  if (stale || overdue) return paint.wrong(MARK[state]);
  if (state === 'done') return paint.fresh(MARK[state]);
  return state === 'in-progress' ? paint.changed(MARK[state]) : MARK[state];
}
