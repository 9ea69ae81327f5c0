import { describe, expect, it } from 'vitest';
import { checkUnmoved, planFile, readPlanFile } from '../../src/cli/plan-file.ts';
import { UsageError } from '../../src/errors.ts';
import type { ItemKey } from '../../src/items/item.ts';
import type { Change, Plan } from '../../src/plan/plan.ts';
import { aKnownItem, anIssue } from '../report/builders.ts';

const NOW = new Date('2026-03-01T00:00:00Z');
const CHOICES = { notes: ['notes'], only: null, maxCreates: 5 };

function anUpdate(letter: string, title: string): Change {
  return {
    do: 'update',
    key: `aaaaaaaaaaaaaaa${letter}` as ItemKey,
    title: 'Drop the old job',
    tracker: 'work',
    because: 'the note says it otherwise',
    fields: { title: { from: 'old', to: title } },
    notes: [],
    item: { ...aKnownItem(), key: 'aaaaaaaaaaaaaaaa' as ItemKey, confidence: 1, evidence: [], alsoIn: [] },
    issue: anIssue(),
    patch: { title },
    wrote: { title, block: '', labels: [], assignees: [] },
  };
}

const nothing = (letter: string): Change => ({
  do: 'nothing',
  key: `aaaaaaaaaaaaaaa${letter}` as ItemKey,
  title: 'Left alone',
  tracker: 'work',
  item: null,
  because: 'up to date',
  fields: {},
  notes: [],
  issue: null,
});

const planOf = (...changes: Change[]): Plan => ({ trackers: [], changes });
const roundTrip = (plan: Plan) => readPlanFile(planFile(plan, CHOICES, NOW), 'plan.json');

describe('a plan file', () => {
  it('reads back with what it was made from', () => {
    expect(roundTrip(planOf(anUpdate('a', 'new'), nothing('b')))).toMatchObject({
      version: 1,
      madeAt: NOW.toISOString(),
      madeFrom: CHOICES,
      changes: [
        { do: 'update', writes: expect.stringMatching(/^[0-9a-f]{16}$/) },
        { do: 'nothing', writes: null },
      ],
    });
  });

  it('lets the same writes through, whatever is left alone besides', () => {
    const file = roundTrip(planOf(anUpdate('a', 'new'), nothing('b')));

    expect(() => checkUnmoved(file, 'plan.json', planOf(nothing('c'), anUpdate('a', 'new')))).not.toThrow();
  });

  it.each([
    {
      when: 'another text would be written',
      now: planOf(anUpdate('a', 'newer')),
      says: '“Drop the old job”: would write another text now',
    },
    {
      when: 'a change is new',
      now: planOf(anUpdate('a', 'new'), anUpdate('z', 'x')),
      says: 'not in the plan, now update',
    },
    { when: 'a change is no longer needed', now: planOf(nothing('a')), says: 'was update, now nothing (up to date)' },
    { when: 'an item has gone', now: planOf(), says: 'was update, now nothing' },
  ])('refuses and names it when $when', ({ now, says }) => {
    const check = () => checkUnmoved(roundTrip(planOf(anUpdate('a', 'new'))), 'plan.json', now);

    expect(check).toThrow(UsageError);
    expect(check).toThrow(says);
  });

  it('names ten that moved and counts the others', () => {
    const many = planOf(...'abcdefghijkl'.split('').map((letter) => anUpdate(letter, 'new')));

    expect(() => checkUnmoved(roundTrip(planOf()), 'plan.json', many)).toThrow(/… and 2 more$/);
  });
});
