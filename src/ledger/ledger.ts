import type { ItemKey, KnownItem } from '../items/item.ts';
import type { Issue } from '../trackers/tracker.ts';

/** What we last wrote to the issue, field by field: the base of the three-way compare. */
export interface Wrote {
  readonly title: string;
  /** The content of our block. */
  readonly block: string;
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
  /** The tracker's time of the issue right after we wrote it; absent while we have not written on it ourselves. */
  readonly at?: string;
}

/** A run's hold on a key: won before the create, so that two runs never send two. */
export interface Claim {
  /** The run that holds it. */
  readonly run: string;
  /** When it was won; the create goes out right after. ISO 8601, UTC. */
  readonly at: string;
  /** True once the create's answer was lost: only looking can settle it. */
  readonly uncertain: boolean;
}

/** What the ledger holds of one item. */
export interface Entry {
  readonly key: ItemKey;
  /** The tracker's name in the configuration, and what it stood for then (`github:owner/repo`). */
  readonly tracker: string;
  readonly target: string;
  /** The item as the notes last stated it. */
  readonly item: KnownItem;
  readonly claim: Claim | null;
  readonly issue: { readonly id: string; readonly url: string } | null;
  readonly wrote: Wrote | null;
  /** The issue as we last saw it; `null` before the first look. */
  readonly seen: Issue | null;
  /** When we found that the issue was deleted. */
  readonly deletedAt: string | null;
}

/** One thing that happened to an item, for `history` and audits. */
export interface Event {
  readonly at: string;
  readonly run: string;
  readonly key: ItemKey | null;
  readonly tracker: string | null;
  /** `created`, `adopted`, `claimed`, `uncertain`, … */
  readonly what: string;
  readonly because: string;
  readonly issue: string | null;
}

/**
 * What we wrote where, and what we last saw there. A cache and a journal: losing it loses nothing.
 * Every method may throw `LedgerError`. Writes are durable when the promise resolves.
 */
export interface Ledger {
  /** For messages: the file or the Redis address without password. */
  readonly place: string;
  /**
   * The time by a clock that everybody who shares this ledger has in common; null where that is this machine's own.
   * Claims are dated by it, see `claimTime`.
   */
  now(): Promise<Date | null>;
  get(key: ItemKey): Promise<Entry | null>;
  /** All entries, or those of one target (`github:owner/repo`). */
  entries(target?: string): Promise<readonly Entry[]>;
  /**
   * Wins the key for this run, atomically, and writes the entry with the claim; exactly one caller gets true.
   * It is won when nobody holds it and no issue is recorded, or when the present claim is the one given as `instead`
   * (an orphan that was looked for and is settled). A claim that is dated more than `CLOCKS_DIFFER_MS` ahead of the ledger's
   * clock counts as of now, at the latest when the ledger is opened next: no wrong clock keeps a key for long.
   * When it is won, the event is added to the journal in the same step.
   */
  claim(entry: Entry & { readonly claim: Claim }, instead: Claim | null, event?: Event): Promise<boolean>;
  /** Marks our claim as uncertain. No effect when the claim is no longer ours. */
  doubt(key: ItemKey, run: string): Promise<void>;
  /** Gives our claim back after a definite refusal: nothing was created. No effect when it is no longer ours. */
  release(key: ItemKey, run: string): Promise<void>;
  /**
   * Writes an entry as a whole; used where an issue is known, so that no claim is left. The event is added to the journal
   * in the same step.
   */
  record(entry: Entry, event?: Event): Promise<void>;
  /** Forgets an entry. */
  forget(key: ItemKey): Promise<void>;
  cursor(target: string): Promise<string | null>;
  setCursor(target: string, cursor: string | null): Promise<void>;
  /** Adds to the journal. */
  log(event: Event): Promise<void>;
  /** The journal, oldest first; of one key when given. */
  history(key?: ItemKey): Promise<readonly Event[]>;
  /** A small place for what must outlive a run: the last report's figures, response validators. JSON text. */
  memo(name: string): Promise<string | null>;
  setMemo(name: string, value: string | null): Promise<void>;
  /** What is wrong with it, a sentence each: rows that cannot be read, settings that could lose data. Empty when all is well. */
  check(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** Clocks that differ by less are taken for right. */
export const CLOCKS_DIFFER_MS = 10 * 60_000;

/** The time by which claims are dated and judged: so that a machine whose clock is wrong takes no live run for a dead one. */
export async function claimTime(ledger: Pick<Ledger, 'now'>, clock: () => Date): Promise<Date> {
  return (await ledger.now()) ?? clock();
}
