import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/apply/outcome.ts';
import { outcomesJson, printOutcomes } from '../../src/cli/outcomes.ts';
import { SyncJson } from '../../src/cli/schema.ts';
import type { ItemKey } from '../../src/items/item.ts';
import { painter } from '../../src/terminal/paint.ts';
import { widthOf } from '../../src/terminal/text.ts';

const SCREEN = { width: 80, paint: painter(false) };

function anOutcome(over: Partial<Outcome> = {}): Outcome {
  return {
    key: 'aaaaaaaaaaaaaaaa' as ItemKey,
    title: 'Drop the old job',
    tracker: 'work',
    did: 'created',
    issue: { id: '41', url: 'https://github.com/owner/name/issues/41' },
    because: 'filed as #41',
    notes: [],
    ...over,
  };
}

const nothing = (because: string, title = 'Left alone') => anOutcome({ did: 'nothing', because, title });

describe('the outcomes of a sync', () => {
  it('are told with what was done, what is uncertain and why, and the sum', () => {
    const text = printOutcomes(
      [
        anOutcome(),
        anOutcome({ did: 'updated', title: 'Write the guide', notes: ['label rfe did not stick: no permission'] }),
        anOutcome({
          did: 'uncertain',
          issue: null,
          title: 'Remove the jobs',
          because: 'the connection broke. It will not be sent twice.',
        }),
        nothing('up to date'),
        nothing('retitled by a person: left as it is'),
        anOutcome({
          tracker: 'bugs',
          issue: { id: '2104411', url: 'https://bugs.launchpad.net/neutron/+bug/2104411' },
        }),
      ],
      SCREEN,
    );

    expect(text).toBe(`\
  + #41         Drop the old job
  ~ #41         Write the guide
      label rfe did not stick: no permission
  ?             Remove the jobs
      the connection broke. It will not be sent twice.
  + LP 2104411  Drop the old job
  = Left alone
      retitled by a person: left as it is
✓ 2 created  ✓ 1 updated  · 2 nothing  ? 1 uncertain
`);
  });

  it('are one line when nothing is to be done', () => {
    expect(printOutcomes([nothing('up to date'), nothing('up to date')], SCREEN)).toBe('0 changes, 2 up to date\n');
    expect(printOutcomes([], SCREEN)).toBe('0 changes, 0 up to date\n');
  });

  it('tell a reason that many share once', () => {
    const refused = Array.from({ length: 5 }, () =>
      anOutcome({ did: 'failed', issue: null, because: 'GitHub refused the token' }),
    );
    const capped = Array.from({ length: 9 }, () => nothing('over the limit of 2 creates a run'));

    const text = printOutcomes([...refused, ...capped], SCREEN);

    expect(text).toBe(`\
  ✗ 5 items
      GitHub refused the token
  = 9 items
      over the limit of 2 creates a run
· 9 nothing  ✗ 5 failed
`);
  });

  it('name the owners without an account once', () => {
    const strange = (name: string) =>
      anOutcome({ notes: [`${name} is not in people.yaml: named in the text, not assigned`] });

    const text = printOutcomes([strange('bob'), strange('alice'), strange('bob')], SCREEN);

    expect(text).toContain('  ! not in people.yaml, so named in the text and not assigned: alice, bob\n');
    expect(text.match(/people\.yaml/g)).toHaveLength(1);
  });

  it('fit narrow terminals and keep hostile text harmless', () => {
    const hostile = 'x\u001b[2J '.repeat(30);
    const outcomes = [
      anOutcome({ title: hostile, notes: [hostile] }),
      anOutcome({ did: 'failed', because: hostile }),
      nothing(hostile),
    ];

    const text = printOutcomes(outcomes, { ...SCREEN, width: 40 });

    expect(text).not.toContain('\u001b');
    expect(Math.max(...text.split('\n').map(widthOf))).toBeLessThanOrEqual(40);
  });

  it('are counted in JSON, each once', () => {
    const json = outcomesJson([anOutcome(), nothing('up to date'), anOutcome({ did: 'adopted' })]);

    expect(SyncJson.parse(json)).toEqual(json);
    expect(json.summary).toEqual({ created: 1, adopted: 1, updated: 0, nothing: 1, uncertain: 0, failed: 0 });
  });
});
