import { type Cue, compileLanguage, type Language } from '../src/items/language.ts';
import type { RawWords } from '../src/items/lexicon.ts';
import type { Model } from '../src/items/model.ts';
import { readTables } from './tables.ts';

/**
 * Loads the words, the cues and the fitted weights that come with the program. Cues of one's own (`loadCues`) are added
 * with the weights that they state; one with the id of ours takes its place.
 */
export async function loadLanguage(own: readonly Cue[] = []): Promise<Language> {
  const { words, cues, weights } = await readTables();
  return compileLanguage(words as RawWords, cues as readonly Cue[], weights as Model, own);
}
