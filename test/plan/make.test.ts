import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src/ledger/ledger.ts';
import type { PlanInput } from '../../src/plan/input.ts';
import { makePlan } from '../../src/plan/make.ts';
import { aClaim, aKey, anEntry, anItem, anOwner } from '../builders.ts';
import { aRoute, filed, held, onlyChange, ownOf, theFacts, theInput } from './world.ts';

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

describe('a plan for a create that was not settled', () => {
  const at = '2026-03-02T11:50:00.000Z';
  const entry = (over: Parameters<typeof aClaim>[0]): Entry =>
    anEntry({ key: item.key, issue: null, seen: null, claim: aClaim({ at, ...over }) });
  const look = (time: string) => new Map([[item.key, { what: 'absent' as const, at: new Date(time) }]]);

  it('leaves it to the run that is at it', () => {
    const change = onlyChange(theInput({ items: [item], entries: [entry({})] }));

    expect(change).toMatchObject({ do: 'nothing', because: `another run (run-other) is at it since ${at}` });
  });

  it('waits while the issue may still appear', () => {
    const trackers = [theFacts({ lookedFor: look('2026-03-02T12:00:00.000Z') })];
    const change = onlyChange(theInput({ items: [item], entries: [entry({ uncertain: true })], trackers }));

    expect(change).toMatchObject({ do: 'wait', until: '2026-03-02T12:05:00.000Z' });
  });

  it('creates it anew once it was looked for after the settling time', () => {
    const trackers = [theFacts({ lookedFor: look('2026-03-02T12:05:00.000Z') })];
    const orphan = entry({ uncertain: true });
    const change = onlyChange(theInput({ items: [item], entries: [orphan], trackers }));

    expect(change).toMatchObject({ do: 'create', instead: orphan.claim });
  });

  it('waits when the settling time is over but nobody has looked', () => {
    const options = { now: new Date('2026-03-05T00:00:00.000Z') };
    for (const uncertain of [true, false]) {
      expect(onlyChange(theInput({ items: [item], entries: [entry({ uncertain })], options }))).toMatchObject({
        do: 'wait',
      });
    }
  });

  it('does not trust a look from before the settling time, however late the plan is made', () => {
    const trackers = [theFacts({ lookedFor: look('2026-03-02T12:04:59.999Z') })];
    const options = { now: new Date('2026-03-05T00:00:00.000Z') };
    const change = onlyChange(theInput({ items: [item], entries: [entry({ uncertain: true })], trackers, options }));

    expect(change.do).toBe('wait');
  });

  it('stays with the tracker of the claim when the route changed meanwhile', () => {
    const trackers = [theFacts(), theFacts({ name: 'other', target: 'acme/other' })];
    const routes = [aRoute({ tracker: 'other' })];
    const change = onlyChange(theInput({ items: [item], entries: [entry({})], trackers, routes }));

    expect(change).toMatchObject({ do: 'nothing', tracker: 'work' });
  });

  it('adopts the issue when it has appeared', () => {
    const { own, issue } = filed(item);
    const trackers = [theFacts({ issues: held(item.key, own) })];
    const change = onlyChange(theInput({ items: [item], entries: [entry({ uncertain: true })], trackers }));

    expect(change).toMatchObject({ do: 'adopt', issue: { id: issue.id }, patch: null });
  });
});

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

describe('a plan for two issues with one key', () => {
  const first = filed(item, { id: '9' });
  const second = filed(item, { id: '10' });
  const plan = (own: readonly ReturnType<typeof ownOf>[], entries: readonly Entry[] = []) =>
    makePlan(theInput({ items: [item], entries, trackers: [theFacts({ issues: held(item.key, ...own) })] })).changes;

  const access = { account: null, mayLabel: true, mayAssign: true, warnings: [] };
  const unasked = (own: readonly ReturnType<typeof ownOf>[], entry: Entry) => {
    const trackers = [theFacts({ access, issues: held(item.key, ...own) })];
    return makePlan(theInput({ items: [item], entries: [entry], trackers })).changes;
  };

  it('keeps the lower number and closes the other as its duplicate', () => {
    const changes = plan([second.own, first.own]);

    expect(changes).toHaveLength(2);
    expect(changes[0]).toMatchObject({ do: 'adopt', issue: { id: '9' } });
    expect(changes[1]).toMatchObject({
      do: 'close',
      issue: { id: '10' },
      of: { id: '9' },
      patch: { close: { as: 'duplicate', of: '9' } },
      because: '#10 is a second issue of ours for #9, and nobody else touched it',
    });
  });

  it.each([
    { known: 'the first', entry: first.entry },
    { known: 'the second', entry: second.entry },
  ])('tells who we are by $known, when the ledger knows it and nobody has asked the tracker', ({ entry }) => {
    expect(unasked([first.own, second.own], entry)[1]).toMatchObject({ do: 'close', issue: { id: '10' } });
  });

  it('leaves a copy by a person when nobody has asked the tracker who we are', () => {
    const copy = ownOf({ ...second.issue, author: 'carol' });

    expect(unasked([first.own, copy], first.entry)[1]).toMatchObject({ do: 'nothing' });
  });

  it('lets the ledger follow the one that stays', () => {
    expect(plan([first.own, second.own], [second.entry])[0]).toMatchObject({ do: 'adopt', issue: { id: '9' } });
  });

  it.each([
    { by: 'another author', issue: { author: 'carol' }, why: 'it is by carol' },
    { by: 'a title', issue: { title: 'Mine' }, why: 'it was retitled' },
    { by: 'a label', issue: { labels: ['ptg', 'action', 'bug'] }, why: 'somebody gave it bug' },
    { by: 'an assignee', issue: { assignees: ['carol'] }, why: 'somebody gave it carol' },
    { by: 'a text around ours', issue: { body: `${second.issue.body}\nMe too.` }, why: 'somebody wrote into it' },
    { by: 'a comment', issue: { updatedAt: '2026-03-02T11:00:00.000Z' }, why: 'something happened on it since' },
    { by: 'the ignore label', issue: { labels: ['ptg-tracker-ignore'] }, why: 'it is labelled ptg-tracker-ignore' },
  ])('leaves a second one that was touched by $by', ({ issue, why }) => {
    const changes = plan([first.own, ownOf({ ...second.issue, ...issue })]);

    expect(changes[1]).toMatchObject({
      do: 'nothing',
      because: `#10 has the key of #9 too, but ${why}: left as it is`,
    });
  });

  it.each([
    { state: 'closed', issue: { state: 'dropped' as const } },
    { state: 'marked as a duplicate', issue: { duplicateOf: '9' } },
  ])('says nothing of a second one that is $state already', ({ issue }) => {
    expect(plan([first.own, ownOf({ ...second.issue, ...issue })])).toHaveLength(1);
  });

  it('keeps the higher one when people marked the lower one as its duplicate', () => {
    const marked = ownOf({ ...first.issue, duplicateOf: '10' });

    expect(plan([marked, second.own])).toMatchObject([{ do: 'adopt', issue: { id: '10' } }]);
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
