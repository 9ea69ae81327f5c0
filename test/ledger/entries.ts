import type { ItemKey } from '../../src/items/item.ts';
import type { Claim, Entry, Event } from '../../src/ledger/ledger.ts';

/** The n-th of many keys. */
export function aKey(n = 0): ItemKey {
  return n
    .toString(26)
    .replace(/[0-9]/g, (digit) => 'qrstuvwxyz'[Number(digit)] ?? 'q')
    .padStart(16, 'a') as ItemKey;
}

/** An entry in which a test states only what matters to it. */
export function anEntry(part: Partial<Entry> = {}): Entry {
  return {
    key: aKey(),
    tracker: 'work',
    target: 'github:owner/repo',
    item: {
      kind: 'action',
      title: 'Write the release note',
      quote: 'alice will write the release note.',
      section: ['Retrospective'],
      owners: [{ name: 'alice', github: 'alice', launchpad: null }],
      refs: [{ url: 'https://example.org/1', kind: 'link', id: null }],
      tracked: null,
      due: { text: 'next week', date: null },
      source: { note: 'notes.md', lineStart: 3, lineEnd: 4 },
      alsoIn: [],
      note: { source: 'notes.md', url: null, title: 'Notes', author: 'bob', date: '2026-01-05' },
    },
    claim: null,
    issue: null,
    wrote: null,
    seen: null,
    deletedAt: null,
    ...part,
  };
}

/** A claim of a run. */
export function aClaim(run: string, part: Partial<Claim> = {}): Claim {
  return { run, at: '2026-01-05T10:00:00.000Z', uncertain: false, ...part };
}

/** An entry with a claim of a run. */
export function claimed(run: string, part: Partial<Entry> = {}): Entry & { readonly claim: Claim } {
  return { ...anEntry(part), claim: aClaim(run) };
}

/** An entry of an issue that was filed and seen. */
export function filed(part: Partial<Entry> = {}): Entry {
  const url = 'https://example.org/owner/repo/issues/7';
  return anEntry({
    issue: { id: '7', url },
    wrote: { title: 'Write the release note', block: 'block', labels: ['ptg'], assignees: ['alice'] },
    seen: {
      id: '7',
      url,
      title: 'Write the release note',
      body: 'text “with” ünïcode \u0000 and\nlines',
      state: 'open',
      raw: 'open',
      labels: ['ptg'],
      assignees: ['alice'],
      author: 'bot',
      createdAt: '2026-01-05T10:00:01Z',
      updatedAt: '2026-01-05T10:00:01Z',
      duplicateOf: null,
    },
    ...part,
  });
}

/** Something that happened to an item. */
export function anEvent(part: Partial<Event> = {}): Event {
  return {
    at: '2026-01-05T10:00:00.000Z',
    run: 'run-1',
    key: aKey(),
    tracker: 'work',
    what: 'created',
    because: 'it is new',
    issue: '7',
    ...part,
  };
}
