import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderText } from '../../src/report/text.ts';
import { widthOf } from '../../src/terminal/text.ts';
import { aKey, aKnownItem, anEntry, anIssue, aReport } from './builders.ts';

const PLAIN = { width: 100, colours: false, brief: false };
const owner = (name: string) => [{ name, github: null, launchpad: null }];

const entries = [
  anEntry({ key: aKey('a'), seen: anIssue({ id: '41', state: 'done' }) }),
  anEntry({ key: aKey('b'), seen: anIssue({ id: '42', updatedAt: '2020-03-01T00:00:00Z' }) }),
  anEntry({
    key: aKey('c'),
    item: aKnownItem({ title: 'Write the guide', owners: [], due: { text: 'Victoria-2', date: '2020-06-01' } }),
    seen: anIssue({ id: '43', state: 'in-progress' }),
  }),
];

describe('the report on a terminal', () => {
  it('gives the figures of the note and of each owner, and a line for each item', () => {
    expect(renderText(aReport({ entries }), PLAIN)).toMatchInlineSnapshot(`
      "Summary A, 1 May 2020 · 3 items · 33 % done              open 1   in progress 1   done 1   dropped 0
        Owner One  █████░░░░░  1/2    1 stale: #42 (106 days)
        nobody     ░░░░░░░░░░  0/1    1 overdue: #43 (Victoria-2)

      Summary A, 1 May 2020
        #N is https://github.com/owner/name/issues/N
        ✓ #41   Drop the old job                                                          Owner One    1 d
        ○ #42   Drop the old job                                                          Owner One  106 d
                stale (106 days)
        ◐ #43   Write the guide                                                           –            1 d
                overdue (Victoria-2); nobody has it
      "
    `);
  });

  it('leaves the items out when it is to be brief', () => {
    const text = renderText(aReport({ entries }), { ...PLAIN, brief: true });

    expect(text).toContain('Owner One');
    expect(text).not.toContain('Write the guide');
  });

  it('says what moved, what went wrong, and when there is nothing', () => {
    const previous = { at: '2020-06-14T12:00:00.000Z', items: new Map() };

    const text = renderText(aReport({ entries: [], previous, warnings: ['bugs could not be reached'] }), PLAIN);

    expect(text).toBe(
      'No items to report on.\nsince 24 hours ago: nothing moved\nwarning: bugs could not be reached\n',
    );
  });

  it('uses colours and links only where it may', () => {
    const report = aReport({ entries });

    const plain = renderText(report, PLAIN);
    const coloured = renderText(report, { ...PLAIN, colours: true });

    expect(plain).not.toContain('\u001b');
    expect(coloured).toContain('\u001b]8;;https://github.com/owner/name/issues/41\u0007');
    expect(stripVTControlCharacters(coloured)).toBe(plain);
  });

  it('never lets a title move the cursor or change the terminal', () => {
    const item = aKnownItem({ title: 'a\u001b[2J\u001b]0;x\u0007\r\nb\u202ec', owners: owner('\u001b[31mx') });

    const text = renderText(aReport({ entries: [anEntry({ item })], warnings: ['\u001b[0m'] }), PLAIN);

    expect(text).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
  });

  it('fits every width from 40 columns on, whatever the text', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 90 }),
      fc.constantFrom('実装する項目の説明文', '👩‍👩‍👧‍👦 family', ''),
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(text, text), { maxLength: 4 }),
        fc.integer({ min: 40, max: 160 }),
        (texts, width) => {
          const items = texts.map(([title, name], index) =>
            anEntry({
              key: aKey(String.fromCharCode(97 + index)),
              item: aKnownItem({ title, owners: owner(name), due: { text: title, date: '2020-01-01' } }),
            }),
          );

          const lines = renderText(aReport({ entries: items }), { ...PLAIN, width }).split('\n');

          expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(width);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('a report of very many items', () => {
  it('is no harder to print than a short one', () => {
    const many = Array.from({ length: 150_000 }, () => entries[1]).flatMap((entry) => entry ?? []);

    const text = renderText(aReport({ entries: many }), PLAIN);

    expect(text.split('\n').length).toBeGreaterThan(300_000);
  });
});
