import { describe, expect, it } from 'vitest';
import type { Item } from '../../src/items/item.ts';
import type { Entry } from '../../src/ledger/ledger.ts';
import { EVERYTHING } from '../../src/report/make.ts';
import { recall, remember } from '../../src/report/memory.ts';
import { attention } from '../../src/report/words.ts';
import { aKey, aKnownItem, anEntry, anIssue, aReport, NOW } from './builders.ts';

const LONG_AGO = '2020-01-01T00:00:00Z';
const BUG = { url: 'https://bugs.launchpad.net/neutron/+bug/7', kind: 'launchpad-bug', id: '7' } as const;

function only(entry: Entry) {
  const [item] = aReport({ entries: [entry] }).items;
  if (item === undefined) throw new Error('the report is empty');
  return item;
}

describe('what a report says of one item', () => {
  it.each([
    {
      when: 'its issue is open',
      entry: anEntry(),
      expected: { state: 'open', raw: 'open', issue: { id: '41' }, tracker: 'work' },
    },
    {
      when: 'its issue was closed as not planned',
      entry: anEntry({ seen: anIssue({ state: 'dropped', raw: 'closed (not_planned)' }) }),
      expected: { state: 'dropped', raw: 'closed (not_planned)' },
    },
    {
      when: 'its issue was deleted',
      entry: anEntry({ deletedAt: LONG_AGO }),
      expected: { state: 'dropped', raw: 'deleted', remarks: ['its issue was deleted on the tracker'], stale: false },
    },
    {
      when: 'its issue is a duplicate',
      entry: anEntry({ seen: anIssue({ state: 'dropped', duplicateOf: '12' }) }),
      expected: { remarks: ['duplicate of 12'] },
    },
    {
      when: 'its issue was filed and never looked at',
      entry: { ...anEntry({ seen: null }), issue: { id: '41', url: 'https://github.com/owner/name/issues/41' } },
      expected: { state: 'unknown', issue: { id: '41' } },
    },
    {
      when: 'its create was sent and the answer was lost',
      entry: anEntry({ seen: null, claim: { run: 'r', at: LONG_AGO, uncertain: true } }),
      expected: {
        state: 'unknown',
        issue: null,
        tracker: null,
        remarks: [expect.stringContaining('does not send it twice')],
      },
    },
    {
      when: 'another run holds it',
      entry: anEntry({ seen: null, claim: { run: 'r', at: LONG_AGO, uncertain: false } }),
      expected: { state: 'unknown', remarks: [expect.stringContaining('a run is filing it')] },
    },
    {
      when: 'it has no issue yet',
      entry: anEntry({ seen: null }),
      expected: { state: 'open', issue: null, tracker: null, remarks: ['not filed yet'], stale: false },
    },
    {
      when: 'it is tracked elsewhere and could not be looked up',
      entry: anEntry({ seen: null, item: aKnownItem({ tracked: BUG }) }),
      expected: {
        state: 'unknown',
        tracked: true,
        issue: { id: '7', url: BUG.url },
        remarks: ['could not be looked up'],
      },
    },
  ])('when $when', ({ entry, expected }) => {
    expect(only(entry)).toMatchObject(expected);
  });

  it('takes the state of tracked work from where it is tracked', () => {
    const followed = new Map([
      [
        BUG.url,
        { state: 'in-progress', raw: 'In Progress', updatedAt: LONG_AGO, assignees: ['owner1'], remarks: [] } as const,
      ],
    ]);

    const { items } = aReport({ entries: [anEntry({ seen: null, item: aKnownItem({ tracked: BUG }) })], followed });

    expect(items[0]).toMatchObject({
      state: 'in-progress',
      raw: 'In Progress',
      tracked: true,
      stale: true,
      tracker: null,
    });
  });

  it('tells where the things stand that an item points to, and that their work is over while the item is open', () => {
    const review = { url: 'https://review.opendev.org/c/1', kind: 'gerrit-change', id: '1' } as const;
    const page = { url: 'https://example.org/page', kind: 'link', id: null } as const;
    const followed = new Map([
      [review.url, { state: 'done', raw: 'MERGED', updatedAt: LONG_AGO, assignees: [], remarks: [] } as const],
    ]);

    const { items, at } = aReport({ entries: [anEntry({ item: aKnownItem({ refs: [review, page] }) })], followed });

    const [item] = items;
    expect(item?.refs).toEqual([
      { ...review, state: 'done', raw: 'MERGED' },
      { ...page, state: null, raw: null },
    ]);
    expect(item === undefined ? [] : attention(item, at)).toContain('review 1 is done (MERGED)');
  });

  it('tells an item of the notes that the ledger does not hold, and tells one that it holds once', () => {
    const item = (letter: string): Item => ({
      ...aKnownItem(),
      key: aKey(letter),
      confidence: 1,
      evidence: [],
      alsoIn: [],
    });

    const { items } = aReport({ entries: [anEntry()], items: [item('a'), item('b')] });

    expect(items.map(({ key, remarks }) => [key, remarks])).toEqual([
      [aKey('a'), []],
      [aKey('b'), ['not filed yet']],
    ]);
  });
});

describe('stale, overdue and unowned', () => {
  it.each([
    {
      when: 'open and unchanged for longer than the limit',
      seen: anIssue({ updatedAt: '2020-05-16T11:59:59Z' }),
      stale: true,
    },
    {
      when: 'open and unchanged for just the limit',
      seen: anIssue({ updatedAt: '2020-05-16T12:00:00Z' }),
      stale: false,
    },
    { when: 'in progress and unchanged', seen: anIssue({ state: 'in-progress', updatedAt: LONG_AGO }), stale: true },
    { when: 'done long ago', seen: anIssue({ state: 'done', updatedAt: LONG_AGO }), stale: false },
    { when: 'dropped long ago', seen: anIssue({ state: 'dropped', updatedAt: LONG_AGO }), stale: false },
  ])('stale is $stale when $when', ({ seen, stale }) => {
    expect(only(anEntry({ seen })).stale).toBe(stale);
  });

  it.each([
    { when: 'its date was yesterday', date: '2020-06-14', state: 'open', overdue: true },
    { when: 'its date is today', date: '2020-06-15', state: 'open', overdue: false },
    { when: 'no calendar knows its date', date: null, state: 'open', overdue: false },
    { when: 'it is done', date: '2020-01-01', state: 'done', overdue: false },
  ] as const)('overdue is $overdue when $when', ({ date, state, overdue }) => {
    const item = aKnownItem({ due: { text: 'Victoria-2', date } });

    expect(only(anEntry({ item, seen: anIssue({ state }) })).overdue).toBe(overdue);
  });

  it.each([
    { when: 'nobody is named or assigned', owners: [], assignees: [], unowned: true },
    { when: 'the tracker assigned somebody', owners: [], assignees: ['owner1'], unowned: false },
    { when: 'the note names somebody', owners: aKnownItem().owners, assignees: [], unowned: false },
  ])('unowned is $unowned when $when', ({ owners, assignees, unowned }) => {
    expect(only(anEntry({ item: aKnownItem({ owners }), seen: anIssue({ assignees }) })).unowned).toBe(unowned);
  });
});

describe('the report as a whole', () => {
  const named = (name: string) => [{ name, github: `${name}-gh`.toLowerCase(), launchpad: null }];
  const entries = [
    anEntry({
      key: aKey('a'),
      item: aKnownItem({ owners: named('Owner'), source: { note: 'notes/a.txt', lineStart: 30, lineEnd: 30 } }),
    }),
    anEntry({
      key: aKey('b'),
      item: aKnownItem({ owners: [] }),
      seen: anIssue({ id: '9', state: 'done', updatedAt: LONG_AGO }),
    }),
    anEntry({
      key: aKey('c'),
      item: aKnownItem({ kind: 'rfe', source: { note: 'notes/a.txt', lineStart: 5, lineEnd: 5 } }),
    }),
  ];
  const keys = (over: Partial<typeof EVERYTHING>) =>
    aReport({ entries, filters: { ...EVERYTHING, ...over } }).items.map(({ key }) => key.at(-1));

  it('stands in the order of the notes, whatever the order of the ledger', () => {
    expect(keys({})).toEqual(['c', 'b', 'a']);
    expect(aReport({ entries: [...entries].reverse() })).toEqual(aReport({ entries }));
  });

  it('counts what it lists', () => {
    expect(aReport({ entries }).summary).toMatchObject({
      items: 3,
      open: 2,
      done: 1,
      dropped: 0,
      stale: 0,
      unowned: 0,
    });
  });

  it.each([
    { by: 'owner', filter: { owner: 'OWNER' }, left: ['c', 'a'] },
    { by: 'account', filter: { owner: 'owner-gh' }, left: ['a'] },
    { by: 'nobody', filter: { owner: 'nobody' }, left: ['b'] },
    { by: 'kind', filter: { kind: 'rfe' as const }, left: ['c'] },
    { by: 'state', filter: { states: ['done' as const] }, left: ['b'] },
    { by: 'time of change', filter: { since: new Date('2020-06-01') }, left: ['c', 'a'] },
  ])('leaves out by $by', ({ filter, left }) => {
    expect(keys(filter)).toEqual(left);
  });

  it('tells what moved since the last one', () => {
    const before = aReport({
      entries: entries.slice(0, 2).map((entry) => ({ ...entry, seen: anIssue() })),
      now: new Date('2020-06-14'),
    });

    const report = aReport({ entries, previous: recall(remember(null, before), null) });

    expect(report.since).toEqual({ at: '2020-06-14T00:00:00.000Z', done: 1, dropped: 0, added: 1, newlyStale: 0 });
  });

  it('says when there was none before', () => {
    expect(aReport().since).toBeNull();
    expect(aReport().at).toBe(NOW.toISOString());
  });
});
