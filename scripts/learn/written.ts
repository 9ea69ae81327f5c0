import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '../../src/items/language.ts';
import type { Gold } from '../../test/eval/score.ts';
import { type Annotated, readNote } from './corpus.ts';

/** Where the notes stand that were written for the fit. */
export const WRITTEN = 'test/eval/written';
/** The community that they are counted as. */
export const WRITTEN_BY_US = 'written';

/** What the marks around a passage say: `«must»`, `‹may›`. */
const MARKED = /«(?<must>[^«»]*)»|‹(?<may>[^‹›]*)›/g;

/** Reads the notes of a folder that were written for the fit; the marks in them are their annotation. */
export function readWritten(dir: string, language: Language): readonly Annotated[] {
  const files = readdirSync(dir).filter((name) => name !== 'README.md');
  return files.sort().map((doc) => {
    const text = readFileSync(join(dir, doc), 'utf8');
    const bare = text.replace(/[«»‹›]/g, '');
    return { ...readNote(doc, Buffer.from(bare), goldOf(text, doc), language), community: WRITTEN_BY_US };
  });
}

function goldOf(text: string, doc: string): readonly Gold[] {
  return [...text.matchAll(MARKED)].map(({ groups }) => ({
    doc,
    line_start: 0,
    line_end: 0,
    quote: (groups?.must ?? groups?.may ?? '').replace(/\s+/g, ' '),
    kind: 'either',
    tier: groups?.must === undefined ? 'may' : 'must',
    title: '',
    owners: null,
    refs: null,
    due: null,
    section: null,
    tracked: false,
  }));
}
