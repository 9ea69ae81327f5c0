import { describe, expect, it } from 'vitest';
import { checkCues } from '../../config/cues.ts';
import { loadLanguage } from '../../config/language.ts';
import { extract } from '../../src/items/extract.ts';
import { aNote } from '../items/note.ts';

describe('cues of one’s own', () => {
  it('count with the weight that they state', async () => {
    const own = await checkCues('- { id: on-deck, kind: phrase, weight: 9, any: ["on deck"] }', 'cues.yaml');
    const note = aNote('The storage guide is on deck.');

    expect(extract(note, { language: await loadLanguage() }).findings).toEqual([]);
    const { findings } = extract(note, { language: await loadLanguage(own) });
    expect(findings.map(({ evidence }) => evidence[0])).toEqual(['on-deck']);
  });

  it('take the place of ours with the same id', async () => {
    const own = await checkCues('- { id: will, kind: phrase, weight: -9, any: [will] }', 'cues.yaml');
    const note = aNote('Alice will write the upgrade guide.');

    expect(extract(note, { language: await loadLanguage(own) }).findings).toEqual([]);
  });

  it('are refused with everything that is wrong in them', async () => {
    const text = '- { id: A b, kind: phrase, weight: 99, any: [] }';

    await expect(checkCues(text, 'cues.yaml')).rejects.toThrow(
      /cues\.yaml is not usable:\n.*name it with a-z[\s\S]*weight/,
    );
  });
});
