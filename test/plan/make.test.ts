import { describe, expect, it } from 'vitest';
import { makePlan } from '../../src/plan/make.ts';
import { aKey, anItem, anOwner } from '../builders.ts';
import { onlyChange, theFacts, theInput } from './world.ts';

const item = anItem();

describe('a plan with a limit of creates', () => {
  const items = [3, 1, 2].map((line) =>
    anItem({ key: aKey(`line${line}`), source: { note: 'notes/summary.md', lineStart: line, lineEnd: line } }),
  );

  it('lets the first of the notes through and says so of the others', () => {
    const { changes } = makePlan(theInput({ items, options: { maxCreates: 2 } }));

    expect(changes.map((change) => change.do)).toEqual(['nothing', 'create', 'create']);
    expect(changes[0]?.because).toBe('over the limit of 2 creates a run; the next run goes on');
  });
});

describe('a plan', () => {
  it('gives a second item with the same key its own change, without a second create', () => {
    const changes = makePlan(theInput({ items: [item, { ...item, title: 'Said again' }] })).changes;

    expect(changes.map(({ do: what }) => what)).toEqual(['create', 'nothing']);
  });

  it('names the trackers that it is about', () => {
    const { trackers } = makePlan(theInput({ trackers: [theFacts(), theFacts({ name: 'b', unavailable: 'down' })] }));

    expect(trackers).toEqual([
      { name: 'work', type: 'github', target: 'acme/items' },
      { name: 'b', type: 'github', target: 'acme/items', unavailable: 'down' },
    ]);
  });

  it('follows the tracker that a person chose in a review', () => {
    const trackers = [theFacts(), theFacts({ name: 'other', target: 'acme/other' })];
    const chosen = new Map([[item.key, 'other']]);

    expect(onlyChange(theInput({ items: [item], trackers, chosen }))).toMatchObject({ do: 'create', tracker: 'other' });
  });

  it('says of owners that cannot be assigned that they are not', () => {
    const owners = [anOwner({ name: 'Owner Two' }), anOwner({ name: 'Owner Three', github: 'three' })];
    const change = onlyChange(theInput({ items: [anItem({ owners })] }));

    expect(change.notes).toEqual([
      'Owner Two is not in people.yaml: named in the text, not assigned',
      'Owner Three (three) cannot be assigned on work: named in the text, not assigned',
    ]);
    expect(change).toMatchObject({ draft: { assignees: [] } });
  });

  it('assigns owners whom the tracker takes', () => {
    const owners = [anOwner({ name: 'Owner Two' })];
    const people = [{ name: 'Owner Two', nicks: ['two'], github: 'two-gh' }];
    const trackers = [theFacts({ assignable: new Set(['two-gh']) })];
    const change = onlyChange(theInput({ items: [anItem({ owners })], people, trackers }));

    expect(change).toMatchObject({ draft: { assignees: ['two-gh'] }, notes: [] });
  });
});
