import type { Item, ItemKey, ItemKind } from '../items/item.ts';
import type { Entry } from '../ledger/ledger.ts';

export { nameOf, targetOf } from '../trackers/tracker.ts';

import type { Access, Dialect, Issue, OwnBlock, Tracker } from '../trackers/tracker.ts';

/** An issue of ours as it stands on the tracker now; `block` is null where a person took our part away. */
export interface OwnIssue {
  readonly issue: Issue;
  readonly block: OwnBlock | null;
}

/**
 * What a look for one key gave.
 *
 * - `absent`: all issues since before the claim were listed at that time, and the key was on none of them.
 * - `gone`: the issue that the ledger names was asked for by its id, and is deleted.
 */
export interface Look {
  readonly what: 'absent' | 'gone';
  /** When the look began: a look from before the settling time proves nothing. */
  readonly at: Date;
}

/** One tracker with everything that was found out about it before planning. */
export interface TrackerFacts {
  readonly name: string;
  readonly type: Tracker['type'];
  readonly target: string;
  readonly dialect: Dialect;
  readonly limits: Tracker['limits'];
  readonly access: Access;
  /** The labels (GitHub) or tags (Launchpad) that the configuration gives every issue there. */
  readonly labels: readonly string[];
  /** The accounts that were asked about and can be assigned; `accountsToAsk` says which to ask about. */
  readonly assignable: ReadonlySet<string>;
  /** Issues of ours as they are now, by key; several where one key was filed twice. `ownIssues` gathers them. */
  readonly issues: ReadonlyMap<ItemKey, readonly OwnIssue[]>;
  readonly lookedFor: ReadonlyMap<ItemKey, Look>;
  /** Why it cannot be used now, as a sentence; null when it can. Its items are then left for another run. */
  readonly unavailable: string | null;
}

/** A route of the configuration. */
export interface RouteRule {
  readonly kind?: ItemKind | undefined;
  readonly section?: string | undefined;
  readonly note?: string | undefined;
  readonly owner?: string | undefined;
  readonly words?: readonly string[] | undefined;
  readonly tracker: string;
  readonly labels: readonly string[];
  readonly tags: readonly string[];
  readonly titlePrefix: string;
  readonly milestone?: string | undefined;
  readonly importance?: string | undefined;
}

/** Who is who; a person of `people.yaml`. */
export interface PersonRule {
  readonly name: string;
  readonly nicks: readonly string[];
  readonly github?: string | undefined;
  readonly launchpad?: string | undefined;
}

/** An item that may be a known one said anew: too like it to be filed, too unlike it to be taken for the same. */
export interface Doubt {
  readonly key: ItemKey;
  readonly maybe: readonly { readonly key: ItemKey; readonly title: string; readonly quote: string }[];
  readonly because: string;
}

export interface PlanOptions {
  /** Only these keys are touched; null for all. */
  readonly only: ReadonlySet<string> | null;
  /** Most creates of this run, over all trackers. */
  readonly maxCreates: number;
  readonly now: Date;
  /** This run's id. */
  readonly run: string;
  /** Whether issues whose statement vanished are closed. */
  readonly closeVanished: boolean;
}

/** Everything a plan is made from. Nothing is optional: the caller must have looked. */
export interface PlanInput {
  readonly items: readonly Item[];
  readonly doubts: readonly Doubt[];
  readonly trackers: readonly TrackerFacts[];
  readonly entries: readonly Entry[];
  /** Keys of ours for one statement: by the key that is given up, the one that goes on. Its issue is among that one's. */
  readonly twins: ReadonlyMap<ItemKey, ItemKey>;
  readonly routes: readonly RouteRule[];
  readonly people: readonly PersonRule[];
  /** Tells whether a note (by its source) was read in this run: only then can its statements have vanished. */
  readonly read: { has(note: string): boolean };
  /** Decisions of `review`: the tracker's name that a person chose for an item. */
  readonly chosen: ReadonlyMap<ItemKey, string>;
  /** Decisions of `review`: items that a person dropped. They are never filed; what was filed before is left alone. */
  readonly dropped: ReadonlySet<ItemKey>;
  readonly options: PlanOptions;
}

/** What a change or an outcome says of an issue. */
export function linkOf(issue: { readonly id: string; readonly url: string }): {
  readonly id: string;
  readonly url: string;
} {
  return { id: issue.id, url: issue.url };
}

/** Whether the work is over, one way or the other. */
export function isClosed(issue: { readonly state: Issue['state'] }): boolean {
  return issue.state === 'done' || issue.state === 'dropped';
}
