import { describe, expect, it } from 'vitest';
import type { Wrote } from '../../src/ledger/ledger.ts';
import type { Wanted } from '../../src/plan/draft.ts';
import { mergeLabels } from '../../src/plan/lists.ts';
import { merge } from '../../src/plan/merge.ts';
import type { Patch } from '../../src/trackers/tracker.ts';
import { aKey, anEntry, anIssue, anItem } from '../builders.ts';
import { filed, held, onlyChange, ownOf, theFacts, theInput } from './world.ts';

const key = aKey('item');
const facts = theFacts();
const { dialect } = facts;

/** One field in one situation: what we wrote, what the tracker says, what the notes say, and what must come of it. */
interface Case {
  readonly when: string;
  readonly wrote: Partial<Wrote>;
  readonly theirs: {
    readonly title?: string;
    readonly body?: string;
    readonly labels?: string[];
    readonly assignees?: string[];
  };
  readonly notes: Partial<Wrote>;
  readonly patch: Patch;
  /** What is said of a person's change; null when there is nothing to say. */
  readonly kept: string | null;
  /** What the ledger holds as ours afterwards. */
  readonly base: Partial<Wrote>;
}

const titles: readonly Case[] = [
  {
    when: 'nobody changed it',
    wrote: { title: 'Old' },
    theirs: { title: 'Old' },
    notes: { title: 'Old' },
    patch: {},
    kept: null,
    base: { title: 'Old' },
  },
  {
    when: 'the notes changed it',
    wrote: { title: 'Old' },
    theirs: { title: 'Old' },
    notes: { title: 'New' },
    patch: { title: 'New' },
    kept: null,
    base: { title: 'New' },
  },
  {
    when: 'a person changed it',
    wrote: { title: 'Old' },
    theirs: { title: 'Mine' },
    notes: { title: 'Old' },
    patch: {},
    kept: 'retitled by a person: left as it is',
    base: { title: 'Old' },
  },
  {
    when: 'both changed it',
    wrote: { title: 'Old' },
    theirs: { title: 'Mine' },
    notes: { title: 'New' },
    patch: {},
    kept: 'retitled by a person, while the notes now say “New”: left as it is',
    base: { title: 'Old' },
  },
  {
    when: 'both changed it to the same',
    wrote: { title: 'Old' },
    theirs: { title: 'New' },
    notes: { title: 'New' },
    patch: {},
    kept: null,
    base: { title: 'New' },
  },
  {
    when: 'the tracker merely trimmed it',
    wrote: { title: 'Old' },
    theirs: { title: ' Old' },
    notes: { title: 'New' },
    patch: { title: 'New' },
    kept: null,
    base: { title: 'New' },
  },
];

const ours = (content: string) => dialect.wrap(key, content);
const edited = (content: string, by: string) => ours(content).replace(content, by);

const blocks: readonly Case[] = [
  {
    when: 'nobody changed it',
    wrote: { block: 'old' },
    theirs: { body: ours('old') },
    notes: { block: 'old' },
    patch: {},
    kept: null,
    base: { block: 'old' },
  },
  {
    when: 'the notes changed it',
    wrote: { block: 'old' },
    theirs: { body: ours('old') },
    notes: { block: 'new' },
    patch: { body: ours('new') },
    kept: null,
    base: { block: 'new' },
  },
  {
    when: 'the notes changed it and people wrote around it',
    wrote: { block: 'old' },
    theirs: { body: `Hello\n\n${ours('old')}\n\nBye` },
    notes: { block: 'new' },
    patch: { body: `Hello\n\n${ours('new')}\n\nBye` },
    kept: null,
    base: { block: 'new' },
  },
  {
    when: 'a person changed it',
    wrote: { block: 'old' },
    theirs: { body: edited('old', 'mine') },
    notes: { block: 'old' },
    patch: {},
    kept: 'our part of its text was edited by a person: left as it is',
    base: { block: 'old' },
  },
  {
    when: 'both changed it',
    wrote: { block: 'old' },
    theirs: { body: edited('old', 'mine') },
    notes: { block: 'new' },
    patch: {},
    kept: 'our part of its text was edited by a person, while the notes changed too: left as it is',
    base: { block: 'old' },
  },
  {
    when: 'both changed it to the same',
    wrote: { block: 'old' },
    theirs: { body: edited('old', 'new') },
    notes: { block: 'new' },
    patch: {},
    kept: null,
    base: { block: 'new' },
  },
  {
    when: 'a person took it away',
    wrote: { block: 'old' },
    theirs: { body: 'Only mine' },
    notes: { block: 'new' },
    patch: {},
    kept: 'our part of its text was removed by a person: left out',
    base: { block: 'old' },
  },
  {
    when: 'another run of ours wrote it, with another ledger',
    wrote: { block: 'old' },
    theirs: { body: ours('theirs') },
    notes: { block: 'new' },
    patch: { body: ours('new') },
    kept: null,
    base: { block: 'new' },
  },
  {
    when: 'a browser merely sent other line ends',
    wrote: { block: 'old\n\nline' },
    theirs: { body: ours('old\n\nline').replaceAll('\n', '\r\n') },
    notes: { block: 'old\n\nline' },
    patch: {},
    kept: null,
    base: { block: 'old\n\nline' },
  },
  {
    when: 'the statement merely moved in its note',
    wrote: { block: 'at lines 3–4 of notes' },
    theirs: { body: ours('at lines 3–4 of notes') },
    notes: { block: 'at line 17 of notes' },
    patch: {},
    kept: null,
    base: { block: 'at lines 3–4 of notes' },
  },
];

const labels: readonly Case[] = [
  { when: 'nobody changed them', wrote: ['a'], theirs: ['a'], notes: ['a'], patch: {}, kept: null, base: ['a'] },
  {
    when: 'the notes add one',
    wrote: ['a'],
    theirs: ['a'],
    notes: ['a', 'b'],
    patch: { addLabels: ['b'] },
    kept: null,
    base: ['a', 'b'],
  },
  {
    when: 'the notes take one away',
    wrote: ['a', 'b'],
    theirs: ['a', 'b'],
    notes: ['a'],
    patch: { removeLabels: ['b'] },
    kept: null,
    base: ['a'],
  },
  { when: 'a person added one', wrote: ['a'], theirs: ['a', 'x'], notes: ['a'], patch: {}, kept: null, base: ['a'] },
  {
    when: 'a person took one away',
    wrote: ['a', 'b'],
    theirs: ['a'],
    notes: ['a', 'b'],
    patch: {},
    kept: 'b taken off it: not put on again',
    base: ['a', 'b'],
  },
  {
    when: 'a person took one away and the notes add another',
    wrote: ['a', 'b'],
    theirs: ['a'],
    notes: ['a', 'b', 'c'],
    patch: { addLabels: ['c'] },
    kept: 'b taken off it: not put on again',
    base: ['a', 'b', 'c'],
  },
  {
    when: 'both added the same, in other letters',
    wrote: ['a'],
    theirs: ['a', 'B'],
    notes: ['a', 'b'],
    patch: {},
    kept: null,
    base: ['a', 'b'],
  },
  {
    when: 'both took the same away',
    wrote: ['a', 'b'],
    theirs: ['a'],
    notes: ['a'],
    patch: {},
    kept: null,
    base: ['a'],
  },
  {
    when: 'the notes take one away that a person added',
    wrote: ['a'],
    theirs: ['a', 'x'],
    notes: ['a'],
    patch: {},
    kept: null,
    base: ['a'],
  },
  {
    when: 'triage has moved one on',
    wrote: ['a'],
    theirs: ['a', 'rfe-confirmed'],
    notes: ['a', 'rfe'],
    patch: {},
    kept: null,
    base: ['a', 'rfe'],
  },
].map((row) => lists('labels', row));

const assignees: readonly Case[] = [
  { when: 'nobody changed them', wrote: ['al'], theirs: ['al'], notes: ['al'], patch: {}, kept: null, base: ['al'] },
  {
    when: 'the notes name another owner',
    wrote: ['al'],
    theirs: ['al'],
    notes: ['bo'],
    patch: { addAssignees: ['bo'], removeAssignees: ['al'] },
    kept: null,
    base: ['bo'],
  },
  {
    when: 'the notes name an owner where nobody was',
    wrote: [],
    theirs: [],
    notes: ['bo'],
    patch: { addAssignees: ['bo'] },
    kept: null,
    base: ['bo'],
  },
  {
    when: 'a person gave it to another',
    wrote: ['al'],
    theirs: ['cy'],
    notes: ['al'],
    patch: {},
    kept: 'assigned to cy by a person: left as it is',
    base: ['al'],
  },
  {
    when: 'a person took the owner off',
    wrote: ['al'],
    theirs: [],
    notes: ['al'],
    patch: {},
    kept: 'assigned to nobody by a person: left as it is',
    base: ['al'],
  },
  {
    when: 'both changed them',
    wrote: ['al'],
    theirs: ['cy'],
    notes: ['bo'],
    patch: {},
    kept: 'assigned to cy by a person, while the notes now name bo: left as it is',
    base: ['al'],
  },
  {
    when: 'both changed them to the same',
    wrote: ['al'],
    theirs: ['Bo'],
    notes: ['bo'],
    patch: {},
    kept: null,
    base: ['bo'],
  },
].map((row) => lists('assignees', row));

function lists(
  field: 'labels' | 'assignees',
  row: {
    when: string;
    wrote: string[];
    theirs: string[];
    notes: string[];
    patch: Patch;
    kept: string | null;
    base: string[];
  },
): Case {
  const { when, wrote, theirs, notes, patch, kept, base } = row;
  return {
    when,
    wrote: { [field]: wrote },
    theirs: { [field]: theirs },
    notes: { [field]: notes },
    patch,
    kept,
    base: { [field]: base },
  };
}

const still = { title: 'Old', block: 'old', labels: ['a'], assignees: ['al'] };

function run(...cases: readonly Case[]) {
  const wrote: Wrote = Object.assign({ ...still }, ...cases.map((one) => one.wrote));
  const notes: Wrote = Object.assign({ ...still }, ...cases.map((one) => one.notes));
  const theirs = Object.assign({ ...still, body: ours('old') }, ...cases.map((one) => one.theirs));
  const { title, body, labels: on, assignees: to } = theirs;
  const wanted: Wanted = {
    draft: { key, title: notes.title, body: '', labels: [], assignees: [], milestone: null, importance: null },
    wrote: notes,
    notes: [],
  };
  return merge(ownOf(anIssue({ title, body, labels: on, assignees: to })), anEntry({ wrote }), wanted, facts, null);
}

describe.each([
  { field: 'title', cases: titles },
  { field: 'block of the body', cases: blocks },
  { field: 'labels', cases: labels },
  { field: 'assignees', cases: assignees },
])('the three-way compare of the $field', ({ cases }) => {
  it.each(cases)('when $when', (one) => {
    const merged = run(one);

    expect(merged.patch).toEqual(Object.keys(one.patch).length === 0 ? null : one.patch);
    expect(merged.kept).toEqual(one.kept === null ? [] : [one.kept]);
    expect(merged.wrote).toEqual({ ...still, ...one.base });
  });
});

describe('the three-way compare of a whole issue', () => {
  it('decides each field apart from the others, in every combination', () => {
    let combinations = 0;
    for (const title of titles)
      for (const block of blocks)
        for (const label of labels)
          for (const assignee of assignees) {
            const cases = [title, block, label, assignee];
            const merged = run(...cases);
            const patch = Object.assign({}, ...cases.map((one) => one.patch));

            expect(merged.patch ?? {}).toEqual(patch);
            expect(merged.kept).toEqual(cases.flatMap(({ kept }) => kept ?? []));
            combinations += 1;
          }
    expect(combinations).toBe(titles.length * blocks.length * labels.length * assignees.length);
  });

  it('writes nothing a second time once the patch is written', () => {
    for (const title of titles)
      for (const block of blocks) {
        const first = run(title, block);
        const body = first.patch?.body ?? block.theirs.body ?? '';
        const issue = anIssue({
          title: first.patch?.title ?? title.theirs.title ?? '',
          body,
          labels: ['a'],
          assignees: ['al'],
        });
        const notes: Wrote = { ...still, ...title.notes, ...block.notes };
        const draft = {
          key,
          title: notes.title,
          body: '',
          labels: [],
          assignees: [],
          milestone: null,
          importance: null,
        };
        const again = merge(
          ownOf(issue),
          anEntry({ wrote: first.wrote }),
          { draft, wrote: notes, notes: [] },
          facts,
          null,
        );

        expect(again.patch).toBeNull();
      }
  });
});

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
      notes: ['ptg, action taken off it: not put on again', 'assigned to carol, by the notes to nobody: left as it is'],
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

  it('a text that would not fit beside what people wrote stays', () => {
    const limits = { ...theFacts().limits, body: own.issue.body.length + 5 };
    const longer = anItem({ kind: 'rfe', quote: `${item.quote} And then some more, and more.` });
    const input = theInput({
      items: [longer],
      entries: [entry],
      trackers: [theFacts({ issues: held(key, own), limits })],
    });

    expect(onlyChange(input)).toMatchObject({ do: 'nothing' });
  });

  it('no tag is taken off where triage may rest on it', () => {
    expect(mergeLabels(['a', 'b'], ['a', 'b'], ['a'], false)).toEqual({ write: null, kept: null, base: ['a', 'b'] });
  });
});
