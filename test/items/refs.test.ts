import { describe, expect, it } from 'vitest';
import { refsOf, trackedOf } from '../../src/items/refs.ts';
import { aContext, statementWith } from './build.ts';

const BUG = 'https://bugs.launchpad.net/neutron/+bug/1815933';
const PAD = 'https://etherpad.opendev.org/p/some-pad';

function urls(lines: Parameters<typeof aContext>[0], words: string): readonly string[] {
  const context = aContext(lines);
  return refsOf(statementWith(context, words), context).map(({ url }) => url);
}

describe('refsOf', () => {
  it('takes the links that stand in the statement', () => {
    expect(urls([`Alice will fix ${BUG} and then tell the team about the outcome. See ${PAD} too.`], 'Alice')).toEqual([
      BUG,
    ]);
  });

  it('takes the addresses of the bullets below', () => {
    const lines = [
      '* Continue the effort to shrink the tempest fork',
      { kind: 'bullet' as const, text: BUG, parent: 0, depth: 2, list: 1 },
    ];

    expect(urls(lines, 'Continue')).toEqual([BUG]);
  });

  it('looks back a few sentences where the statement only says "it"', () => {
    expect(
      urls([`The request is accepted, see ${BUG}. There was no volunteer. Alice will take a look at it.`], 'Alice'),
    ).toEqual([BUG]);
  });

  it('does not look back over the section or for a statement that stands alone', () => {
    expect(urls([`See ${BUG}.`, '# Next', 'Alice will take a look at it.'], 'Alice')).toEqual([]);
    expect(urls([`See ${BUG}.`, 'Alice will write the upgrade guide for operators of large clouds.'], 'Alice')).toEqual(
      [],
    );
  });

  it("takes the heading's own link last", () => {
    expect(urls([`# Tag resources ${BUG}`, 'Alice to finish it.'], 'Alice')).toEqual([BUG]);
  });
});

describe('refsOf, for a bare number', () => {
  const issue = 'https://github.com/example/repo/issues/12';

  it('means the issue of that number that the note links to', () => {
    expect(urls([`See https://github.com/example/other/pull/7 and ${issue}.`, 'Alice to merge #7.'], 'Alice')).toEqual([
      'https://github.com/example/other/pull/7',
    ]);
  });

  it('means the repository that the note is about', () => {
    expect(urls([`See ${issue}.`, 'Alice to merge PR #34 soon.'], 'Alice')).toEqual([
      'https://github.com/example/repo/pull/34',
    ]);
  });

  it('means nothing where the note shows no repository', () => {
    expect(urls(['Alice to merge #34 into the main branch.'], 'Alice')).toEqual([]);
  });
});

describe('trackedOf', () => {
  it.each([
    [`Alice will implement ${BUG} in Victoria.`, '1815933'],
    [`The request ${BUG} was accepted. Bob volunteered to work on it.`, '1815933'],
    [`Bob will respin https://review.opendev.org/281628 for updates.`, '281628'],
  ])('finds the issue of the very work in "%s"', (text, id) => {
    const context = aContext([text]);
    const last = context.statements.at(-1);

    expect(last && trackedOf(last, context)).toMatchObject({ id });
  });

  it.each([
    `Alice will open a new bug like ${BUG} for the agent.`,
    `Alice will ask on the list about ${BUG}.`,
    `Bob will implement what ${PAD} says.`,
  ])('takes "%s" for work without an issue', (text) => {
    const context = aContext([text]);

    expect(trackedOf(statementWith(context, 'will'), context)).toBeNull();
  });
});
