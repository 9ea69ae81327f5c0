import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { type Cue, compileLanguage, type Language } from '../src/items/language.ts';
import type { RawWords } from '../src/items/lexicon.ts';
import type { Model } from '../src/items/model.ts';

/** Loads the words, the cues and the fitted weights that come with the program. */
export async function loadLanguage(): Promise<Language> {
  const [words, cues, model] = await Promise.all(['words.yaml', 'cues.yaml', 'weights.json'].map(textOf));
  return compileLanguage(
    parse(words ?? '') as RawWords,
    parse(cues ?? '') as readonly Cue[],
    JSON.parse(model ?? '{}') as Model,
  );
}

/** The folder stands beside this file, in the sources as in what is built. */
function textOf(name: string): Promise<string> {
  return readFile(new URL(name, import.meta.url), 'utf8');
}
