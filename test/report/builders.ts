import type { ItemKey } from '../../src/items/item.ts';
import type { Entry } from '../../src/ledger/ledger.ts';
import { EVERYTHING, makeReport, type ReportInput } from '../../src/report/make.ts';
import type { Report } from '../../src/report/report.ts';
import type { Issue } from '../../src/trackers/tracker.ts';

/** When every report in these tests is made. */
export const NOW = new Date('2020-06-15T12:00:00Z');

/** A key that ends in the given letter. */
export function aKey(letter: string): ItemKey {
  return `aaaaaaaaaaaaaaa${letter}` as ItemKey;
}

/** What a note states. */
export function aKnownItem(over: Partial<Entry['item']> = {}): Entry['item'] {
  return {
    kind: 'action',
    title: 'Drop the old job',
    quote: 'we will drop the old job',
    section: ['Jobs'],
    owners: [{ name: 'Owner One', github: null, launchpad: null }],
    refs: [],
    tracked: null,
    due: null,
    source: { note: 'notes/a.txt', lineStart: 10, lineEnd: 11 },
    alsoIn: [],
    note: { source: 'notes/a.txt', url: null, title: 'Summary A', author: null, date: '2020-05-01' },
    ...over,
  };
}

/** An issue as the tracker showed it. */
export function anIssue(over: Partial<Issue> = {}): Issue {
  const id = over.id ?? '41';
  return {
    id,
    url: `https://github.com/owner/name/issues/${id}`,
    title: 'Drop the old job',
    body: '',
    state: 'open',
    raw: 'open',
    labels: [],
    assignees: [],
    author: null,
    createdAt: '2020-05-02T00:00:00Z',
    updatedAt: '2020-06-14T00:00:00Z',
    duplicateOf: null,
    ...over,
  };
}

/** What the ledger holds of an item whose issue was filed and seen. */
export function anEntry(over: Partial<Entry> & { seen?: Issue | null } = {}): Entry {
  const seen = over.seen === undefined ? anIssue() : over.seen;
  return {
    key: aKey('a'),
    tracker: 'work',
    target: 'github:owner/name',
    item: aKnownItem(),
    claim: null,
    issue: seen === null ? null : { id: seen.id, url: seen.url },
    wrote: null,
    deletedAt: null,
    ...over,
    seen,
  };
}

/** A report of these entries, thirty days being the limit. */
export function aReport(over: Partial<ReportInput> = {}): Report {
  return makeReport({
    now: NOW,
    staleMs: 30 * 86_400_000,
    entries: [anEntry()],
    items: [],
    followed: new Map(),
    previous: null,
    filters: EVERYTHING,
    warnings: [],
    ...over,
  });
}
