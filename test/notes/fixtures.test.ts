import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseNote } from '../../src/notes/read.ts';
import { outlineOf } from './outline.ts';

const fixtures = join(import.meta.dirname, 'fixtures');
const seeds = join(import.meta.dirname, '..', '..', 'seeds');

describe('a note reads as its outline says', () => {
  it.each(readdirSync(fixtures).filter((name) => !name.endsWith('.outline')))('%s', async (name) => {
    const note = parseNote(name, readFileSync(join(fixtures, name)));

    await expect(outlineOf(note)).toMatchFileSnapshot(join(fixtures, `${name}.outline`));
  });

  it.each(readdirSync(seeds))('seeds/%s', async (name) => {
    const note = parseNote(name, readFileSync(join(seeds, name)));

    await expect(outlineOf(note)).toMatchFileSnapshot(join(fixtures, `${name}.outline`));
  });
});
