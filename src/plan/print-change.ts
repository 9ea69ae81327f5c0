import type { Source } from '../items/item.ts';
import type { Paint } from '../terminal/paint.ts';
import { clip, pad, printable, toWidth, widthOf, wrap } from '../terminal/text.ts';
import { nameOf, type Tracker } from '../trackers/tracker.ts';
import type { Change, FieldDiff } from './plan.ts';

export interface Page {
  readonly width: number;
  readonly paint: Paint;
  /** Notes that are told once for the whole section. */
  readonly folded: ReadonlySet<string>;
}

type Nothing = Extract<Change, { do: 'nothing' }>;

/** A change that does something: its line, its fields before and after, what else is to be known. */
export function changeLines(change: Change, type: Tracker['type'] | null, page: Page): string[] {
  const said = change.notes.filter((note) => !page.folded.has(note));
  const notes = change.do === 'create' || change.do === 'update' ? said : [change.because, ...said];
  const fields = change.do === 'create' ? [] : fieldLines(change.fields, page);
  return [topLine(change, type, page), ...fields, ...noteLines(notes, page)];
}

function topLine(change: Change, type: Tracker['type'] | null, { width, paint }: Page): string {
  const [mark, brush] = markOf(change, paint);
  const right = asideOf(change, width);
  const name = 'issue' in change ? prefixOf(change.issue, type) : '';
  const room = width - 4 - (right === '' ? 0 : widthOf(right) + 2);
  const title = toWidth(name + printable(change.title), room);
  return `  ${brush(`${mark} ${right === '' ? title.trimEnd() : title}`)}${right === '' ? '' : `  ${paint.dim(right.trimEnd())}`}`;
}

/** The issue's name on its tracker, before the title; an issue elsewhere is told by its address. */
function prefixOf(issue: { readonly id: string } | null, type: Tracker['type'] | null): string {
  return issue !== null && type !== null && /^\d+$/.test(issue.id) ? `${nameOf(type, issue.id)} ` : '';
}

function markOf(change: Change, paint: Paint): readonly [string, (text: string) => string] {
  switch (change.do) {
    case 'create':
      return ['+', paint.fresh];
    case 'adopt':
      return ['&', paint.changed];
    case 'update':
      return ['~', paint.changed];
    case 'close':
      return ['-', paint.changed];
    case 'wait':
      return ['?', paint.wrong];
    case 'nothing':
      return ['=', paint.dim];
    default:
      return change satisfies never;
  }
}

const WIDE = 96;

/** What stands at the right: labels and the place of a create, the fields of an update. */
function asideOf(change: Change, width: number): string {
  if (change.do === 'update' || change.do === 'adopt') return Object.keys(change.fields).join(', ');
  if (change.do !== 'create') return '';
  const place = placeOf(change.item.source, Math.min(28, Math.max(16, Math.floor(width / 5))));
  // What is to be done matters most: the labels are nearly always the same.
  if (width < WIDE) return place;
  return `${pad(clip(printable(change.draft.labels.join(' ')), Math.floor(width / 5)), 10)}  ${place}`;
}

/** `summary….md:267`: the note's own name, the line always readable. */
function placeOf(source: Source, most: number): string {
  const line = `:${source.lineStart}`;
  const name = source.note.split('/').findLast((part) => part !== '') ?? source.note;
  return pad(clip(printable(name), most - widthOf(line)) + line, most);
}

const MANY_LINES = 6;

/** Each field with its lines before and after; of a text only the lines that differ. */
function fieldLines(fields: FieldDiff, { width, paint }: Page): string[] {
  return Object.entries(fields).flatMap(([name, { from, to }]) => {
    const [before, after] = [linesOf(from), linesOf(to)];
    const gone = before.filter((line) => !after.includes(line)).map((line) => [`- ${line}`, paint.wrong] as const);
    const come = after.filter((line) => !before.includes(line)).map((line) => [`+ ${line}`, paint.fresh] as const);
    return [...some(gone), ...some(come)].map(([line, brush], index) => {
      const label = pad(index === 0 ? name : '', 10);
      return `      ${paint.dim(label)}${brush(clip(line, width - 16))}`;
    });
  });
}

function some<T extends readonly [string, unknown]>(lines: readonly T[]): (readonly [string, T[1]])[] {
  const [first] = lines;
  if (first === undefined || lines.length <= MANY_LINES) return [...lines];
  return [...lines.slice(0, MANY_LINES), [`  … ${lines.length - MANY_LINES} more lines`, first[1]]];
}

function linesOf(text: string | null): string[] {
  return (text ?? '')
    .split('\n')
    .map(printable)
    .filter((line) => line !== '');
}

function noteLines(notes: readonly string[], { width, paint }: Page): string[] {
  return notes.flatMap((note) => wrap(printable(note), width - 6).map((line) => `      ${paint.dim(line)}`));
}

/** With more than so many for one reason, a count stands for the items. */
const EACH = 5;

/** What is left as it is, by reason: what is up to date as a count, the rest one by one while there are few. */
export function nothingLines(changes: readonly Change[], type: Tracker['type'] | null, page: Page): string[] {
  const groups = new Map<string, Nothing[]>();
  for (const change of changes) {
    if (change.do !== 'nothing') continue;
    const group = groups.get(change.because) ?? [];
    groups.set(change.because, group);
    group.push(change);
  }
  return [...groups].flatMap(([because, group]) => {
    const isCounted = because === 'up to date' || group.length > EACH;
    return isCounted ? countLines(because, group.length, page) : group.flatMap((one) => nothingLine(one, type, page));
  });
}

function countLines(because: string, count: number, { width, paint }: Page): string[] {
  return wrap(`= ${count} ${printable(because)}`, width - 2).map((line, index) =>
    paint.dim(index === 0 ? `  ${line}` : `    ${line}`),
  );
}

/** The reason stands behind the title where there is room, else below it. */
function nothingLine(change: Nothing, type: Tracker['type'] | null, page: Page): string[] {
  const head = `= ${prefixOf(change.issue, type)}${printable(change.title)}`;
  const because = printable(change.because);
  const whole = widthOf(head) + widthOf(because) + 4 <= page.width;
  const lines = whole
    ? [`  ${head}  ${because}`]
    : [`  ${clip(head, page.width - 2)}`, ...indented(because, page.width)];
  return [...lines.map(page.paint.dim), ...noteLines(change.notes, page)];
}

function indented(text: string, width: number): string[] {
  return wrap(text, width - 6).map((line) => `      ${line}`);
}
