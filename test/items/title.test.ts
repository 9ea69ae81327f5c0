import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { titleOf } from '../../src/items/title.ts';
import { aContext, statementWith } from './build.ts';

function title(lines: Parameters<typeof aContext>[0], words: string): string {
  const context = aContext(lines);
  return titleOf(statementWith(context, words), context);
}

describe('titleOf', () => {
  it.each([
    { text: 'drop the grenade job as it is still running on py27', expected: 'Drop the grenade job' },
    {
      text: 'Alice will contact the vendors of the driver, but they may not answer',
      expected: 'Contact the vendors of the driver',
    },
    {
      text: 'We decided to immediately remove the interconnection project.',
      expected: 'Remove the interconnection project',
    },
    {
      text: 'ACTION: Alice to put the poster into the conference folder.',
      expected: 'Put the poster into the conference folder',
    },
    {
      text: 'The reference drivers should be moved into a new repository.',
      expected: 'Move the reference drivers into a new repository',
    },
    {
      text: 'merge the team meeting into the weekly meeting - this topic will be added to the agenda',
      expected: 'Merge the team meeting into the weekly meeting',
    },
    { text: 'Present the proposal at an upcoming meeting', expected: 'Present the proposal' },
    { text: 'alice and bobx to write examples for every purpose', expected: 'Write examples for every purpose' },
    { text: 'Decide on the vendor – Owner: Alice – Due: 17.03.2023', expected: 'Decide on the vendor' },
    {
      text: 'The middleware should be removed from the server and moved into a repository',
      expected: 'Remove the middleware from the server and move it into a repository',
    },
    {
      text: 'The diagram of last year will go onto the page soon',
      expected: 'Put the diagram of last year onto the page',
    },
    { text: 'Drop one of those jobs and keep one of them', expected: 'Drop one of those jobs and keep one of them' },
  ])('makes "$expected" of "$text"', ({ text, expected }) => {
    expect(title([text], text.slice(0, 12))).toBe(expected);
  });

  it('names the heading where the statement states something and names no work', () => {
    expect(title(['# Metering agent', 'We clearly have an inadequate dashboard so far.'], 'We clearly')).toBe(
      'Follow up on Metering agent',
    );
  });

  it('leaves those out who will be said to be busy', () => {
    expect(title(['We will be focused only on the stadium projects.'], 'We will')).toBe(
      'Focus only on the stadium projects',
    );
  });

  it('puts the topic where the statement says "it" or "this"', () => {
    expect(title(['# Metadata over IPv6', 'Alice volunteered to work on this.'], 'Alice')).toBe(
      'Work on Metadata over IPv6',
    );
    expect(title(['* stateless groups - Alice will look into it'], 'Alice')).toBe('Look into stateless groups');
  });

  it('takes the thing from a topic that is a deed, where something is done to the thing', () => {
    expect(title(['# Reevaluate the stadium projects', 'We will deprecate them.'], 'We will')).toBe(
      'Deprecate the stadium projects',
    );
  });

  it('takes no person and no date for a topic', () => {
    expect(title(['* alice', 'alice will review.'], 'alice will')).not.toContain('alice');
    expect(title(['# 2021-05-12 (recording)', 'Ask for volunteers.'], 'Ask')).toBe('Ask for volunteers');
  });

  it('names the topic where a few words say nothing alone', () => {
    expect(title(['# Web Share API', 'Revisit next week.'], 'Revisit')).toContain('Web Share API');
  });

  it('is never empty, too long, or dangling, whatever the statement says', () => {
    const word = fc.constantFrom(
      ...'we will it this drop the job to be - : , ( ) [1] . Alice should done and x https://x.org/y'.split(' '),
    );
    const text = fc.oneof(
      fc.array(word, { minLength: 1, maxLength: 40 }).map((words) => words.join(' ')),
      fc.string({ minLength: 1, maxLength: 300 }),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 100 }),
    );
    fc.assert(
      fc.property(text, fc.option(text), (body, heading) => {
        const context = aContext(heading === null ? [body] : [{ kind: 'heading', text: heading }, body]);
        for (const statement of context.statements) {
          const made = titleOf(statement, context);

          expect(made.trim()).not.toBe('');
          expect(made.length).toBeLessThanOrEqual(80);
          expect(made).not.toMatch(/^(?:it|this|that|them|these|those|we|i|there)\b/i);
        }
      }),
      { numRuns: 300 },
    );
  });
});
