import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isUnmoved } from '../../../src/trackers/github/compare.ts';
import type { Issue, Patch } from '../../../src/trackers/tracker.ts';
import { anIssue } from '../../builders.ts';

const seen = anIssue({ title: 'Old', body: 'one\ntwo', labels: ['ptg', 'action'], assignees: ['alice'] });

describe('an issue right before it is written', () => {
  it.each<[string, Partial<Issue>, Patch]>([
    ['nothing happened', {}, { title: 'New' }],
    ['only its time moved (a comment)', { updatedAt: '2027-01-01T00:00:00Z' }, { title: 'New' }],
    ['only its line ends changed', { body: 'one\r\ntwo' }, { body: 'three' }],
    ['our lost write had arrived', { title: 'New', body: 'three' }, { title: 'New', body: 'three' }],
    [
      'half of our lost write had arrived',
      { labels: ['ptg', 'action', 'rfe'] },
      { title: 'New', addLabels: ['rfe', 'x'] },
    ],
    ['our label was taken away already', { labels: ['action'] }, { removeLabels: ['PTG'] }],
    ['our assignee was added already', { assignees: ['alice', 'bob'] }, { addAssignees: ['bob'] }],
    ['our close had arrived', { raw: 'closed (completed)' }, { close: { as: 'done' } }],
  ])('is unmoved when %s', (_, change, patch) => {
    expect(isUnmoved(seen, { ...seen, ...change }, patch)).toBe(true);
  });

  it.each<[string, Partial<Issue>, Patch]>([
    ['its title', { title: 'Theirs' }, { title: 'New' }],
    ['its title, which we leave alone', { title: 'Theirs' }, { addLabels: ['rfe'] }],
    ['its text', { body: 'one\ntwo\nthree' }, { title: 'New' }],
    ['its state', { raw: 'closed (completed)' }, { title: 'New' }],
    ['its labels: one more', { labels: ['ptg', 'action', 'ptg-tracker-ignore'] }, { title: 'New' }],
    ['its labels: one less', { labels: ['ptg'] }, { title: 'New', addLabels: ['rfe'] }],
    ['its assignees: one more', { assignees: ['alice', 'bob'] }, { title: 'New' }],
    ['its assignees: one less', { assignees: [] }, { addAssignees: ['bob'] }],
  ])('has moved when somebody changed %s', (_, change, patch) => {
    expect(isUnmoved(seen, { ...seen, ...change }, patch)).toBe(false);
  });

  it('has moved exactly when a label is neither as it was nor as it shall be', () => {
    const labels = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'));
    fc.assert(
      fc.property(labels, labels, labels, labels, (before, now, add, remove) => {
        const wanted = new Set([...before, ...add].filter((name) => !remove.includes(name)));
        const fits = (['a', 'b', 'c', 'd'] as const).every((name) => {
          return now.includes(name) === before.includes(name) || now.includes(name) === wanted.has(name);
        });

        const unmoved = isUnmoved(
          { ...seen, labels: before },
          { ...seen, labels: now },
          { addLabels: add, removeLabels: remove },
        );

        expect(unmoved).toBe(fits);
      }),
    );
  });
});
