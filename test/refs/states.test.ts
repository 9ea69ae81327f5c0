import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CLASSIC_STATUSES,
  LAUNCHPAD_STATUSES,
  stateOf,
  stateOfAll,
  VOCABULARIES,
  type Vocabulary,
} from '../../src/refs/states.ts';
import type { State } from '../../src/trackers/tracker.ts';

const STATES: readonly State[] = ['open', 'in-progress', 'done', 'dropped', 'unknown'];
const vocabularies = Object.keys(VOCABULARIES) as Vocabulary[];

describe('the vocabulary of states', () => {
  it.each([
    ['New', 'open'],
    ['Incomplete', 'open'],
    ['Confirmed', 'open'],
    ['Triaged', 'open'],
    ['Deferred', 'open'],
    ['In Progress', 'in-progress'],
    ['Fix Committed', 'in-progress'],
    ['Fix Released', 'done'],
    ['Opinion', 'dropped'],
    ['Invalid', 'dropped'],
    ["Won't Fix", 'dropped'],
    ['Expired', 'dropped'],
    ['Does Not Exist', 'dropped'],
    ['Unknown', 'unknown'],
  ])('reads the Launchpad status %s as %s', (status, state) => {
    expect(stateOf('launchpad', status)).toBe(state);
  });

  it('names the thirteen statuses that a Launchpad search takes, and the eleven of an older one', () => {
    expect(LAUNCHPAD_STATUSES).toHaveLength(13);
    expect(CLASSIC_STATUSES).toHaveLength(11);
    expect(LAUNCHPAD_STATUSES).toEqual(expect.arrayContaining([...CLASSIC_STATUSES]));
  });

  it.each([
    ['github', 'open', 'open'],
    ['github', 'open (reopened)', 'open'],
    ['github', 'draft', 'in-progress'],
    ['github', 'merged', 'done'],
    ['github', 'closed (completed)', 'done'],
    ['github', 'closed (not_planned)', 'dropped'],
    ['github', 'closed (duplicate)', 'dropped'],
    ['github', 'closed (unmerged)', 'dropped'],
    ['gerrit', 'NEW', 'in-progress'],
    ['gerrit', 'MERGED', 'done'],
    ['gerrit', 'ABANDONED', 'dropped'],
    ['storyboard', 'active', 'open'],
    ['storyboard', 'merged', 'done'],
    ['storyboard', 'invalid', 'dropped'],
    ['storyboard-task', 'review', 'in-progress'],
    ['blueprint', 'Started', 'in-progress'],
    ['blueprint', 'Superseded', 'dropped'],
  ] as const)('reads %s’s %s as %s', (vocabulary, raw, state) => {
    expect(stateOf(vocabulary, raw)).toBe(state);
  });

  it('has one of our words for every word, known or not', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...vocabularies),
        fc.oneof(fc.string(), fc.constantFrom('constructor', '__proto__')),
        (vocabulary, raw) => {
          const known = Object.keys(VOCABULARIES[vocabulary]).includes(raw);
          expect(STATES).toContain(stateOf(vocabulary, raw));
          if (!known) expect(stateOf(vocabulary, raw)).toBe('unknown');
        },
      ),
    );
  });

  it.each<{ parts: State[]; whole: State }>([
    { parts: [], whole: 'unknown' },
    { parts: ['open', 'open'], whole: 'open' },
    { parts: ['open', 'done'], whole: 'in-progress' },
    { parts: ['open', 'dropped'], whole: 'open' },
    { parts: ['done', 'dropped', 'done'], whole: 'done' },
    { parts: ['done', 'in-progress'], whole: 'in-progress' },
    { parts: ['dropped', 'dropped'], whole: 'dropped' },
    { parts: ['unknown'], whole: 'unknown' },
  ])('a whole with the parts $parts is $whole', ({ parts, whole }) => {
    expect(stateOfAll(parts)).toBe(whole);
  });
});
