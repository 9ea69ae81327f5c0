import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { schemaTexts } from '../../scripts/schema.ts';

const folder = new URL('../../docs/schema/', import.meta.url);

describe('docs/schema', () => {
  it('holds the schemas of this version; npm run schema writes them', async () => {
    const texts = schemaTexts();

    expect((await readdir(folder)).sort()).toEqual([...texts.keys()].sort());
    for (const [name, text] of texts) expect(await readFile(new URL(name, folder), 'utf8'), name).toBe(text);
  });
});
