import type { Due, ItemKey, ItemKind, Owner, Ref } from '../items/item.ts';
import type { State } from '../trackers/tracker.ts';

/** One item's follow-up. */
export interface ReportItem {
  readonly key: ItemKey;
  readonly title: string;
  readonly kind: ItemKind;
  readonly owners: readonly Owner[];
  readonly due: Due | null;
  /** The note's title and where the statement stands. */
  readonly note: {
    readonly title: string;
    readonly date: string | null;
    readonly source: string;
    readonly url: string | null;
    /** Lines of the raw file, 1-based; 0 where only the issue is left of an item. */
    readonly lineStart: number;
    readonly lineEnd: number;
  };
  readonly section: readonly string[];
  /** Null for an item that has no issue yet. */
  readonly tracker: string | null;
  readonly issue: { readonly id: string; readonly url: string } | null;
  readonly state: State;
  /** The tracker's own word. */
  readonly raw: string | null;
  readonly assignees: readonly string[];
  readonly updatedAt: string | null;
  /** Open, and nothing happened for longer than the limit. */
  readonly stale: boolean;
  /** Open, and its due date has passed. */
  readonly overdue: boolean;
  /** Open, and nobody is named or assigned. */
  readonly unowned: boolean;
  /** An issue that existed before and that we only follow. */
  readonly tracked: boolean;
  /** What the statement points to, with its present state; null for what has none (a page, a spec) or was not asked about. */
  readonly refs: readonly (Ref & { readonly state: State | null; readonly raw: string | null })[];
  /** What else is to be said: deleted, could not be reached, duplicate of. */
  readonly remarks: readonly string[];
}

export interface ReportSummary {
  readonly items: number;
  readonly open: number;
  readonly inProgress: number;
  readonly done: number;
  readonly dropped: number;
  readonly unknown: number;
  readonly stale: number;
  readonly overdue: number;
  readonly unowned: number;
}

/** The follow-up: what is open, done, dropped, stale, unowned, overdue. */
export interface Report {
  /** ISO 8601, UTC: when the trackers were looked at. */
  readonly at: string;
  readonly items: readonly ReportItem[];
  readonly summary: ReportSummary;
  /** What moved since the last report; null when there was none. */
  readonly since: {
    readonly at: string;
    readonly done: number;
    readonly dropped: number;
    readonly added: number;
    readonly newlyStale: number;
  } | null;
  readonly warnings: readonly string[];
}
