import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planJson, summaryOf, writes } from '../../src/plan/json.ts';
import { makePlan } from '../../src/plan/make.ts';
import type { Change } from '../../src/plan/plan.ts';
import { printPlan } from '../../src/plan/print.ts';
import { PlanJson } from '../../src/plan/schema.ts';
import { widthOf } from '../../src/terminal/text.ts';
import { input } from './arbitrary.ts';

const runs = { numRuns: 150 };

describe('any plan', () => {
  it('has exactly one change for each item, in the order of the notes, each with a reason', () => {
    fc.assert(
      fc.property(input, (given) => {
        const { changes } = makePlan(given);
        const ofItems = changes.slice(0, given.items.length);

        expect(ofItems.map(({ key }) => key)).toEqual(given.items.map(({ key }) => key));
        expect(changes.every(({ because }) => because !== '')).toBe(true);
      }),
      runs,
    );
  });

  it('has one more change for each item that left the notes and for each second issue, and no others', () => {
    fc.assert(
      fc.property(input, (given) => {
        const stated = new Set(given.items.map(({ key }) => key));
        const gone = given.entries.filter(({ key }) => !stated.has(key)).map(({ key }) => key);
        const doubles = given.trackers
          .filter(({ unavailable }) => unavailable === null)
          .flatMap(({ issues }) => [...issues].filter(([, own]) => own.length > 1).map(([key]) => key))
          .filter((key) => given.options.only?.has(key) ?? true);
        const rest = makePlan(given).changes.slice(given.items.length);

        expect(rest.map(({ key }) => key)).toEqual([...gone, ...doubles]);
      }),
      runs,
    );
  });

  it('depends on the order of nothing that it is given', () => {
    const shuffled = input.chain((given) =>
      fc.record({
        given: fc.constant(given),
        items: mixed(given.items),
        entries: mixed(given.entries),
        issues: mixed([...(given.trackers[0]?.issues ?? [])]),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ given, items, entries, issues }) => {
        const trackers = given.trackers.map((facts) => ({
          ...facts,
          issues: new Map(issues.map(([key, own]) => [key, own.toReversed()] as const)),
        }));

        expect(sorted(makePlan({ ...given, items, entries, trackers }).changes)).toEqual(
          sorted(makePlan(given).changes),
        );
      }),
      runs,
    );
  });

  it('creates no more than allowed, and nothing that is there, claimed, deleted, doubtful, tracked or not chosen', () => {
    fc.assert(
      fc.property(input, (given) => {
        const creates = makePlan(given).changes.filter((change) => change.do === 'create');

        expect(creates.length).toBeLessThanOrEqual(given.options.maxCreates);
        for (const { key, item, instead } of creates) {
          const entry = given.entries.find((one) => one.key === key);
          expect(given.trackers.some(({ issues }) => issues.has(key))).toBe(false);
          expect(entry?.issue ?? null).toBeNull();
          expect(entry?.claim ?? null).toEqual(instead);
          expect(given.doubts.some((doubt) => doubt.key === key)).toBe(false);
          expect(item.tracked).toBeNull();
          expect(given.options.only?.has(key) ?? true).toBe(true);
        }
      }),
      runs,
    );
  });

  it('writes over nothing that a person has changed, closed or marked', () => {
    fc.assert(
      fc.property(input, (given) => {
        for (const change of makePlan(given).changes) {
          if (change.do !== 'update' && change.do !== 'adopt') continue;
          const { issue, patch } = change;
          const hands = issue.labels.includes('ptg-tracker-ignore') || issue.state === 'done' || patch === null;
          if (hands) expect(patch).toBeNull();
          if (issue.title === 'Mine') expect(patch ?? {}).not.toHaveProperty('title');
          if (issue.body === 'only mine') expect(patch ?? {}).not.toHaveProperty('body');
          if (issue.assignees.includes('carol')) expect(patch ?? {}).not.toHaveProperty('removeAssignees');
          if (issue.labels.includes('bug')) expect(patch?.removeLabels ?? []).not.toContain('bug');
        }
      }),
      runs,
    );
  });

  it('keeps titles and texts within what the tracker takes, and pings nobody', () => {
    fc.assert(
      fc.property(input, fc.integer({ min: 20, max: 256 }), (given, title) => {
        const trackers = given.trackers.map((facts) => ({ ...facts, limits: { ...facts.limits, title, body: 3_000 } }));
        for (const change of makePlan({ ...given, trackers }).changes) {
          if (change.do !== 'create') continue;
          expect(change.draft.title.length).toBeLessThanOrEqual(title);
          expect(change.draft.title).not.toMatch(/[\r\n]|(?<!\w)(?:@[a-z\d]|#\d)|items#3/i);
          expect(change.draft.body.length).toBeLessThanOrEqual(3_000);
          expect(change.draft.body).not.toMatch(/(?<![`\w])@(alice|team)/);
        }
      }),
      runs,
    );
  });

  it('is printed within the width, and every item that is written to is named', () => {
    fc.assert(
      fc.property(input, fc.integer({ min: 40, max: 160 }), (given, width) => {
        const printed = printPlan(makePlan(given), { width, colours: false, createsPerMinute: 20 });

        for (const line of printed.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(width);
      }),
      runs,
    );
  });

  it('is JSON as its schema says, and its summary counts its changes', () => {
    fc.assert(
      fc.property(input, (given) => {
        const plan = makePlan(given);
        const json = PlanJson.parse(JSON.parse(JSON.stringify(planJson(plan))));

        expect(json.changes).toHaveLength(plan.changes.length);
        expect(Object.values(json.summary).reduce((sum, count) => sum + count, 0)).toBe(plan.changes.length);
        expect(json.summary).toEqual(summaryOf(plan.changes));
      }),
      runs,
    );
  });

  it('writes nothing where it says that it writes nothing', () => {
    fc.assert(
      fc.property(input, (given) => {
        for (const change of makePlan(given).changes) if (!writes(change)) expect(patchOf(change)).toBeNull();
      }),
      runs,
    );
  });
});

function mixed<T>(list: readonly T[]): fc.Arbitrary<T[]> {
  return fc.shuffledSubarray([...list], { minLength: list.length });
}

function sorted(changes: readonly Change[]): Change[] {
  return changes.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

function nameOf(change: Change): string {
  return `${change.key} ${'issue' in change ? change.issue?.id : ''} ${change.do}`;
}

function patchOf(change: Change): unknown {
  return 'patch' in change ? change.patch : null;
}
