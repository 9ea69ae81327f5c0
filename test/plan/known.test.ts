import { describe, expect, it } from 'vitest';
import type { PlanInput } from '../../src/plan/input.ts';
import { anItem, anOwner } from '../builders.ts';
import { aRoute, filed, held, onlyChange, ownOf, theFacts, theInput } from './world.ts';

const item = anItem();

describe('a plan for an item whose issue is there', () => {
  const { own, entry, issue } = filed(item);
  const there = (over: Partial<PlanInput> = {}) =>
    theInput({ items: [item], entries: [entry], trackers: [theFacts({ issues: held(item.key, own) })], ...over });

  it('finds it up to date', () => {
    expect(onlyChange(there())).toEqual({
      do: 'nothing',
      key: item.key,
      title: item.title,
      tracker: 'work',
      item,
      because: 'up to date',
      fields: {},
      notes: [],
      issue: { id: issue.id, url: issue.url },
    });
  });

  it('adopts it when the ledger is lost, and changes nothing on it', () => {
    expect(onlyChange(there({ entries: [] }))).toMatchObject({ do: 'adopt', patch: null, fields: {} });
  });

  it('stays where it was filed when the route changes', () => {
    const trackers = [theFacts({ issues: held(item.key, own) }), theFacts({ name: 'other', target: 'acme/other' })];
    const routes = [aRoute({ tracker: 'other', titlePrefix: '[X] ' })];

    expect(onlyChange(there({ trackers, routes }))).toMatchObject({
      do: 'nothing',
      tracker: 'work',
      because: 'up to date',
    });
  });

  it.each([{ on: ['alice-gh'] }, { on: [] }])(
    'is up to date though nobody asked again who can be assigned, with $on assigned there',
    ({ on }) => {
      const owned = anItem({ owners: [anOwner({ name: 'Alice', github: 'alice-gh' })] });
      const before = filed(owned, { facts: theFacts({ assignable: new Set(['alice-gh']) }) });
      const now = ownOf({ ...before.issue, assignees: on });
      const trackers = [theFacts({ issues: held(item.key, now) })];
      const change = onlyChange(there({ items: [owned], entries: [before.entry], trackers }));

      expect(before.issue.assignees).toEqual(['alice-gh']);
      expect(change.do).toBe('nothing');
      expect(change.because).toBe(on.length > 0 ? 'up to date' : 'assigned to nobody by a person: left as it is');
    },
  );

  it('is taken over where it stands when the ledger is lost and the route leads elsewhere', () => {
    const trackers = [theFacts({ issues: held(item.key, own) }), theFacts({ name: 'other', target: 'acme/other' })];
    const given = { entries: [], trackers, routes: [aRoute({ tracker: 'other' })] };

    expect(onlyChange(there(given))).toMatchObject({ do: 'adopt', tracker: 'work', patch: null });
  });

  it('keeps the prefix and the labels of the route that it was filed by', () => {
    const then = aRoute({ titlePrefix: '[RFE] ', labels: ['rfe'] });
    const before = filed(item, { route: then });
    const trackers = [
      theFacts({ issues: held(item.key, before.own) }),
      theFacts({ name: 'other', target: 'acme/other' }),
    ];
    const given = { entries: [before.entry], trackers, routes: [aRoute({ tracker: 'other' })] };

    expect(onlyChange(there(given))).toMatchObject({ tracker: 'work', because: 'up to date' });
    expect(onlyChange(there({ ...given, items: [anItem({ title: 'Drop both jobs' })] }))).toMatchObject({
      tracker: 'work',
      patch: { title: '[RFE] Drop both jobs' },
    });
  });

  it('stays where it was filed when the configuration gives the tracker another name', () => {
    const trackers = [theFacts({ name: 'renamed', issues: held(item.key, own) })];

    expect(onlyChange(there({ trackers, routes: [] }))).toMatchObject({ tracker: 'renamed', because: 'up to date' });
  });

  it('is left where it is when its tracker is no longer configured', () => {
    const trackers = [theFacts({ name: 'other', target: 'acme/other' })];
    const change = onlyChange(there({ trackers, routes: [aRoute({ tracker: 'other' })] }));

    expect(change).toMatchObject({
      do: 'nothing',
      because: 'it was filed on github:acme/items, which is not in the configuration: left there',
      issue: { id: '1' },
    });
  });

  it('is not filed again when the issue was deleted', () => {
    const deleted = { ...entry, deletedAt: '2026-03-02T11:00:00.000Z' };
    const change = onlyChange(there({ entries: [deleted], trackers: [theFacts()] }));

    expect(change).toMatchObject({
      do: 'nothing',
      because: 'its issue #1 was deleted on the tracker: not filed again',
    });
  });

  it('is not filed again when the issue was looked for by its id and is gone', () => {
    const gone = new Map([[item.key, { what: 'gone' as const, at: new Date() }]]);
    const change = onlyChange(there({ trackers: [theFacts({ lookedFor: gone })] }));

    expect(change.because).toBe('its issue #1 was deleted on the tracker: not filed again');
  });

  it('is not filed again when the issue merely could not be seen', () => {
    expect(onlyChange(there({ trackers: [theFacts()] })).do).toBe('nothing');
  });

  it('is not rewritten when the statement only moved within its note', () => {
    const moved = anItem({ source: { note: 'notes/summary.md', lineStart: 110, lineEnd: 112 } });
    const change = onlyChange(there({ items: [moved] }));

    expect(change).toMatchObject({ do: 'nothing', because: 'up to date', wrote: { block: entry.wrote?.block } });
  });

  it('updates what the notes changed, and shows it', () => {
    const edited = anItem({ title: 'Drop both old grenade jobs', quote: 'Owner One will drop both old grenade jobs.' });
    const change = onlyChange(there({ items: [edited] }));

    expect(change).toMatchObject({
      do: 'update',
      because: 'changed since it was filed: title, body',
      patch: { title: 'Drop both old grenade jobs' },
      fields: { title: { from: item.title, to: 'Drop both old grenade jobs' } },
    });
  });

  it('keeps the text that people wrote around our part', () => {
    const body = `Thanks!\n\n${issue.body}\n\nSee the log below.`;
    const edited = anItem({ quote: 'Owner One drops both jobs.' });
    const trackers = [theFacts({ issues: held(item.key, ownOf({ ...issue, body })) })];
    const change = onlyChange(there({ items: [edited], trackers }));

    expect(change.do === 'update' ? change.patch.body : null).toMatch(/^Thanks!\n\n(?:.|\n)+\n\nSee the log below\.$/);
  });

  it('is left alone when the notes name our own issue for it', () => {
    const tracked = { url: issue.url, kind: 'github-issue', id: 'acme/items#1' } as const;
    const linked = anItem({ tracked });

    expect(onlyChange(there({ items: [linked] }))).toMatchObject({ because: 'up to date' });
  });
});
