import { painter } from '../terminal/paint.ts';
import { clip, flow, printable, widthOf, wrap } from '../terminal/text.ts';
import { NOT_IN_PEOPLE } from './assignees.ts';
import { summaryOf } from './json.ts';
import type { Change, Plan, PlannedTracker } from './plan.ts';
import { changeLines, nothingLines, type Page } from './print-change.ts';

/** How a plan is set on a terminal. */
export interface PrintOptions {
  readonly width: number;
  readonly colours: boolean;
  /** For the estimate of how long the creates take. */
  readonly createsPerMinute: number;
  /** A question whether to do it follows, so that the reader needs no advice how. */
  readonly asking?: boolean;
}

/** The plan for a terminal: per tracker what would be done, field by field, and why nothing is done elsewhere. */
export function printPlan(plan: Plan, options: PrintOptions): string {
  const page: Page = { width: Math.max(40, options.width), paint: painter(options.colours), folded: new Set() };
  const names = new Set(plan.trackers.map(({ name }) => name));
  const lines = plan.trackers.flatMap((tracker) => {
    const changes = plan.changes.filter((change) => change.tracker === tracker.name);
    return changes.length === 0 && tracker.unavailable === undefined
      ? []
      : section(headOf(tracker), tracker, changes, page);
  });
  const elsewhere = plan.changes.filter((change) => change.tracker === null || !names.has(change.tracker));
  if (elsewhere.length > 0) lines.push(...section('on no tracker', null, elsewhere, page));
  lines.push(...wrap(closing(plan, options), page.width));
  return `${lines.join('\n')}\n`;
}

function headOf({ name, type, target }: PlannedTracker): string {
  return `${printable(name)} · ${type} ${printable(target)}`;
}

function section(head: string, tracker: PlannedTracker | null, changes: readonly Change[], page: Page): string[] {
  const writing = changes.filter((change) => change.do !== 'nothing');
  const type = tracker?.type ?? null;
  const folded = foldedNotes(writing);
  const unavailable = tracker?.unavailable === undefined ? [] : wrap(printable(tracker.unavailable), page.width - 2);
  return [
    ...headLines(head, countsOf(changes), page),
    ...unavailable.map((line) => `  ${page.paint.wrong(line)}`),
    ...writing.flatMap((change) => changeLines(change, type, { ...page, folded })),
    ...foldedLines(folded, page),
    ...nothingLines(changes, type, page),
    '',
  ];
}

/** Owners without an account are one line each while they are few, and one sentence when they are many. */
const FEW = 2;

function foldedNotes(changes: readonly Change[]): ReadonlySet<string> {
  const notes = new Set(changes.flatMap((change) => change.notes.filter((note) => note.endsWith(NOT_IN_PEOPLE))));
  return notes.size > FEW || changes.filter(({ notes: own }) => own.some((note) => notes.has(note))).length > FEW
    ? notes
    : new Set();
}

function foldedLines(folded: ReadonlySet<string>, { width, paint }: Page): string[] {
  if (folded.size === 0) return [];
  const names = [...folded].map((note) => printable(note.slice(0, -NOT_IN_PEOPLE.length))).sort();
  const words = 'not in people.yaml, so named in the text and not assigned:'.split(' ');
  const listed = names.map((name, index) => clip(index < names.length - 1 ? `${name},` : name, width - 6));
  return flow([...words, ...listed], width - 6, ' ').map(
    (line, index) => `  ${index === 0 ? paint.wrong('!') : ' '} ${paint.dim(line)}`,
  );
}

function headLines(head: string, counts: readonly string[], { width, paint }: Page): string[] {
  const right = counts.join('   ');
  const gap = width - widthOf(head) - widthOf(right);
  if (gap >= 3) return [paint.strong(head) + ' '.repeat(gap) + right];
  return [...wrap(head, width).map(paint.strong), ...flow(counts, width - 2, '   ').map((line) => `  ${line}`)];
}

/** The three that readers look for stand always, the others where there are some. */
function countsOf(changes: readonly Change[]): string[] {
  const sum = summaryOf(changes);
  const rare = (['adopt', 'close', 'wait'] as const)
    .filter((kind) => sum[kind] > 0)
    .map((kind) => `${sum[kind]} ${kind}`);
  return [`${sum.create} create`, `${sum.update} update`, ...rare, `${sum.nothing} nothing`];
}

function closing(plan: Plan, { createsPerMinute: perMinute, asking = false }: PrintOptions): string {
  const sum = summaryOf(plan.changes);
  const parts = [
    sum.create === 0
      ? ''
      : `${plural(sum.create, 'create')} in about ${span(sum.create, perMinute)} at ${perMinute} a minute`,
    sum.update === 0 ? '' : plural(sum.update, 'update'),
    sum.adopt === 0 ? '' : plural(sum.adopt, 'adoption'),
    sum.close === 0 ? '' : plural(sum.close, 'close'),
    sum.wait === 0 ? '' : `${sum.wait} to be looked for`,
  ].filter((part) => part !== '');
  if (parts.length === 0) return `0 changes, ${sum.nothing} as they are. Nothing has been written.`;
  return `${parts.join(', ')}.${asking ? '' : ' Nothing has been written. Next: ptg-tracker sync'}`;
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

/** A time that nobody takes for exact: to ten seconds, from an hour on to the minute. */
function span(creates: number, perMinute: number): string {
  const seconds = Math.max(Math.ceil(((creates / perMinute) * 60) / 10) * 10, 10);
  const minutes = Math.floor(seconds / 60);
  if (minutes === 0) return `${seconds} s`;
  if (minutes >= 60) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
}
