import { describe, expect, it } from 'vitest';
import type { Wrote } from '../../src/ledger/ledger.ts';
import type { Wanted } from '../../src/plan/draft.ts';
import { merge } from '../../src/plan/merge.ts';
import { anEntry, anIssue } from '../builders.ts';
import { blocks, type Case, facts, key, ours, titles } from './field-cases.ts';
import { assignees, labels } from './list-cases.ts';
import { ownOf } from './world.ts';

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
