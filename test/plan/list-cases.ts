import type { Patch } from '../../src/trackers/tracker.ts';
import type { Case } from './field-cases.ts';

/** The labels in every situation. */
export const labels: readonly Case[] = [
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
    kept: 'b not on it: left off',
    base: ['a', 'b'],
  },
  {
    when: 'a person took one away and the notes add another',
    wrote: ['a', 'b'],
    theirs: ['a'],
    notes: ['a', 'b', 'c'],
    patch: { addLabels: ['c'] },
    kept: 'b not on it: left off',
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

/** The assignees in every situation. */
export const assignees: readonly Case[] = [
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
