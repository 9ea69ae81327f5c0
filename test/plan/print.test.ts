import { describe, expect, it } from 'vitest';
import { makePlan } from '../../src/plan/make.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { printPlan } from '../../src/plan/print.ts';
import { aKey, anItem, anOwner } from '../builders.ts';
import { filed, held, ownOf, theFacts, theInput } from './world.ts';

const plain = { width: 80, colours: false, createsPerMinute: 20 };

function created(count: number): Plan {
  const items = Array.from({ length: count }, (_, index) =>
    anItem({ key: aKey(`n${index}`), title: `Do thing ${index}` }),
  );
  return makePlan(theInput({ items }));
}

describe('a printed plan', () => {
  it('shows what would be created, changed and left, with the reasons', () => {
    const changed = filed(anItem({ key: aKey('a') }), { id: '41' });
    const kept = filed(anItem({ key: aKey('b'), title: 'Define a driver deprecation process' }), { id: '17' });
    const same = filed(anItem({ key: aKey('c') }), { id: '3' });
    const issues = new Map([
      [aKey('a'), [changed.own]],
      [aKey('b'), [ownOf({ ...kept.issue, title: 'Mine' })]],
      [aKey('c'), [same.own]],
    ]);
    const plan = makePlan(
      theInput({
        items: [
          anItem({ key: aKey('a'), title: 'Drop both old jobs' }),
          anItem({ key: aKey('b'), title: 'Define a driver deprecation process' }),
          anItem({ key: aKey('c') }),
          anItem({ key: aKey('d'), title: 'Check the failing job', owners: [anOwner({ name: 'Owner Two' })] }),
        ],
        entries: [changed.entry, kept.entry, same.entry],
        trackers: [theFacts({ issues })],
      }),
    );

    expect(`\n${printPlan(plan, plain)}`).toBe(`
work · github acme/items                         1 create   1 update   2 nothing
  ~ #41 Drop both old jobs                                           title, body
      title     - Drop the old grenade job
                + Drop both old jobs
      body      - **To do:** Drop the old grenade job
                + **To do:** Drop both old jobs
  + Check the failing job                                       summary.md:10
      Owner Two is not in people.yaml: named in the text, not assigned
  = #17 Define a driver deprecation process  retitled by a person: left as it is
  = 1 up to date

1 create in about 10 s at 20 a minute, 1 update. Nothing has been written. Next:
ptg-tracker sync
`);
  });

  it('shows labels where there is room for them', () => {
    expect(printPlan(created(1), { ...plain, width: 96 })).toMatch(/\+ Do thing 0 +ptg action +summary\.md:10\n/);
    expect(printPlan(created(1), { ...plain, width: 95 })).toMatch(/\+ Do thing 0 +summary\.md:10\n/);
  });

  it.each([
    { count: 46, said: '46 creates in about 2 min 20 s at 20 a minute.' },
    { count: 1, said: '1 create in about 10 s at 20 a minute.' },
    { count: 20, said: '20 creates in about 1 min at 20 a minute.' },
  ])('says of $count creates how long they take', ({ count, said }) => {
    expect(printPlan(created(count), { ...plain, width: 160 })).toContain(
      `${said} Nothing has been written. Next: ptg-tracker sync`,
    );
  });

  it('says in hours what takes hours', () => {
    expect(printPlan(created(2), { ...plain, createsPerMinute: 1 / 40 })).toContain('1 h 20 min');
  });

  it('names no next step when there is nothing to do', () => {
    const one = filed();
    const plan = makePlan(
      theInput({
        items: [anItem()],
        entries: [one.entry],
        trackers: [theFacts({ issues: held(aKey('item'), one.own) })],
      }),
    );

    expect(printPlan(plan, plain)).toContain('0 changes, 1 as they are. Nothing has been written.\n');
  });

  it('tells many owners without an account in one sentence', () => {
    const items = ['A', 'B', 'C'].map((name) =>
      anItem({ key: aKey(name), owners: [anOwner({ name: `Owner ${name}` })] }),
    );

    const printed = printPlan(makePlan(theInput({ items })), plain);

    expect(printed).toContain(
      '! not in people.yaml, so named in the text and not assigned: Owner A,\n    Owner B, Owner C',
    );
    expect(printed.match(/people\.yaml/g)).toHaveLength(1);
  });

  it('counts items that are left for one reason when they are many', () => {
    const items = Array.from({ length: 9 }, (_, index) => anItem({ key: aKey(`n${index}`) }));

    expect(printPlan(makePlan(theInput({ items, options: { maxCreates: 1 } })), plain)).toContain(
      '  = 8 over the limit of 1 creates a run; the next run goes on\n',
    );
  });

  it('sets items that no route takes apart', () => {
    const printed = printPlan(makePlan(theInput({ items: [anItem()], routes: [] })), plain);

    expect(printed).toMatch(/^on no tracker +0 create {3}0 update {3}1 nothing\n/);
    expect(printed).toContain('= Drop the old grenade job  no route takes it');
  });

  it('says why a tracker could not be used', () => {
    const trackers = [theFacts({ unavailable: 'GitHub refused the token' })];

    expect(printPlan(makePlan(theInput({ items: [anItem()], trackers })), plain)).toContain(
      '\n  GitHub refused the token\n',
    );
  });

  it('shows of a long text no more than its first changed lines', () => {
    const then = filed(anItem({ quote: 'short' }));
    const plan: Plan = {
      trackers: [],
      changes: [
        {
          ...makePlan(
            theInput({
              items: [anItem({ quote: 'other' })],
              entries: [then.entry],
              trackers: [theFacts({ issues: held(aKey('item'), then.own) })],
            }),
          ).changes[0],
          fields: { body: { from: null, to: Array.from({ length: 20 }, (_, index) => `line ${index}`).join('\n') } },
        } as Plan['changes'][number],
      ],
    };

    const printed = printPlan(plan, plain);

    expect(printed).toContain('+ line 5\n');
    expect(printed).toContain('… 14 more lines');
    expect(printed).not.toContain('line 6');
  });

  it('lets no text move the cursor', () => {
    const item = anItem({
      title: 'Bad \u001b[2Jtitle\u0007',
      source: { note: 'a\u001b[31m.md', lineStart: 1, lineEnd: 1 },
    });

    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
    expect(printPlan(makePlan(theInput({ items: [item] })), plain)).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  });

  it('uses colours only when asked', () => {
    const plan = created(1);

    expect(printPlan(plan, { ...plain, colours: true })).toContain('\u001b[');
    expect(printPlan(plan, plain)).not.toContain('\u001b[');
  });
});
