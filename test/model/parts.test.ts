import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partsOf } from '../../src/model/parts.ts';
import { aNote } from '../items/note.ts';

describe('the parts of a note', () => {
  it('name each line by its block, with its place in lists, and leave verbatim text out', () => {
    const note = aNote(
      '# Jobs\n\nWe decided to:\n\n* drop the old job\n  * and its nodes\n* [ ] keep the new one\n\n```\nnot this\n```\n',
    );

    const [part, ...others] = partsOf(note);

    expect(others).toEqual([]);
    const lines = part?.text.split('\n') ?? [];
    expect(lines.slice(0, lines.indexOf('') + 1)).toEqual([`Note: ${note.title}`, '']);
    expect(lines.slice(lines.indexOf('') + 1).map((line) => line.replace(/^\[\d+\] /, ''))).toEqual([
      '# Jobs',
      'We decided to:',
      '  * drop the old job',
      '    * and its nodes',
      '  * [ ] keep the new one',
    ]);
    for (const block of part?.blocks ?? []) expect(part?.text).toContain(`[${block.index}] `);
  });

  it('say at their beginning under which heading and lead-in line they go on', () => {
    const bullets = Array.from({ length: 300 }, (_, n) => `* bullet number ${n} about the release of the week`);
    const note = aNote(`# Jobs\n\nWe decided to:\n\n${bullets.join('\n')}\n`);

    const [, second] = partsOf(note);

    expect(second?.text).toContain('Under: Jobs\nContinues: We decided to:\n');
  });

  it('hold every block that is not verbatim, in order, in a bounded size', () => {
    const word = fc.stringMatching(/^[a-z]{1,12}$/);
    const paragraph = fc.array(word, { minLength: 1, maxLength: 1_500 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(fc.array(paragraph, { minLength: 1, maxLength: 12 }), (paragraphs) => {
        const note = aNote(paragraphs.join('\n\n'));

        const parts = partsOf(note);

        const seen = parts.flatMap(({ blocks }) => blocks.map(({ index }) => index));
        expect([...new Set(seen)]).toEqual(note.blocks.map(({ index }) => index));
        expect(Math.max(...parts.map(({ text }) => text.length))).toBeLessThanOrEqual(10_000);
        const sent = parts.map(({ text }) => text.slice(text.indexOf('\n\n') + 2)).join('\n');
        expect(sent.replaceAll(/^\[\d+\] (?:# )?/gm, '').split(/\s+/)).toEqual(
          note.blocks.flatMap(({ text }) => text.split(' ')),
        );
      }),
      { numRuns: 30 },
    );
  });

  it('divide a line without blanks too', () => {
    const parts = partsOf(aNote('x'.repeat(50_000)));

    expect(parts.length).toBeGreaterThan(8);
    expect(parts.map(({ text }) => text.slice(text.indexOf(']') + 2).replaceAll(/[^x]/g, '')).join('').length).toBe(
      50_000,
    );
  });

  it('are none of a note without text', () => {
    expect(partsOf(aNote('```\ncode\n```\n'))).toEqual([]);
  });
});
