import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csv, renderCsv } from '../../src/report/csv.ts';
import { aKnownItem, anEntry, aReport } from './builders.ts';

/** Reads CSV as RFC 4180 says, one character at a time. */
function parse(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (quoted) {
      if (char !== '"') cell += char;
      else if (text.charAt(at + 1) === '"') {
        at += 1;
        cell += char;
      } else quoted = false;
    } else if (char === '"' && cell === '') quoted = true;
    else if (char === ',') {
      row.push(cell);
      cell = '';
    } else if (char === '\r' && text.charAt(at + 1) === '\n') {
      at += 1;
      rows.push([...row, cell]);
      row = [];
      cell = '';
    } else cell += char;
  }
  return rows;
}

describe('the report as CSV', () => {
  it('has a row of names and one row an item', () => {
    const [names = [], row = [], ...more] = parse(renderCsv(aReport()));

    expect(more).toEqual([]);
    expect(Object.fromEntries(names.map((name, index) => [name, row[index]]))).toMatchObject({
      title: 'Drop the old job',
      owners: 'Owner One',
      state: 'open',
      issue: '41',
      url: 'https://github.com/owner/name/issues/41',
      stale: 'false',
      dueDate: '',
      lineStart: '10',
    });
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])('lets no spreadsheet run %j', (title) => {
    const [, row = []] = parse(renderCsv(aReport({ entries: [anEntry({ item: aKnownItem({ title }) })] })));

    expect(row[2]).toBe(`'${title}`);
  });

  it('reads back as it was, whatever stands in it', () => {
    const cell = fc
      .string({ unit: fc.constantFrom(...'",\r\n ab'), maxLength: 12 })
      .filter((text) => !text.startsWith('\r'));
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 3 }), { maxLength: 5 }), (rows) => {
        expect(parse(csv(rows))).toEqual(rows);
      }),
    );
  });
});
