import type { Item, ItemKey } from '../items/item.ts';
import type { Claim, Wrote } from '../ledger/ledger.ts';
import type { Draft, Issue, Patch } from '../trackers/tracker.ts';

/** A field's value before and after, for people to read; lists are joined. */
export type FieldDiff = Readonly<Record<string, { readonly from: string | null; readonly to: string | null }>>;

interface Base {
  readonly key: ItemKey;
  readonly title: string;
  /** The tracker's name; null when no route takes the item. */
  readonly tracker: string | null;
  /** A sentence that a person understands. */
  readonly because: string;
  readonly fields: FieldDiff;
  /** What the reader should know besides ("Yamamoto is not in people.yaml: named in the text, not assigned"). */
  readonly notes: readonly string[];
}

/**
 * One planned change.
 *
 * - `create`: file a new issue; `instead` is the orphaned claim that this one settles.
 * - `adopt`: an issue of ours with this key is there and the ledger did not know; `patch` may go with it.
 * - `update`: write the fields of `patch`.
 * - `close`: a second issue of ours with one key, which nobody but us touched (`of` is the one that stays), or one
 *   whose statement vanished, where the configuration asks for it (`of` is null).
 * - `wait`: a create was sent and its answer lost; it is not there yet and not given up yet.
 * - `nothing`: with the reason.
 *
 * `wrote` is what the ledger holds as written by us once the change is done.
 */
export type Change =
  | (Base & {
      readonly do: 'create';
      readonly item: Item;
      readonly draft: Draft;
      readonly instead: Claim | null;
      readonly wrote: Wrote;
    })
  | (Base & {
      readonly do: 'adopt';
      readonly item: Item;
      readonly issue: Issue;
      readonly patch: Patch | null;
      readonly wrote: Wrote;
    })
  | (Base & {
      readonly do: 'update';
      readonly item: Item;
      readonly issue: Issue;
      readonly patch: Patch;
      readonly wrote: Wrote;
    })
  | (Base & { readonly do: 'close'; readonly issue: Issue; readonly of: Issue | null; readonly patch: Patch })
  | (Base & { readonly do: 'wait'; readonly item: Item | null; readonly until: string })
  | (Base & {
      readonly do: 'nothing';
      readonly item: Item | null;
      readonly issue: { readonly id: string; readonly url: string } | null;
      /** Present where the ledger is to be brought up to date though the tracker is not written to; null: only followed. */
      readonly wrote?: Wrote | null;
    });

/** What a tracker is to a plan: its name, and what stands above its changes when the plan is printed. */
export interface PlannedTracker {
  readonly name: string;
  readonly type: 'github' | 'launchpad';
  readonly target: string;
  /** Why it could not be used, as a sentence; its items are then planned as `nothing` with this reason. */
  readonly unavailable?: string;
}

/** The changes that would bring the trackers in line with the notes. Computing it writes nothing. */
export interface Plan {
  readonly trackers: readonly PlannedTracker[];
  readonly changes: readonly Change[];
}
