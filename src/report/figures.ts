import type { ReportItem, ReportSummary } from './report.ts';

/** What a note's items came to, and whose they are. */
export interface NoteFigures {
  readonly title: string;
  readonly date: string | null;
  readonly items: readonly ReportItem[];
  /** Of a hundred, how many are done. */
  readonly percent: number;
  readonly owners: readonly OwnerFigures[];
}

/** What became of one person's items; an item of two people counts for both. */
export interface OwnerFigures {
  /** Null for the items of nobody. */
  readonly name: string | null;
  readonly done: number;
  readonly total: number;
  readonly stale: readonly ReportItem[];
  readonly overdue: readonly ReportItem[];
}

/** The items by note, and in a note by owner: names in order, nobody last. */
export function figuresOf(items: readonly ReportItem[]): readonly NoteFigures[] {
  const notes = groupBy(items, ({ note }) => [`${note.date ?? ''} ${note.title}`]);
  return [...notes.values()].flatMap((ofNote) => {
    const first = ofNote[0];
    if (first === undefined) return [];
    const { title, date } = first.note;
    return [{ title, date, items: ofNote, percent: percentDone(ofNote), owners: ownersOf(ofNote) }];
  });
}

/** Of a hundred items, how many are done. */
function percentDone(items: readonly ReportItem[]): number {
  const done = items.filter(({ state }) => state === 'done').length;
  return items.length === 0 ? 0 : Math.round((100 * done) / items.length);
}

/** The five states that a summary counts, in the order in which they are told. */
export function statesOf(summary: ReportSummary): readonly (readonly [string, number])[] {
  return [
    ['open', summary.open],
    ['in progress', summary.inProgress],
    ['done', summary.done],
    ['dropped', summary.dropped],
    ['unknown', summary.unknown],
  ];
}

/** Whole days that an issue has not changed for. */
export function daysSince(time: string, now: string): number {
  return Math.max(0, Math.floor((Date.parse(now) - Date.parse(time)) / 86_400_000));
}

function ownersOf(items: readonly ReportItem[]): readonly OwnerFigures[] {
  const owners = [...groupBy(items, ownerNames)].map(([name, owned]) => ({
    name: name === '' ? null : name,
    done: owned.filter(({ state }) => state === 'done').length,
    total: owned.length,
    stale: owned.filter(({ stale }) => stale),
    overdue: owned.filter(({ overdue }) => overdue),
  }));
  const rank = ({ name }: OwnerFigures) => (name === null ? '\uffff' : name.toLowerCase());
  return owners.sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}

/** Who an item belongs to: those that the note names, else those whom the tracker assigned. */
function ownerNames({ owners, assignees }: ReportItem): readonly string[] {
  const names = owners.length > 0 ? owners.map(({ name }) => name) : assignees;
  return names.length > 0 ? [...new Set(names)] : [''];
}

function groupBy(items: readonly ReportItem[], keysOf: (item: ReportItem) => readonly string[]) {
  const groups = new Map<string, ReportItem[]>();
  for (const item of items) {
    for (const key of keysOf(item)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [item]);
      else group.push(item);
    }
  }
  return groups;
}
