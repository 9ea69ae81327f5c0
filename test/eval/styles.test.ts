import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { extract } from '../../src/items/extract.ts';
import { parseNote } from '../../src/notes/read.ts';
import { language } from '../items/note.ts';
import type { Gold } from './score.ts';
import { addNote, emptyTally, figuresOf } from './tally.ts';

const DIR = 'test/eval/styles';

const gold = readFileSync(join(DIR, 'gold.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Gold);

describe('notes in the styles of many communities', () => {
  it('keep what they state: items, owners, refs, dates and titles', () => {
    const tally = emptyTally();
    for (const doc of new Set(gold.map((item) => item.doc))) {
      const { findings } = extract(parseNote(doc, readFileSync(join(DIR, doc))), { language });
      const own = gold.filter((item) => item.doc === doc);
      addNote(tally, own, findings);
    }
    const figures = figuresOf(tally);

    expect(figures.f1).toBeGreaterThan(0.86);
    expect(figures.owners).toBeGreaterThan(0.95);
    expect(figures.refs).toBeGreaterThan(0.82);
    expect(figures.due).toBeGreaterThan(0.9);
    expect(figures.titles).toBeGreaterThan(0.79);
    expect(figures.titleFaults).toBe(0);
  });
});
