import { TrackerError } from './errors.ts';
import type { ItemKey } from './items/item.ts';
import type { Entry, Ledger } from './ledger/ledger.ts';
import type { Changes, Issue, OwnBlock, Tracker } from './trackers/tracker.ts';

/** An issue that carries one of our keys; `block` is null when a person took our block away and the ledger still knows the issue. */
export interface OurIssue {
  readonly key: ItemKey;
  readonly issue: Issue;
  readonly block: OwnBlock | null;
}

/** What a tracker holds now, as far as we need to know it. */
export interface Held {
  readonly tracker: Tracker;
  readonly target: string;
  /** Our issues by key, the lowest number first; more than one where a key was filed twice. */
  readonly ours: ReadonlyMap<ItemKey, readonly OurIssue[]>;
  /** Those that this look brought. */
  readonly fresh: readonly OurIssue[];
  readonly cursor: string | null;
  /** The look failed: nothing is known beyond the ledger, and nothing may be planned here. */
  readonly error: TrackerError | null;
}

/** A tracker's identity in the ledger: stays the same when the configuration renames it. */
export function targetOf(tracker: Pick<Tracker, 'type' | 'target'>): string {
  return `${tracker.type}:${tracker.target}`;
}

/**
 * Asks a tracker what changed since the ledger's last look, with one incremental list call, and joins it with what the
 * ledger saw before. Writes nothing; `recordPull` does. A tracker that fails is reported in `error`, not thrown.
 */
export async function pull(tracker: Tracker, ledger: Ledger, options: { readonly full?: boolean } = {}): Promise<Held> {
  const target = targetOf(tracker);
  const entries = await ledger.entries(target);
  const cursor = options.full ? null : await ledger.cursor(target);
  try {
    const changes = await tracker.changes(cursor);
    return hold(tracker, entries, changes);
  } catch (error) {
    if (!(error instanceof TrackerError)) throw error;
    return { ...hold(tracker, entries, { issues: [], cursor, unchanged: true }), error };
  }
}

/** Adds issues that a further look brought (the settling of doubts) to what a tracker holds. */
export function withIssues(held: Held, issues: readonly Issue[], entries: readonly Entry[]): Held {
  const known = new Set([...held.ours.values()].flat().map((ours) => ours.issue.id));
  const added = issues.filter((issue) => !known.has(issue.id));
  return added.length === 0 ? held : { ...held, ...join(held.tracker, entries, [...held.fresh.map(({ issue }) => issue), ...added]) };
}

function hold(tracker: Tracker, entries: readonly Entry[], changes: Changes): Held {
  return {
    tracker,
    target: targetOf(tracker),
    ...join(tracker, entries, changes.issues),
    cursor: changes.cursor,
    error: null,
  };
}

function join(tracker: Tracker, entries: readonly Entry[], issues: readonly Issue[]): Pick<Held, 'ours' | 'fresh'> {
  const keyOfIssue = new Map(entries.flatMap(({ key, issue }) => (issue === null ? [] : [[issue.id, key] as const])));
  const fresh = issues.flatMap((issue) => recognise(tracker, issue, keyOfIssue));
  const freshIds = new Set(fresh.map(({ issue }) => issue.id));
  const before = entries.flatMap(({ key, seen }) =>
    seen === null || freshIds.has(seen.id) ? [] : [{ key, issue: seen, block: tracker.dialect.find(seen.body) }],
  );
  return { ours: byKey([...before, ...fresh]), fresh };
}

function byKey(issues: readonly OurIssue[]): Map<ItemKey, OurIssue[]> {
  const groups = new Map<ItemKey, OurIssue[]>();
  for (const ours of [...issues].sort((a, b) => Number(a.issue.id) - Number(b.issue.id))) {
    const group = groups.get(ours.key);
    if (group === undefined) groups.set(ours.key, [ours]);
    else group.push(ours);
  }
  return groups;
}

/** The ledger's word on whose issue it is goes before the block's: a person may copy a block into another issue. */
function recognise(tracker: Tracker, issue: Issue, keyOfIssue: ReadonlyMap<string, ItemKey>): OurIssue[] {
  const block = tracker.dialect.find(issue.body);
  const key = keyOfIssue.get(issue.id) ?? block?.key ?? null;
  return key === null ? [] : [{ key, issue, block }];
}
