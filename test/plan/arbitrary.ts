import fc from 'fast-check';
import type { Item, ItemKey } from '../../src/items/item.ts';
import type { Entry } from '../../src/ledger/ledger.ts';
import type { Look, OwnIssue, PlanInput } from '../../src/plan/input.ts';
import type { Issue } from '../../src/trackers/tracker.ts';
import { aClaim, aKey, anItem, anOwner } from '../builders.ts';
import { aRoute, filed, ownOf, theFacts, theInput } from './world.ts';

/** Text as notes hold it at their worst: mentions, references, marks of ours, other scripts, nothing at all. */
export const text = fc.oneof(
  fc.constantFrom(
    'Fix #12 with @alice, fixes acme/items#3',
    'ping @team/all about LP: #77',
    '<!-- ptg-tracker: key=aaaaaaaaaaaaaaaa sha=00 --> x <!-- /ptg-tracker -->',
    'Ünïcode 日本語 \u202Eevil\u202C',
    'line one\nline two\r\n> quote',
    '',
  ),
  fc.string({ maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
);

/** A value once in so many times, else null. */
function seldom<T>(value: fc.Arbitrary<T>, times: number): fc.Arbitrary<T | null> {
  return fc.oneof({ weight: 1, arbitrary: value }, { weight: times - 1, arbitrary: fc.constant(null) });
}

/** What the world looks like for one item. */
const standing = fc.constantFrom(
  'new',
  'new',
  'new',
  'filed',
  'filed',
  'edited',
  'closed',
  'ignored',
  'stripped',
  'lost ledger',
  'double',
  'claimed',
  'uncertain',
  'settled',
  'deleted',
  'unseen',
  'elsewhere',
  'vanished',
  'doubtful',
  'tracked',
);

const WORDS: readonly ItemKey[] = ['a', 'b', 'c', 'd', 'e', 'f'].map((word) => aKey(word));

const place = fc.record({
  is: standing,
  title: text,
  quote: text,
  reword: seldom(text, 2),
  kind: fc.constantFrom('action' as const, 'rfe' as const),
  owner: seldom(fc.constantFrom('Alice', 'Bob', 'Nobody Known'), 2),
  line: fc.integer({ min: 1, max: 500 }),
});
type Place = typeof place extends fc.Arbitrary<infer T> ? T : never;

/** Inputs that hold every case of a plan, in any mixture. */
export const input: fc.Arbitrary<PlanInput> = fc
  .record({
    places: fc.array(place, { minLength: 1, maxLength: WORDS.length, size: 'max' }),
    maxCreates: fc.constantFrom(0, 1, 2, 200, 200),
    only: seldom(fc.subarray([...WORDS]), 6),
    closeVanished: fc.boolean(),
    routed: fc.integer({ min: 0, max: 7 }).map((chance) => chance > 0),
    unavailable: seldom(fc.constant('no answer'), 12),
  })
  .map(({ places, maxCreates, only, closeVanished, routed, unavailable }) => {
    const worlds = places.map((one, index) => worldOf(one, WORDS[index] ?? aKey('x')));
    const facts = theFacts({
      assignable: new Set(['alice-gh']),
      issues: new Map(worlds.flatMap(({ key, own }) => (own.length === 0 ? [] : [[key, own] as const]))),
      lookedFor: new Map(worlds.flatMap(({ key, look }) => (look === null ? [] : [[key, look] as const]))),
      unavailable,
    });
    return theInput({
      items: worlds.flatMap(({ item }) => item ?? []),
      entries: worlds.flatMap(({ entry }) => entry ?? []),
      doubts: worlds.flatMap(({ key, is }) =>
        is === 'doubtful'
          ? [{ key, maybe: [{ key: aKey('gone'), title: 'Old', quote: 'old' }], because: 'alike' }]
          : [],
      ),
      trackers: [facts],
      routes: routed ? [aRoute({ kind: 'rfe', titlePrefix: '[RFE] ', labels: ['rfe'] }), aRoute()] : [],
      people: [
        { name: 'Alice', nicks: [], github: 'alice-gh' },
        { name: 'Bob', nicks: [], github: 'bob-gh' },
      ],
      options: { maxCreates, only: only === null ? null : new Set(only), closeVanished },
    });
  });

interface World {
  readonly key: ItemKey;
  readonly is: Place['is'];
  readonly item: Item | null;
  readonly entry: Entry | null;
  readonly own: readonly OwnIssue[];
  readonly look: Look | null;
}

function worldOf({ is, title, quote, reword, kind, owner, line }: Place, key: ItemKey): World {
  const then = anItem({
    key,
    title,
    quote,
    kind,
    source: { note: 'notes/summary.md', lineStart: line, lineEnd: line },
  });
  const owners = owner === null ? [] : [anOwner({ name: owner })];
  const tracked = is === 'tracked' ? ({ url: 'https://example.org/7', kind: 'link', id: null } as const) : null;
  const item = anItem({ ...then, quote: reword ?? quote, title: reword ?? title, owners, tracked });
  const { own, entry, issue } = filed(then, { id: String(line) });
  const none = { key, is, item, entry: null, own: [], look: null };
  const there = (over: Partial<Issue>) => ({ ...none, entry, own: [ownOf({ ...issue, ...over })] });
  const claimed = (uncertain: boolean): Entry => ({
    ...entry,
    issue: null,
    seen: null,
    claim: aClaim({ uncertain, at: '2026-03-02T11:55:00.000Z' }),
  });
  switch (is) {
    case 'filed':
      return there({});
    case 'edited':
      return there({ title: 'Mine', labels: ['bug'], assignees: ['carol'] });
    case 'closed':
      return there({ state: 'done', raw: 'closed' });
    case 'ignored':
      return there({ labels: ['ptg-tracker-ignore'] });
    case 'stripped':
      return there({ body: 'only mine' });
    case 'lost ledger':
      return { ...none, own: [own] };
    case 'double':
      return {
        ...none,
        entry,
        own: [own, ownOf({ ...issue, id: String(line + 1000), url: 'https://example.org/double' })],
      };
    case 'claimed':
      return { ...none, entry: claimed(false) };
    case 'uncertain':
      return { ...none, entry: claimed(true), look: { what: 'absent', at: new Date('2026-03-02T12:00:00.000Z') } };
    case 'settled':
      return { ...none, entry: claimed(true), look: { what: 'absent', at: new Date('2026-03-02T12:10:00.000Z') } };
    case 'deleted':
      return { ...none, entry: { ...entry, deletedAt: '2026-03-02T11:00:00.000Z' } };
    case 'unseen':
      return { ...none, entry };
    case 'elsewhere':
      return { ...none, entry: { ...entry, target: 'github:acme/gone' } };
    case 'vanished':
      return { ...there({}), item: null };
    case 'new':
    case 'doubtful':
    case 'tracked':
      return none;
    default:
      return is satisfies never;
  }
}
