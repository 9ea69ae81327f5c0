import { describe, expect, it } from 'vitest';
import { aKey, anItem } from '../builders.ts';
import { aRoute, onlyChange, theFacts, theInput } from './world.ts';

const item = anItem();

describe('a plan for an item that is not filed yet', () => {
  it('creates it where its route leads', () => {
    const change = onlyChange(theInput({ items: [item] }));

    expect(change).toMatchObject({
      do: 'create',
      tracker: 'work',
      instead: null,
      because: 'not filed yet',
      draft: { title: item.title, labels: ['ptg', 'action'], assignees: [] },
      fields: { title: { from: null, to: item.title }, labels: { from: null, to: 'ptg, action' } },
    });
  });

  it('says so when no route takes it', () => {
    const change = onlyChange(theInput({ items: [item], routes: [aRoute({ kind: 'rfe' })] }));

    expect(change).toMatchObject({ do: 'nothing', tracker: null, because: 'no route takes it' });
  });

  it('says so when its route leads to a tracker that is not configured', () => {
    const change = onlyChange(theInput({ items: [item], routes: [aRoute({ tracker: 'gone' })] }));

    expect(change).toMatchObject({
      do: 'nothing',
      tracker: 'gone',
      because: 'its route leads to gone, which is not in the configuration',
    });
  });

  it('links it to the issue that the notes name for this work', () => {
    const tracked = { url: 'https://bugs.launchpad.net/neutron/+bug/77', kind: 'launchpad-bug', id: '77' } as const;
    const change = onlyChange(theInput({ items: [anItem({ tracked })] }));

    expect(change).toMatchObject({
      do: 'nothing',
      because: 'already tracked: https://bugs.launchpad.net/neutron/+bug/77',
      issue: { id: '77', url: tracked.url },
    });
  });

  it('leaves it when it is not among the chosen ones', () => {
    const change = onlyChange(theInput({ items: [item], options: { only: new Set(['other']) } }));

    expect(change).toMatchObject({ do: 'nothing', because: 'not among the chosen ones' });
  });

  it('shows both texts of a doubtful match and files nothing', () => {
    const doubts = [
      {
        key: item.key,
        maybe: [{ key: aKey('old'), title: 'Drop a job', quote: 'We drop a job.' }],
        because: 'half alike',
      },
    ];
    const change = onlyChange(theInput({ items: [item], doubts }));

    expect(change).toMatchObject({ do: 'nothing', because: 'may be “Drop a job” said anew: settle it with review' });
    expect(change.notes).toEqual([`now: “${item.quote}”`, `before (${aKey('old')}): “We drop a job.”`, 'half alike']);
  });

  it('says why when its tracker cannot be used', () => {
    const facts = theFacts({ unavailable: 'GitHub refused the token' });
    const change = onlyChange(theInput({ items: [item], trackers: [facts] }));

    expect(change).toMatchObject({ do: 'nothing', because: 'GitHub refused the token' });
  });
});
