import { describe, expect, it } from 'vitest';
import { routeOf } from '../../src/plan/route.ts';
import { aNote, anItem, anOwner } from '../builders.ts';
import { aRoute } from './world.ts';

const item = anItem({
  kind: 'rfe',
  title: 'Add a tag to ports',
  quote: 'Alice wants tags on ports, for OVN.',
  section: ['Cross project', 'Octavia and Neutron'],
  owners: [anOwner({ name: 'Alice Example', github: 'alice-gh' })],
  source: { note: 'notes/2026-ptg.md', lineStart: 1, lineEnd: 1 },
  note: aNote({ title: 'Spring gathering' }),
  alsoIn: [
    {
      note: 'blog/post.md',
      lineStart: 4,
      lineEnd: 4,
      noteFacts: aNote({ title: 'What we did' }),
      quote: 'Tags on ports.',
    },
  ],
});
const taken = (route: Parameters<typeof aRoute>[0]) =>
  routeOf(item, { routes: [aRoute(route)], chosen: new Map() }) !== null;

describe('a route', () => {
  it.each([
    { when: 'it asks for nothing', route: {} },
    { when: 'the kind is its kind', route: { kind: 'rfe' as const } },
    { when: 'a heading above holds its section', route: { section: 'octavia' } },
    { when: 'the source of the note holds its note', route: { note: '2026-ptg' } },
    { when: 'the title of the note holds its note', route: { note: 'spring' } },
    { when: 'another note that states the same holds its note', route: { note: 'blog/' } },
    { when: 'an owner holds its owner', route: { owner: 'alice' } },
    { when: 'an account of an owner holds its owner', route: { owner: 'alice-gh' } },
    { when: 'one of its words stands in the quote', route: { words: ['nova', 'ovn'] } },
    { when: 'all of its conditions hold', route: { kind: 'rfe' as const, section: 'Octavia', words: ['tag'] } },
  ])('takes an item when $when', ({ route }) => {
    expect(taken(route)).toBe(true);
  });

  it.each([
    { when: 'the kind is another', route: { kind: 'action' as const } },
    { when: 'no heading holds its section', route: { section: 'Nova' } },
    { when: 'no note holds its note', route: { note: '2025' } },
    { when: 'no owner holds its owner', route: { owner: 'bob' } },
    { when: 'its word is only a part of a word', route: { words: ['port'] } },
    { when: 'one of its conditions does not hold', route: { kind: 'rfe' as const, section: 'Nova' } },
  ])('does not take an item when $when', ({ route }) => {
    expect(taken(route)).toBe(false);
  });

  it('is the first that takes the item', () => {
    const routes = [aRoute({ kind: 'action', tracker: 'a' }), aRoute({ tracker: 'b' }), aRoute({ tracker: 'c' })];

    expect(routeOf(item, { routes, chosen: new Map() })?.tracker).toBe('b');
  });

  it('is the one that a person chose, with its labels where it takes the item', () => {
    const routes = [aRoute({ tracker: 'b' }), aRoute({ tracker: 'c', labels: ['x'] })];

    expect(routeOf(item, { routes, chosen: new Map([[item.key, 'c']]) })).toMatchObject({
      tracker: 'c',
      labels: ['x'],
    });
    expect(routeOf(item, { routes, chosen: new Map([[item.key, 'd']]) })).toMatchObject({ tracker: 'd', labels: [] });
  });
});
