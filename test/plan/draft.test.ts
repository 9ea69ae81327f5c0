import { describe, expect, it } from 'vitest';
import { accountsToAsk } from '../../src/plan/assignees.ts';
import { cut, draftOf } from '../../src/plan/draft.ts';
import { launchpadDialect } from '../../src/trackers/launchpad/dialect.ts';
import { aKnownItem, aNote, anEntry, anItem, anOwner } from '../builders.ts';
import { aRoute, theFacts } from './world.ts';

const facts = theFacts({ assignable: new Set(['alice-gh', 'bob-gh']) });
const draft = (over: Parameters<typeof anItem>[0], on = facts, route = aRoute()) =>
  draftOf(anItem(over), on, route, [], null);

describe('a draft', () => {
  it('has the title on one line, safe, with the prefix of its route once', () => {
    const route = aRoute({ titlePrefix: '[RFE] ' });

    expect(draft({ title: 'Tag\n ports, see #12' }, facts, route).draft.title).toMatch(
      /^\[RFE\] Tag ports, see #.12$/u,
    );
    expect(draft({ title: '[rfe] Tag ports' }, facts, route).draft.title).toBe('[rfe] Tag ports');
  });

  it('has a title within the limit, cut between characters', () => {
    const limits = { ...facts.limits, title: 10 };

    expect(draft({ title: 'Ask 👩‍👩‍👧‍👦 and others' }, theFacts({ limits })).draft.title).toBe('Ask…');
    expect(draft({ title: 'Ten letter' }, theFacts({ limits })).draft.title).toBe('Ten letter');
  });

  it('has a body within the limit that still carries its key, whatever is too long', () => {
    const long = 'word '.repeat(40_000);
    const limits = { ...facts.limits, body: 2_000 };
    const item = anItem({
      title: long,
      quote: long,
      section: Array.from({ length: 200 }, () => long),
      refs: Array.from({ length: 200 }, (_, id) => ({ url: `https://example.org/${id}`, kind: 'link', id: null })),
      alsoIn: Array.from({ length: 200 }, () => ({
        note: 'b.md',
        lineStart: 1,
        lineEnd: 1,
        noteFacts: aNote(),
        quote: '',
      })),
    });

    const { body } = draftOf(item, theFacts({ limits }), null, [], null).draft;

    expect(body.length).toBeLessThanOrEqual(2_000);
    expect(facts.dialect.find(body)).toMatchObject({ key: item.key, untouched: true });
  });

  it('names every note that states the item', () => {
    const also = { note: 'blog.md', lineStart: 7, lineEnd: 7, noteFacts: aNote({ title: 'Blog' }), quote: 'same' };

    expect(draft({ alsoIn: [also] }).draft.body).toMatch(/lines 10–11 of (?:.|\n)*line 7 of/);
  });

  it('says a due date as written, with its day where that is known', () => {
    expect(draft({ due: { text: 'the first milestone', date: '2026-06-01' } }).draft.body).toContain(
      'Due: the first milestone (2026-06-01)',
    );
  });

  it('carries the labels of its tracker, kind and route, each once', () => {
    const route = aRoute({ labels: ['Octavia', 'PTG'], tags: ['octavia'] });

    expect(draft({}, facts, route).draft.labels).toEqual(['ptg', 'action', 'Octavia']);
  });

  it('carries the milestone and the importance of its route', () => {
    const route = aRoute({ milestone: 'next', importance: 'Wishlist' });

    expect(draft({}, facts, route).draft).toMatchObject({ milestone: 'next', importance: 'Wishlist' });
  });

  it('asks for no labels where we may not label, and says so', () => {
    const access = { account: 'bot', mayLabel: false, mayAssign: true, warnings: [] };
    const { draft: made, notes } = draft({}, theFacts({ access }));

    expect(made.labels).toEqual([]);
    expect(notes).toEqual(['we may not label on work: without ptg, action']);
  });

  it('gives a Launchpad bug no tag but those of the configuration', () => {
    const bugs = theFacts({ name: 'bugs', type: 'launchpad', labels: [], dialect: launchpadDialect });
    const route = aRoute({ tracker: 'bugs', tags: ['rfe', 'ovn'] });

    expect(draft({ kind: 'rfe' }, bugs, route).draft.labels).toEqual(['rfe', 'ovn']);
    expect(draft({ kind: 'action' }, bugs, route).draft.labels).toEqual(['ovn']);
    expect(draft({ kind: 'action' }, bugs, aRoute()).draft.labels).toEqual([]);
  });
});

describe('the assignees of a draft', () => {
  const alice = anOwner({ name: 'Alice', github: 'alice-gh' });

  it('are the owners whom the tracker takes, each once', () => {
    const again = anOwner({ name: 'alice', github: 'alice-gh' });

    expect(draft({ owners: [alice, again] }).draft.assignees).toEqual(['alice-gh']);
  });

  it('are found by name or nick where the item has no account', () => {
    const people = [{ name: 'Bob Example', nicks: ['bobby'], github: 'bob-gh' }];
    const item = anItem({ owners: [anOwner({ name: 'Bobby' })] });

    expect(draftOf(item, facts, null, people, null).draft.assignees).toEqual(['bob-gh']);
  });

  it('are not guessed where a name is two people’s', () => {
    const people = ['b1', 'b2'].map((github) => ({ name: 'Bob', nicks: [], github }));
    const item = anItem({ owners: [anOwner({ name: 'Bob' })] });

    expect(draftOf(item, theFacts({ assignable: new Set(['b1', 'b2']) }), null, people, null).draft.assignees).toEqual(
      [],
    );
  });

  it('are no more than the tracker takes; the others are said', () => {
    const limits = { ...facts.limits, assignees: 1 };
    const owners = [alice, anOwner({ name: 'Bob', github: 'bob-gh' })];
    const { draft: made, notes } = draft({ owners }, theFacts({ assignable: facts.assignable, limits }));

    expect(made.assignees).toEqual(['alice-gh']);
    expect(notes).toEqual(['Bob is named in the text only: work takes no more than 1']);
  });

  it('are nobody where we may not assign, and that is said in plan and body', () => {
    const access = { account: 'bot', mayLabel: true, mayAssign: false, warnings: [] };
    const { draft: made, notes } = draft({ owners: [alice] }, theFacts({ access, assignable: facts.assignable }));

    expect(made.assignees).toEqual([]);
    expect(notes).toEqual(['Alice: we may not assign anybody on work: named in the text, not assigned']);
    expect(made.body).toContain('not assigned');
  });
});

describe('the accounts to ask a tracker about', () => {
  const item = anItem({ owners: [anOwner({ name: 'Alice', github: 'alice-gh' })] });

  it('are those of new items', () => {
    expect(accountsToAsk([item], [], 'github', [])).toEqual(['alice-gh']);
    expect(accountsToAsk([item], [], 'launchpad', [])).toEqual([]);
  });

  it('are those of owners that are new on a filed item, so that an unchanged run asks nothing', () => {
    const same = anEntry({ item: aKnownItem({ owners: item.owners }) });

    expect(accountsToAsk([item], [same], 'github', [])).toEqual([]);
    expect(accountsToAsk([item], [anEntry()], 'github', [])).toEqual(['alice-gh']);
  });

  it('are those of an item whose create was not settled', () => {
    const claimed = anEntry({ item: aKnownItem({ owners: item.owners }), issue: null });

    expect(accountsToAsk([item], [claimed], 'github', [])).toEqual(['alice-gh']);
  });
});

describe('cutting a text', () => {
  it.each([
    { text: 'short', most: 5, is: 'short' },
    { text: 'too long', most: 5, is: 'too…' },
    { text: '日本語の題', most: 3, is: '日本…' },
    { text: 'a\u0301\u0301\u0301bc', most: 4, is: '…' },
  ])('to $most gives $is', ({ text, most, is }) => {
    expect(cut(text, most)).toBe(is);
    expect(cut(text, most).length).toBeLessThanOrEqual(most);
  });
});
