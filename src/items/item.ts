declare const brand: unique symbol;

/** The identity of an item: 16 characters of a-z and 2-7; made only by `itemKey` and read only by `parseKey`. */
export type ItemKey = string & { readonly [brand]: 'ItemKey' };

/** The key that a text is, or null when it is none: for what comes back from trackers, ledgers and people. */
export function parseKey(text: string): ItemKey | null {
  return /^[a-z2-7]{16}$/.test(text) ? (text as ItemKey) : null;
}

export type ItemKind = 'action' | 'rfe';

/** Somebody named as the one to do it; accounts only where `people.yaml` gives them, never guessed. */
export interface Owner {
  readonly name: string;
  readonly github: string | null;
  readonly launchpad: string | null;
}

export type RefKind =
  | 'launchpad-bug'
  | 'launchpad-blueprint'
  | 'github-issue'
  | 'github-pull'
  | 'gerrit-change'
  | 'storyboard-story'
  | 'spec'
  | 'etherpad'
  | 'link';

/** Something the statement points to. `id` is the bug, issue or change number, `owner/repo#12` on GitHub, else null. */
export interface Ref {
  readonly url: string;
  readonly kind: RefKind;
  readonly id: string | null;
}

/** A release, milestone, meeting or date as it is written; `date` (`YYYY-MM-DD`) only where a calendar says so. */
export interface Due {
  readonly text: string;
  readonly date: string | null;
}

/** Where a statement stands: lines of the raw file, 1-based. */
export interface Source {
  readonly note: string;
  readonly lineStart: number;
  readonly lineEnd: number;
}

/** What a note says about itself, as an item quotes it. */
export interface NoteFacts {
  readonly source: string;
  readonly url: string | null;
  readonly title: string;
  readonly author: string | null;
  readonly date: string | null;
}

/** An action item or an RFE request as it was found in a note, before it has an identity. */
export interface Finding {
  readonly kind: ItemKind;
  /** Imperative, at most 80 characters, makes sense alone. */
  readonly title: string;
  /** The visible text of the statement, one space between words. */
  readonly quote: string;
  readonly owners: readonly Owner[];
  readonly refs: readonly Ref[];
  readonly due: Due | null;
  readonly section: readonly string[];
  readonly source: Source;
  /** The note it stands in. */
  readonly note: NoteFacts;
  /** The issue that already exists for this very work. */
  readonly tracked: Ref | null;
  /** 0 to 1. */
  readonly confidence: number;
  /** What spoke for it: cue ids or the words that fired. */
  readonly evidence: readonly string[];
}

/** A finding with its identity and with the other places that state the same. */
export interface Item extends Finding {
  readonly key: ItemKey;
  readonly alsoIn: readonly (Source & { readonly noteFacts: NoteFacts; readonly quote: string })[];
}

/** The part of an item that identity and reports need later. */
export interface KnownItem {
  readonly kind: ItemKind;
  readonly title: string;
  readonly quote: string;
  readonly section: readonly string[];
  readonly owners: Finding['owners'];
  readonly refs: Finding['refs'];
  readonly tracked: Finding['tracked'];
  readonly due: Due | null;
  readonly source: Source;
  readonly alsoIn: readonly Source[];
  readonly note: NoteFacts;
}

/** The part of an item that identity and reports need later, as the ledger keeps it. */
export function knownOf(item: Item): KnownItem {
  const { kind, title, quote, section, owners, refs, tracked, due, source, note } = item;
  const alsoIn = item.alsoIn.map(({ note, lineStart, lineEnd }) => ({ note, lineStart, lineEnd }));
  return { kind, title, quote, section, owners, refs, tracked, due, source, alsoIn, note };
}
