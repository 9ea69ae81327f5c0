import type { Finding, Item, ItemKey, KnownItem, NoteFacts, Owner } from '../src/items/item.ts';
import { knownOf } from '../src/items/item.ts';
import type { Claim, Entry, Wrote } from '../src/ledger/ledger.ts';
import type { Issue } from '../src/trackers/tracker.ts';

/** A key for tests: the same word gives the same key, two words give two. */
export function aKey(word = 'item'): ItemKey {
  const letters = [...word.toLowerCase()].map((letter) => (/[a-z2-7]/.test(letter) ? letter : (DIGITS[letter] ?? 'q')));
  return `${letters.join('').slice(0, 16)}${'z'.repeat(16)}`.slice(0, 16) as ItemKey;
}

const DIGITS: Readonly<Record<string, string>> = { '0': 'o', '1': 'l', '8': 'b', '9': 'g' };

export function anOwner(over: Partial<Owner> = {}): Owner {
  return { name: 'Owner One', github: null, launchpad: null, ...over };
}

export function aNote(over: Partial<NoteFacts> = {}): NoteFacts {
  return {
    source: 'notes/summary.md',
    url: null,
    title: 'Team meeting summary',
    author: 'Author One',
    date: '2026-03-02',
    ...over,
  };
}

/** An action item as extraction finds it; each test states only what matters to it. */
export function aFinding(over: Partial<Finding> = {}): Finding {
  return {
    kind: 'action',
    title: 'Drop the old grenade job',
    quote: 'Owner One will drop the old grenade job.',
    owners: [],
    refs: [],
    due: null,
    section: ['Jobs'],
    source: { note: 'notes/summary.md', lineStart: 10, lineEnd: 11 },
    note: aNote(),
    tracked: null,
    confidence: 0.9,
    evidence: ['will'],
    ...over,
  };
}

export function anItem(over: Partial<Item> = {}): Item {
  return { ...aFinding(), key: aKey('item'), alsoIn: [], ...over };
}

export function aKnownItem(over: Partial<KnownItem> = {}): KnownItem {
  return { ...knownOf(anItem()), ...over };
}

/** An open issue by our own account, as it looks right after its create. */
export function anIssue(over: Partial<Issue> = {}): Issue {
  const id = over.id ?? '1';
  return {
    id,
    url: `https://github.com/acme/items/issues/${id}`,
    title: 'Drop the old grenade job',
    body: '',
    state: 'open',
    raw: 'open',
    labels: ['ptg', 'action'],
    assignees: [],
    author: 'bot',
    createdAt: '2026-03-02T10:00:00.000Z',
    updatedAt: '2026-03-02T10:00:00.000Z',
    duplicateOf: null,
    ...over,
  };
}

function aWrote(over: Partial<Wrote> = {}): Wrote {
  return { title: 'Drop the old grenade job', block: 'block', labels: ['ptg', 'action'], assignees: [], ...over };
}

export function aClaim(over: Partial<Claim> = {}): Claim {
  return { run: 'run-other', at: '2026-03-02T10:00:00.000Z', uncertain: false, ...over };
}

/** What the ledger holds of an item that was filed as #1 on `work`. */
export function anEntry(over: Partial<Entry> = {}): Entry {
  const issue = anIssue();
  return {
    key: aKey('item'),
    tracker: 'work',
    target: 'github:acme/items',
    item: aKnownItem(),
    claim: null,
    issue: { id: issue.id, url: issue.url },
    wrote: aWrote(),
    seen: issue,
    deletedAt: null,
    ...over,
  };
}
