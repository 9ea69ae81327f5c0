import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extract } from '../../src/items/extract.ts';
import { aNote, extracted, language, quotes } from './note.ts';

describe('extract', () => {
  it.each([
    { when: 'somebody promises work', text: 'Alice will write the upgrade guide before the next meeting.' },
    { when: 'somebody volunteers', text: 'Bob volunteered to review the driver patches.' },
    { when: 'the group decides', text: 'We decided to drop the old gate job.' },
    { when: 'a marker says so', text: 'Some talk.\n\nACTION: alice to open a bug for the broken job\n' },
    {
      when: 'minutes name the one who does it',
      text: 'Storage\n=======\n\n* bob to put up a patch for the scheduler\n',
    },
    {
      when: 'a list of actions names it',
      text: '## Action items\n\n- Alice: send a mail to the list about the meeting time\n',
    },
  ])('finds an item when $when', ({ text }) => {
    expect(quotes(text)).toHaveLength(1);
  });

  it.each([
    { when: 'work is finished', text: 'Alice wrote the upgrade guide and Bob merged it last week.' },
    { when: 'somebody is invited', text: 'Feel free to contact us if you have any questions.' },
    { when: 'it is background', text: 'The agent has been in the tree since the first release and is slow.' },
    { when: 'a list says who was there', text: '## Attendees\n\n- Alice Example\n- Bob Example\n' },
    { when: 'a line only leads in', text: 'Actions to do after this discussion:\n\n* nothing\n' },
  ])('finds nothing when $when', ({ text }) => {
    expect(quotes(text)).toEqual([]);
  });

  it('makes two items of two people with two jobs in one sentence', () => {
    const found = extracted(
      '* Notes of the driver session: alice to write the spec for the agent, bob to follow up with the code\n',
    );

    expect(found.findings.map(({ owners }) => owners.map(({ name }) => name))).toEqual([['alice'], ['bob']]);
  });

  it('makes an item of each bullet under a decision', () => {
    const text = 'We decided to:\n\n* drop the old gate job\n* move the tests to the new repository\n';

    expect(quotes(text)).toEqual(['drop the old gate job', 'move the tests to the new repository']);
  });

  it('says of every statement what spoke for and against it', () => {
    const [explained] = extracted('Alice will write the upgrade guide.').explain();

    expect(explained?.confidence).toBeGreaterThan(0.5);
    expect(explained?.reasons.some(({ weight }) => weight > 0)).toBe(true);
    const sum = (explained?.reasons ?? []).reduce((odds, { weight }) => odds + weight, language.model.bias);
    expect(1 / (1 + Math.exp(-sum))).toBeCloseTo(explained?.confidence ?? 0, 6);
  });

  it('finds less with a higher threshold', () => {
    const note = aNote('Alice will write the upgrade guide.\n\nWe could maybe drop the job later.');

    expect(extract(note, { language, threshold: 0.9999 }).findings).toEqual([]);
    expect(extract(note, { language, threshold: 0.001 }).findings).toHaveLength(2);
  });
});

/** Texts that look like notes: words of the trade, marks, bullets, quotes and noise, in any order. */
const noteText = fc
  .array(
    fc.oneof(
      {
        weight: 6,
        arbitrary: fc.constantFrom(
          'Alice will',
          'bob to',
          'we need to',
          'ACTION:',
          'write the spec',
          'drop it',
          'if',
          'not',
          'https://example.org/1',
          '[1]',
          '(Bob)',
          'and',
          'agreed',
        ),
      },
      {
        weight: 3,
        arbitrary: fc.constantFrom('\n', '\n\n', '\n* ', '\n  - ', '. ', ', ', ': ', '\n# ', '\n> ', '\n1. ', '\n| '),
      },
      { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
    ),
    { maxLength: 40 },
  )
  .map((parts) => `x ${parts.join(' ')}`);

describe('extract, on any text', () => {
  it('quotes what stands in a block, on lines of the note, the same every time', () => {
    fc.assert(
      fc.property(noteText, (text) => {
        const note = aNote(text);
        const { findings } = extract(note, { language, threshold: 0.05 });
        const lines = text.split(/\r\n|\r|\n/).length + 1;
        for (const { quote, source, title, confidence } of findings) {
          expect(note.blocks.some((block) => block.text.includes(quote))).toBe(true);
          expect(source.lineStart).toBeGreaterThanOrEqual(1);
          expect(source.lineEnd).toBeGreaterThanOrEqual(source.lineStart);
          expect(source.lineEnd).toBeLessThanOrEqual(lines);
          expect(title.length).toBeGreaterThan(0);
          expect(confidence).toBeGreaterThanOrEqual(0.05);
        }
        expect(extract(aNote(text), { language, threshold: 0.05 }).findings).toEqual(findings);
      }),
      { numRuns: 150 },
    );
  });

  it('finds the same in a note that is quoted', () => {
    const plain = fc
      .array(
        fc.constantFrom(
          'Alice will write the spec.',
          '* bob to drop the job',
          '* ACTION: Alice to test it',
          'Some background.',
          '',
          'Storage',
          '=======',
        ),
        { minLength: 1, maxLength: 14 },
      )
      .map((lines) => ['Notes of the meeting.', '', ...lines].join('\n'));
    fc.assert(
      fc.property(plain, (text) => {
        const quoted = text
          .split('\n')
          .map((line) => (line === '' ? '>' : `> ${line}`))
          .join('\n');
        const of = (given: string) => extracted(given).findings.map(({ quote, kind }) => `${kind} ${quote}`);
        expect(of(quoted)).toEqual(of(text));
      }),
      { numRuns: 100 },
    );
  });
});
