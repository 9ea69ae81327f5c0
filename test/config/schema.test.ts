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

  it('says of each setting what it is, and so does docs/configuration.md', async () => {
    const page = await readFile(new URL('../../docs/configuration.md', import.meta.url), 'utf8');

    for (const name of ['config.schema.json', 'people.schema.json']) {
      for (const [setting, schema] of settingsOf(JSON.parse(schemaTexts().get(name) ?? ''))) {
        if (setting === 'type' || setting === 'redis' || setting === 'urlEnv') continue;
        expect(schema, setting).toHaveProperty('description');
        expect(page, setting).toMatch(new RegExp(`\\b${setting}\\b`));
      }
    }
  });
});

/** All properties, however deep, by name. */
function settingsOf(schema: unknown): [string, object][] {
  if (typeof schema !== 'object' || schema === null) return [];
  const own =
    'properties' in schema && typeof schema.properties === 'object' ? Object.entries(schema.properties ?? {}) : [];
  return [...(own as [string, object][]), ...Object.values(schema).flatMap(settingsOf)];
}
