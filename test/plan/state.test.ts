import { describe, expect, it } from 'vitest';
import { mergeLabels } from '../../src/plan/lists.ts';
import { aKey, anItem } from '../builders.ts';
import { filed, held, onlyChange, ownOf, theFacts, theInput } from './world.ts';

const key = aKey('item');
const item = anItem();
const reworded = anItem({ title: 'Drop both jobs', quote: 'Owner One will drop both jobs.' });

describe('the state of an issue', () => {
  const { issue, entry } = filed(item);
  const change = (over: Partial<typeof issue>, entries = [entry]) =>
    onlyChange(
      theInput({
        items: [reworded],
        entries,
        trackers: [theFacts({ issues: held(key, ownOf({ ...issue, ...over })) })],
      }),
    );

  it.each(['open', 'in-progress', 'unknown'] as const)('lets an issue that is %s be written', (state) => {
    expect(change({ state })).toMatchObject({ do: 'update', fields: { title: { to: 'Drop both jobs' } } });
  });

  it.each([
    {
      over: { state: 'done', raw: 'closed (completed)' } as const,
      because: 'done on the tracker (closed (completed)): left as it is',
    },
    {
      over: { state: 'dropped', raw: "Won't Fix" } as const,
      because: "dropped on the tracker (Won't Fix): left as it is",
    },
    { over: { duplicateOf: '7' } as const, because: 'marked as a duplicate of #7: left as it is' },
    { over: { labels: ['PTG-Tracker-Ignore'] } as const, because: 'labelled ptg-tracker-ignore: left alone' },
  ])('leaves it alone when it is $because', ({ over, because }) => {
    expect(change(over)).toMatchObject({
      do: 'nothing',
      because,
      notes: [expect.stringContaining('the notes differ')],
    });
  });

  it('is taken over but not written when the ledger is lost', () => {
    expect(change({ state: 'done' }, [])).toMatchObject({ do: 'adopt', patch: null, fields: {} });
  });

  it('does not lose the wording of the notes while it stands still: an issue that people reopen is written again', () => {
    const adopted = change({ state: 'done' }, []);
    const wrote = adopted.do === 'adopt' ? adopted.wrote : null;

    expect(change({ state: 'open' }, [{ ...entry, wrote }])).toMatchObject({
      do: 'update',
      patch: { title: 'Drop both jobs' },
    });
  });
});

describe('with the ledger lost', () => {
  const { issue } = filed(item);
  const change = (over: Partial<typeof issue>, stated = reworded) =>
    onlyChange(
      theInput({ items: [stated], trackers: [theFacts({ issues: held(key, ownOf({ ...issue, ...over })) })] }),
    );

  it('an untouched issue goes along with the notes: its block tells what we wrote', () => {
    expect(change({})).toMatchObject({ do: 'adopt', patch: { title: 'Drop both jobs', body: expect.any(String) } });
  });

  it('a title that is not the one in the block is a person’s', () => {
    const adopted = change({ title: 'Mine' });

    expect(adopted).toMatchObject({ do: 'adopt', patch: { body: expect.any(String) } });
    expect(adopted.fields).not.toHaveProperty('title');
  });

  it('a block whose hash is not right is a person’s, and so is the title then', () => {
    const body = issue.body.replace('old grenade job.', 'old grenade job, please.');

    expect(change({ body })).toMatchObject({ do: 'adopt', patch: null });
  });

  it('labels that are missing are not put on, assignees are not changed', () => {
    expect(change({ labels: [], assignees: ['carol'] }, item)).toMatchObject({
      do: 'adopt',
      patch: null,
      notes: ['ptg, action not on it: left off', 'assigned to carol, by the notes to nobody: left as it is'],
    });
  });

  it('a person’s title stays a person’s on the run after the next', () => {
    const adopted = change({ title: 'Mine' }, item);
    const wrote = adopted.do === 'adopt' ? adopted.wrote : null;
    const own = ownOf({ ...issue, title: 'Mine' });
    const entry = { ...filed(item).entry, wrote };
    const input = theInput({ items: [reworded], entries: [entry], trackers: [theFacts({ issues: held(key, own) })] });

    expect(onlyChange(input).fields).not.toHaveProperty('title');
  });
});

describe('what may not be written', () => {
  const { own, entry } = filed(anItem({ kind: 'rfe' }));
  const change = (over: Parameters<typeof theFacts>[0]) =>
    onlyChange(
      theInput({ items: [item], entries: [entry], trackers: [theFacts({ issues: held(key, own), ...over })] }),
    );

  it('labels stay where we may not label', () => {
    const access = { account: 'bot', mayLabel: false, mayAssign: true, warnings: [] };

    expect(change({ access }).because).toBe('up to date');
  });

  it('an issue that was filed without labels stays without them when we may label later', () => {
    const access = { account: 'bot', mayLabel: false, mayAssign: true, warnings: [] };
    const { entry: then, issue } = filed(item, { facts: theFacts({ access }) });
    const trackers = [theFacts({ issues: held(key, ownOf(issue)) })];

    expect(issue.labels).toEqual([]);
    expect(onlyChange(theInput({ items: [item], entries: [then], trackers }))).toMatchObject({
      do: 'nothing',
      because: 'ptg, action not on it: left off',
    });
  });

  it('a text that would not fit beside what people wrote stays', () => {
    const limits = { ...theFacts().limits, body: own.issue.body.length + 5 };
    const longer = anItem({ kind: 'rfe', quote: `${item.quote} And then some more, and more.` });
    const input = theInput({
      items: [longer],
      entries: [entry],
      trackers: [theFacts({ issues: held(key, own), limits })],
    });

    expect(onlyChange(input)).toMatchObject({
      do: 'nothing',
      because: 'our part of its text no longer fits beside what people wrote: left as it is',
    });
  });

  it('no tag is taken off where triage may rest on it', () => {
    expect(mergeLabels(['a', 'b'], ['a', 'b'], ['a'], false)).toEqual({ write: null, kept: null, base: ['a', 'b'] });
  });
});
