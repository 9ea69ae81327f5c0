import type { ItemKey } from '../items/item.ts';

/** The state of the work, whatever the tracker calls it; `raw` beside it keeps the tracker's own word. */
export type State = 'open' | 'in-progress' | 'done' | 'dropped' | 'unknown';

/** An issue as a tracker holds it: a GitHub issue, a Launchpad bug with its task on the project. */
export interface Issue {
  /** GitHub: the number. Launchpad: the bug id. */
  readonly id: string;
  readonly url: string;
  readonly title: string;
  /** The whole text, ours and the people's. */
  readonly body: string;
  readonly state: State;
  /** The tracker's own word: `open`, `closed (not_planned)`, `Fix Released`. */
  readonly raw: string;
  /** GitHub labels, Launchpad tags. */
  readonly labels: readonly string[];
  /** Account names on this tracker. */
  readonly assignees: readonly string[];
  readonly author: string | null;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly updatedAt: string;
  /** The id of the issue that this one was marked a duplicate of, where known. */
  readonly duplicateOf: string | null;
}

/** Our part of an issue's body, as it was found there. */
export interface OwnBlock {
  readonly key: ItemKey;
  /** What stands between our marks. */
  readonly content: string;
  /** False when a person edited it: its hash is not the one that we wrote beside the key. */
  readonly untouched: boolean;
}

/** What a block says about the statement, so that identity survives the loss of the ledger. Neutralising is undone. */
export interface Passage {
  readonly title: string | null;
  readonly quote: string;
  readonly section: readonly string[];
  readonly owners: readonly string[];
  /** The note's source as written in the block. */
  readonly note: string | null;
}

/** How a tracker's text is written. Pure: no request is made here. */
export interface Dialect {
  /** Makes text safe: nobody is pinged, nothing is linked back, nothing is closed; reads the same to people. */
  neutralise(text: string): string;
  /** Our block's content for an item: passage, place, owners, refs, due. Already neutralised. */
  render(body: IssueText): string;
  /** The content between our marks with key and hash. */
  wrap(key: ItemKey, content: string): string;
  /** Our block in a body, or null when there is none. */
  find(body: string): OwnBlock | null;
  /** The body with our block exchanged (or appended when there is none), everything else byte for byte as it was. */
  replace(body: string, key: ItemKey, content: string): string;
  /** Reads a block's content back; null when a person has changed it beyond reading. */
  read(content: string): Passage | null;
}

/** What a block is made from: plain words, not yet neutralised. */
export interface IssueText {
  readonly title: string;
  readonly quote: string;
  readonly section: readonly string[];
  /** Where it stands, one entry a note; the first is the main one. */
  readonly sources: readonly {
    readonly note: string;
    readonly title: string;
    readonly author: string | null;
    readonly date: string | null;
    readonly url: string | null;
    readonly lineStart: number;
    readonly lineEnd: number;
  }[];
  /** As named in the note, with the account when it could be assigned. */
  readonly owners: readonly { readonly name: string; readonly account: string | null; readonly assigned: boolean }[];
  readonly refs: readonly { readonly url: string; readonly label: string }[];
  readonly due: string | null;
  readonly evidence: readonly string[];
}

/** What an issue is created from. `body` already holds our block. */
export interface Draft {
  readonly key: ItemKey;
  readonly title: string;
  readonly body: string;
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
  readonly milestone: string | null;
  readonly importance: string | null;
}

/** The fields that we may write on an existing issue; what is absent is left alone. */
export interface Patch {
  readonly title?: string;
  readonly body?: string;
  /** Labels to add and to take away; others are never touched. */
  readonly addLabels?: readonly string[];
  readonly removeLabels?: readonly string[];
  readonly addAssignees?: readonly string[];
  readonly removeAssignees?: readonly string[];
  /** Only when the configuration asks for it, or for a duplicate of ours. */
  readonly close?: { readonly as: 'done' | 'dropped' } | { readonly as: 'duplicate'; readonly of: string };
}

/** What an issue became, and what was asked for and did not stick ("label rfe", "assignee bob", "importance Wishlist"). */
export interface Written {
  readonly issue: Issue;
  readonly dropped: readonly { readonly what: string; readonly because: string }[];
}

/** The answer to "what changed since": the issues that changed, and where to go on next time. */
export interface Changes {
  readonly issues: readonly Issue[];
  /** Opaque; kept in the ledger; null asks for everything. */
  readonly cursor: string | null;
  /** True when the tracker said that nothing changed (a 304). */
  readonly unchanged: boolean;
}

/** Who we are there and what we may do; found by one look at the start of a run. */
export interface Access {
  /** Our own account, by which our issues are found again. */
  readonly account: string | null;
  readonly mayLabel: boolean;
  readonly mayAssign: boolean;
  readonly warnings: readonly string[];
}

/** How many requests a service still takes, as one of its answers told. */
export interface Allowance {
  readonly left: number;
  readonly limit: number;
  /** When there are as many again as the limit says. */
  readonly until: Date;
  /** When it was told. */
  readonly at: Date;
}

/**
 * A service that holds issues. Every method may throw `TrackerError`; nothing else that is expected.
 * Calls that only read may be repeated inside; `create` is sent once.
 */
export interface Tracker {
  /** The name in the configuration ("work"). */
  readonly name: string;
  readonly type: 'github' | 'launchpad';
  /** What it is on that service: `owner/repo`, a Launchpad project. */
  readonly target: string;
  readonly dialect: Dialect;
  readonly limits: {
    /** Most characters of a title, and of a body. */
    readonly title: number;
    readonly body: number;
    readonly assignees: number;
    /** How long after an attempt an issue that is not in the lists may still appear there, in ms. */
    readonly settleAfterMs: number;
  };
  /** Looks once whether the tracker is there and takes issues; throws `denied`, `missing`, `disabled`, `unreachable`. */
  open(): Promise<Access>;
  /**
   * Issues of ours or of everybody (the caller filters by key) that changed since the cursor: all states, all pages.
   * One conditional request when nothing changed.
   */
  changes(cursor: string | null): Promise<Changes>;
  /** Every issue that our account created at or after that time: all states, all pages, never conditional. Settles doubts. */
  createdSince(time: Date): Promise<readonly Issue[]>;
  /** One issue by its id; null when it was deleted; follows transfers and renames. */
  get(id: string): Promise<Issue | null>;
  /** Which of these accounts can be assigned. */
  assignable(accounts: readonly string[]): Promise<ReadonlySet<string>>;
  /**
   * Sends the create exactly once. Throws `uncertain` when the answer was lost, `invalid` when it was refused.
   * `mayI` is awaited right before the request leaves, behind all waiting; when it throws, nothing is sent and that is thrown.
   */
  create(draft: Draft, mayI?: () => Promise<void>): Promise<Written>;
  /** Writes only what the patch names. `seen` is the issue as it was compared; throws `conflict` when it moved, `gone` when deleted. */
  update(seen: Issue, patch: Patch): Promise<Written>;
  /** What the last answer told of how many requests are left; null before the first. Absent where the service does not tell. */
  allowance?(): Allowance | null;
}

/** How a tracker's target is named in the ledger: `github:owner/repo`, `launchpad:neutron`. */
export function targetOf(tracker: Pick<Tracker, 'type' | 'target'>): string {
  return `${tracker.type}:${tracker.target}`;
}

/** An issue as people of that tracker name it: `#41`, `LP 2104411`. */
export function nameOf(type: Tracker['type'], id: string): string {
  return type === 'github' ? `#${id}` : `LP ${id}`;
}

/** Whether two texts are the same to people: line ends and the space at the end are the trackers' own business, not an edit. */
export function same(a: string, b: string): boolean {
  return a === b || plain(a) === plain(b);
}

function plain(text: string): string {
  return text.replace(/\r\n?/g, '\n').normalize('NFC').trim();
}
