import type { Item, ItemKey, ItemKind, KnownItem, Ref } from '../items/item.ts';
import type { Entry } from '../ledger/ledger.ts';
import type { State } from '../trackers/tracker.ts';
import type { Snapshot } from './memory.ts';
import type { Report, ReportItem, ReportSummary } from './report.ts';
import { type Followed, standingOf, UNFILED } from './standing.ts';

/** Which items a report tells of; null and empty lists leave nothing out. */
export interface Filters {
  /** A part of an owner's name or account, or `nobody`; case does not matter. */
  readonly owner: string | null;
  readonly kind: ItemKind | null;
  readonly states: readonly State[];
  /** Only what changed at or after this time. */
  readonly since: Date | null;
}

/** Everything a report is made from; looking it up is the caller's part. */
export interface ReportInput {
  readonly now: Date;
  readonly staleMs: number;
  /** What the ledger holds, after the trackers were asked. */
  readonly entries: readonly Entry[];
  /** Items of the notes; those that the ledger holds as well are told once. */
  readonly items: readonly Item[];
  /** The present state of issues that we only follow, by their address. */
  readonly followed: ReadonlyMap<string, Followed>;
  /** What the last report saw; null when there was none. */
  readonly previous: Snapshot | null;
  readonly filters: Filters;
  readonly warnings: readonly string[];
}

/** Filters that leave nothing out. */
export const EVERYTHING: Filters = { owner: null, kind: null, states: [], since: null };

/** The follow-up: each item once, in the order of its note, with its state and what is to be said about it. */
export function makeReport(input: ReportInput): Report {
  const held = new Set<ItemKey>(input.entries.map(({ key }) => key));
  const unfiled = input.items.filter(({ key }) => !held.has(key));
  const items = [
    ...input.entries.map((entry) => reportItem(entry.key, entry.item, entry, input)),
    ...unfiled.map((item) => reportItem(item.key, item, null, input)),
  ]
    .filter((item) => passes(item, input.filters))
    .sort(byPlace);
  return {
    at: input.now.toISOString(),
    items,
    summary: summarise(items),
    since: input.previous === null ? null : moved(items, input.previous),
    warnings: input.warnings,
  };
}

/** Counts a list of items. */
export function summarise(items: readonly ReportItem[]): ReportSummary {
  const count = (test: (item: ReportItem) => boolean) => items.filter(test).length;
  return {
    items: items.length,
    open: count(({ state }) => state === 'open'),
    inProgress: count(({ state }) => state === 'in-progress'),
    done: count(({ state }) => state === 'done'),
    dropped: count(({ state }) => state === 'dropped'),
    unknown: count(({ state }) => state === 'unknown'),
    stale: count(({ stale }) => stale),
    overdue: count(({ overdue }) => overdue),
    unowned: count(({ unowned }) => unowned),
  };
}

function reportItem(
  key: ItemKey,
  item: KnownItem,
  entry: Entry | null,
  { now, staleMs, followed }: ReportInput,
): ReportItem {
  const standing = entry === null && item.tracked === null ? UNFILED : standingOf(entry, item, followed);
  const active = standing.state === 'open' || standing.state === 'in-progress';
  const { note, source } = item;
  return {
    key,
    title: item.title,
    kind: item.kind,
    owners: item.owners,
    due: item.due,
    note: {
      title: note.title,
      date: note.date,
      url: note.url,
      source: source.note,
      lineStart: source.lineStart,
      lineEnd: source.lineEnd,
    },
    section: item.section,
    tracker: entry?.issue ? entry.tracker : null,
    issue: standing.issue,
    state: standing.state,
    raw: standing.raw,
    assignees: standing.assignees,
    updatedAt: standing.updatedAt,
    stale: active && standing.updatedAt !== null && now.getTime() - Date.parse(standing.updatedAt) > staleMs,
    overdue: active && item.due?.date != null && item.due.date < now.toISOString().slice(0, 10),
    unowned: active && item.owners.length === 0 && standing.assignees.length === 0,
    tracked: standing.tracked,
    refs: item.refs.map((ref) => withState(ref, followed)),
    remarks: standing.remarks,
  };
}

function withState(ref: Ref, followed: ReportInput['followed']): ReportItem['refs'][number] {
  const found = followed.get(ref.url);
  return { ...ref, state: found?.state ?? null, raw: found?.raw ?? null };
}

function passes(item: ReportItem, { owner, kind, states, since }: Filters): boolean {
  if (kind !== null && item.kind !== kind) return false;
  if (states.length > 0 && !states.includes(item.state)) return false;
  if (since !== null && (item.updatedAt === null || Date.parse(item.updatedAt) < since.getTime())) return false;
  return owner === null || isOwnedBy(item, owner.toLowerCase());
}

function isOwnedBy({ owners, assignees }: ReportItem, wanted: string): boolean {
  if (wanted === 'nobody') return owners.length === 0 && assignees.length === 0;
  const names = owners.flatMap(({ name, github, launchpad }) => [name, github, launchpad]);
  return [...names, ...assignees].some((name) => name?.toLowerCase().includes(wanted));
}

function byPlace(a: ReportItem, b: ReportItem): number {
  return (
    // Notes without a date stand last.
    compare(a.note.date ?? 'undated', b.note.date ?? 'undated') ||
    compare(a.note.source, b.note.source) ||
    a.note.lineStart - b.note.lineStart ||
    compare(a.key, b.key)
  );
}

/** By code units, so that the order is the same on every machine. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function moved(items: readonly ReportItem[], { at, items: before }: Snapshot): Report['since'] {
  const newly = (state: State) => items.filter((item) => item.state === state && before.get(item.key)?.state !== state);
  return {
    at,
    done: newly('done').length,
    dropped: newly('dropped').length,
    added: items.filter(({ key }) => !before.has(key)).length,
    newlyStale: items.filter(({ key, stale }) => stale && before.get(key)?.stale !== true).length,
  };
}
