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

  it('takes the address that stands right before in its list, unless it is only where one talked', () => {
    expect(urls([`* spec: ${BUG}`, '* Alice to split the tests into two groups for the two roles'], 'Alice')).toEqual([
      BUG,
    ]);
    expect(urls([`* notes: ${PAD}`, '* Alice to split the tests into two groups for the two roles'], 'Alice')).toEqual(
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

  it.each([
    { link: 'https://bugzilla.example.org/show_bug.cgi?id=1800001', text: 'Alice to retest bug 1800001 tomorrow.' },
    { link: 'https://jira.example.org/browse/INT-12', text: 'Alice will debug INT-12 tomorrow.' },
    { link: 'https://phabricator.example.org/T284567', text: 'Blocked on T284567, Alice will revert.' },
    { link: 'https://peps.example.org/pep-0517/', text: 'Alice to implement PEP 517 first.' },
  ])('means what the note links to under that name: $text', ({ link, text }) => {
    const [hit] = urls([`There is ${link} again, and more was said about other matters.`, '# Next', text], 'Alice');

    expect(hit?.replace(/\/$/, '')).toBe(link.replace(/\/$/, ''));
  });

  it('means nothing where the note does not show whose number it is', () => {
    expect(urls(['Alice to merge #12 and PR 34 and INT-12 soon.'], 'Alice')).toEqual([]);
  });

  it('means the repository that the heading names', () => {
    expect(urls(['# example/tool', 'Alice to merge #12 soon.'], 'Alice')).toEqual([
      'https://github.com/example/tool/issues/12',
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
