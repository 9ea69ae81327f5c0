import { describe, expect, it } from 'vitest';
import { makePlan } from '../../src/plan/make.ts';
import { aKey, anItem } from '../builders.ts';
import { filed, held, onlyChange, ownOf, theFacts, theInput } from './world.ts';

const item = anItem();

describe('a plan for items that left the notes', () => {
  const { own, entry } = filed(item);
  const facts = theFacts({ issues: held(item.key, own) });

  it('says so and does nothing', () => {
    expect(onlyChange(theInput({ entries: [entry], trackers: [facts] }))).toMatchObject({
      do: 'nothing',
      because: 'no longer in the notes',
      issue: { id: '1' },
    });
  });

  it('says nothing of notes that were not read', () => {
    const input = theInput({ entries: [entry], trackers: [facts], read: new Set(['notes/other.md']) });

    expect(makePlan(input).changes).toEqual([]);
  });

  it('says nothing of an item that another note states, which was not read', () => {
    const alsoIn = [{ note: 'notes/other.md', lineStart: 1, lineEnd: 1 }];
    const input = theInput({ entries: [{ ...entry, item: { ...entry.item, alsoIn } }], trackers: [facts] });

    expect(makePlan(input).changes).toEqual([]);
  });

  it('closes the issue when the configuration asks for it', () => {
    const change = onlyChange(theInput({ entries: [entry], trackers: [facts], options: { closeVanished: true } }));

    expect(change).toMatchObject({ do: 'close', of: null, patch: { close: { as: 'dropped' } } });
  });

  it.each([
    { when: 'it is closed already', issue: { state: 'done' as const }, note: '#1 is closed already' },
    {
      when: 'it is to be ignored',
      issue: { labels: ['ptg-tracker-ignore'] },
      note: '#1 is labelled ptg-tracker-ignore: not closed',
    },
    { when: 'people took our part away', issue: { body: 'mine' }, note: 'people have edited #1: not closed' },
    { when: 'people retitled it', issue: { title: 'Mine' }, note: 'people have edited #1: not closed' },
    {
      when: 'people are at work on it',
      issue: { state: 'in-progress' as const },
      note: 'people are at work on #1: not closed',
    },
  ])('does not close it when $when', ({ issue, note }) => {
    const trackers = [theFacts({ issues: held(item.key, ownOf({ ...own.issue, ...issue })) })];
    const change = onlyChange(theInput({ entries: [entry], trackers, options: { closeVanished: true } }));

    expect(change).toMatchObject({ do: 'nothing', because: 'no longer in the notes', notes: [note] });
  });

  it('does not close it while another item may be the same said anew', () => {
    const other = anItem({ key: aKey('other'), title: 'Drop that job' });
    const doubts = [{ key: other.key, maybe: [{ key: item.key, title: item.title, quote: item.quote }], because: '' }];
    const input = theInput({
      items: [other],
      entries: [entry],
      trackers: [facts],
      doubts,
      options: { closeVanished: true },
    });

    expect(makePlan(input).changes.map(({ do: what }) => what)).toEqual(['nothing', 'nothing']);
    expect(makePlan(input).changes[1]?.because).toContain('unless “Drop that job” is the same');
  });
});
