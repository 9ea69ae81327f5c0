import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { extract } from '../../src/items/extract.ts';
import { parseNote } from '../../src/notes/read.ts';
import type { Gold } from '../eval/score.ts';
import { addNote, emptyTally, figuresOf } from '../eval/tally.ts';
import { language } from './note.ts';

const gold = readFileSync('test/eval/seeds.gold.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Gold);

describe('the three summaries that come along', () => {
  it('are read as two people annotated them, nearly', () => {
    const tally = emptyTally();
    for (const doc of new Set(gold.map((item) => item.doc))) {
      const note = parseNote(doc, readFileSync(join('seeds', doc)));
      const { findings } = extract(note, { language });
      addNote(
        tally,
        gold.filter((item) => item.doc === doc),
        findings,
      );
    }
    const figures = figuresOf(tally);

    expect(figures.f1).toBeGreaterThan(0.9);
    expect(figures.precision).toBeGreaterThan(0.9);
    expect(figures.owners).toBeGreaterThan(0.9);
    expect(figures.titleFaults).toBe(0);
  });
});
