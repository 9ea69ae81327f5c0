import { loadLanguage } from '../../config/language.ts';
import { type Extraction, extract } from '../../src/items/extract.ts';
import type { Finding } from '../../src/items/item.ts';
import type { Note } from '../../src/notes/note.ts';
import { parseNote } from '../../src/notes/read.ts';

/** The language that comes with the program, loaded once a test file. */
export const language = await loadLanguage();

/** The note in a text. */
export function aNote(text: string, source = 'notes/team.md'): Note {
  return parseNote(source, new TextEncoder().encode(text));
}

/** What extraction makes of a text. */
export function extracted(text: string): Extraction {
  return extract(aNote(text), { language });
}

/** The quotes of the items of a text. */
export function quotes(text: string): readonly string[] {
  return extracted(text).findings.map((finding: Finding) => finding.quote);
}
