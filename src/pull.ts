import { TrackerError } from './errors.ts';
import type { Item, ItemKey, KnownItem } from './items/item.ts';
import type { Entry, Ledger } from './ledger/ledger.ts';
import { ownIssues } from './plan/gather.ts';
import { isClosed, type Look } from './plan/input.ts';
import { claimsToSettle } from './plan/settle.ts';
import { type Issue, type Tracker, targetOf } from './trackers/tracker.ts';

/** What one look at a tracker brought. */
export interface Held {
  readonly tracker: Tracker;
  /** `github:owner/repo`: its name in the ledger, which stays when the configuration renames it. */
  readonly target: string;
  /** What changed since the ledger's last look. */
  readonly changed: readonly Issue[];
  /** What looking for single keys gave. */
  readonly looks: ReadonlyMap<ItemKey, Look>;
  /** Where to go on next time. */
  readonly cursor: string | null;
  /** The look failed: nothing is known beyond the ledger, and nothing may be planned here. */
  readonly error: TrackerError | null;
}

/**
 * Asks a tracker what changed since the ledger's last look: one incremental list call; all of it with `full`.
 * Writes nothing, `recordPull` does. A tracker that fails is told in `error`, not thrown.
 */
export async function pull(
  tracker: Tracker,
  ledger: Ledger,
  options: { readonly full: boolean; readonly now: () => Date },
): Promise<Held> {
  const target = targetOf(tracker);
  const known = await ledger.cursor(target);
  const none = { tracker, target, changed: [], looks: new Map(), cursor: known };
  try {
    const at = options.now();
    const { issues, cursor } = await tracker.changes(options.full ? null : known);
    const looks = options.full ? await lookForMissing(tracker, await ledger.entries(target), issues, at) : new Map();
    return { ...none, changed: issues, looks, cursor, error: null };
  } catch (error) {
    if (!(error instanceof TrackerError)) throw error;
    return { ...none, error };
  }
}

/** Issues that the ledger knows and a full list does not show are asked for by id: a list may be stale. */
async function lookForMissing(
  tracker: Tracker,
  entries: readonly Entry[],
  listed: readonly Issue[],
  at: Date,
): Promise<Map<ItemKey, Look>> {
  const shown = new Set(listed.map(({ id }) => id));
  const looks = new Map<ItemKey, Look>();
  for (const { key, issue, deletedAt } of entries) {
    if (issue === null || deletedAt !== null || shown.has(issue.id)) continue;
    if ((await tracker.get(issue.id)) === null) looks.set(key, { what: 'gone', at });
  }
  return looks;
}

/** Looks for the issues of claims that were left open: among all that we created since, never by a search index. */
export async function settleClaims(
  held: Held,
  items: readonly Item[],
  entries: readonly Entry[],
  now: () => Date,
): Promise<Held> {
  const mine = entries.filter(({ target }) => target === held.target);
  const shown = ownIssues(mine, held.changed, held.tracker.dialect);
  const doubts = claimsToSettle(
    items,
    mine.filter(({ key }) => !shown.has(key)),
  );
  if (doubts === null) return held;
  const at = now();
  const issues = await held.tracker.createdSince(doubts.since);
  const found = ownIssues(mine, [...held.changed, ...issues], held.tracker.dialect);
  const absent = doubts.keys.filter((key) => !found.has(key)).map((key) => [key, { what: 'absent', at }] as const);
  return { ...held, changed: [...held.changed, ...issues], looks: new Map([...held.looks, ...absent]) };
}

/**
 * Writes what a pull showed into the ledger, and moves the list position last: whoever dies before that sees it again.
 * An issue that carries a key which the ledger does not know becomes an entry, so that a lost ledger is whole after one run.
 */
export async function recordPull(
  held: Held,
  ledger: Ledger,
  by: { readonly run: string; readonly at: Date },
): Promise<void> {
  if (held.error !== null) return;
  const entries = await ledger.entries(held.target);
  const byKey = new Map(entries.map((entry) => [entry.key, entry]));
  const ours = ownIssues(
    entries.map((entry) => ({ ...entry, seen: null })),
    held.changed,
    held.tracker.dialect,
  );
  let seconds = 0;
  for (const [key, own] of ours) {
    const issues = own.map(({ issue }) => issue);
    const entry = byKey.get(key) ?? (await ledger.get(key));
    if (hasSecond(entry, issues)) seconds += 1;
    if (entry === null) await take(key, held, lowest(issues), ledger, by);
    else await recordSeen(entry, issues, ledger);
  }
  for (const [key, look] of held.looks) {
    const entry = byKey.get(key);
    if (look.what === 'gone' && entry !== undefined)
      await ledger.record({ ...entry, deletedAt: look.at.toISOString() });
  }
  // The ledger holds one issue a key. A second one has to be shown again until somebody has closed it.
  if (seconds === 0) await ledger.setCursor(held.target, held.cursor);
}

/** The journal tells since when the ledger knows the issue: what it filed before, it filed without knowing. */
async function take(
  key: ItemKey,
  held: Held,
  issue: Issue,
  ledger: Ledger,
  { run, at }: { readonly run: string; readonly at: Date },
): Promise<void> {
  await ledger.record(entryOf(key, held, issue));
  const because = 'an issue of ours that this ledger did not know';
  const tracker = held.tracker.name;
  await ledger.log({ at: at.toISOString(), run, key, tracker, what: 'found', because, issue: issue.id });
}

function hasSecond(entry: Entry | null, issues: readonly Issue[]): boolean {
  const open = issues.filter((issue) => !isClosed(issue) && issue.duplicateOf === null);
  return open.length > 1 || open.some(({ id }) => entry?.issue != null && entry.issue.id !== id);
}

async function recordSeen(entry: Entry, issues: readonly Issue[], ledger: Ledger): Promise<void> {
  if (entry.issue === null) {
    const { id, url, ...rest } = lowest(issues);
    return ledger.record({ ...entry, claim: null, issue: { id, url }, seen: { id, url, ...rest } });
  }
  // What we ourselves wrote since the look is newer than what the look showed.
  const issue = issues.find(({ id }) => id === entry.issue?.id);
  if (issue === undefined || (entry.seen !== null && entry.seen.updatedAt > issue.updatedAt)) return;
  await ledger.record({ ...entry, seen: issue });
}

function lowest(issues: readonly Issue[]): Issue {
  const [first, ...rest] = issues;
  if (first === undefined) throw new Error('an entry needs an issue');
  return rest.reduce((least, issue) => (Number(issue.id) < Number(least.id) ? issue : least), first);
}

/** An entry for an issue whose statement is in none of the notes that were read: all that is known stands in its block. */
function entryOf(key: ItemKey, { tracker, target }: Held, issue: Issue): Entry {
  const block = tracker.dialect.find(issue.body);
  const passage = block === null ? null : tracker.dialect.read(block.content);
  const source = { note: passage?.note ?? '', lineStart: 0, lineEnd: 0 };
  const item: KnownItem = {
    kind: issue.labels.some((label) => label.startsWith('rfe')) ? 'rfe' : 'action',
    title: passage?.title ?? issue.title,
    quote: passage?.quote ?? '',
    section: passage?.section ?? [],
    owners: (passage?.owners ?? []).map((name) => ({ name, github: null, launchpad: null })),
    refs: [],
    tracked: null,
    due: null,
    source,
    alsoIn: [],
    note: { source: source.note, url: null, title: source.note, author: null, date: null },
  };
  return {
    key,
    tracker: tracker.name,
    target,
    item,
    claim: null,
    issue: { id: issue.id, url: issue.url },
    wrote: null,
    seen: issue,
    deletedAt: null,
  };
}
