import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src/ledger/ledger.ts';
import { makePlan } from '../../src/plan/make.ts';
import { anItem } from '../builders.ts';
import { filed, held, ownOf, theFacts, theInput } from './world.ts';

const item = anItem();
/** A second after the issues of these tests were created. */
const SOON = '2026-03-02T10:00:01.000Z';

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

  it.each([
    {
      type: 'launchpad' as const,
      after: '20 s after its create',
      updatedAt: '2026-03-02T10:00:20.000Z',
      does: 'close',
    },
    {
      type: 'launchpad' as const,
      after: 'a minute after its create',
      updatedAt: '2026-03-02T10:01:00.000Z',
      does: 'nothing',
    },
    { type: 'github' as const, after: '20 s after its create', updatedAt: '2026-03-02T10:00:20.000Z', does: 'nothing' },
  ])('takes a change $after for $does on $type, where a create may have further steps', ({ type, updatedAt, does }) => {
    const double = ownOf({ ...second.issue, createdAt: '2026-03-02T10:00:00.000Z', updatedAt });
    const trackers = [theFacts({ type, issues: held(item.key, first.own, double) })];

    expect(makePlan(theInput({ items: [item], trackers })).changes[1]).toMatchObject({ do: does });
  });

  it('lets the ledger follow the one that stays', () => {
    expect(plan([first.own, second.own], [second.entry])[0]).toMatchObject({ do: 'adopt', issue: { id: '9' } });
  });

  it.each([
    { by: 'another author', issue: { author: 'carol' }, why: 'it is by carol' },
    { by: 'a title', issue: { title: 'Mine' }, why: 'it was retitled' },
    { by: 'a label', issue: { labels: ['ptg', 'action', 'bug'], updatedAt: SOON }, why: 'somebody gave it bug' },
    { by: 'an assignee', issue: { assignees: ['carol'], updatedAt: SOON }, why: 'somebody gave it carol' },
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

  it('knows the assignee and the labels that we gave the second one, though people took them off the first', () => {
    const kept = ownOf({ ...first.issue, labels: [], assignees: [] });
    const double = ownOf({ ...second.issue, labels: ['ptg', 'action'], assignees: ['alice'] });
    const wrote = { title: first.issue.title, block: 'block', labels: ['ptg', 'action'], assignees: ['alice'] };

    expect(plan([kept, double], [{ ...first.entry, wrote }])[1]).toMatchObject({ do: 'close', issue: { id: '10' } });
  });

  it('takes what is on a second one that nobody touched since its create for ours, whatever the routes say now', () => {
    const double = ownOf({ ...second.issue, labels: ['ptg', 'action', 'nova'], assignees: ['bob'] });

    expect(plan([first.own, double])[1]).toMatchObject({ do: 'close', issue: { id: '10' } });
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
