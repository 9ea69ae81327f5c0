import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { contextOf } from '../../src/items/context.ts';
import { type Reading, readStatement } from '../../src/items/features.ts';
import type { Language } from '../../src/items/language.ts';
import { placesOf } from '../../src/items/place.ts';
import type { Context, Statement } from '../../src/items/statement.ts';
import { parseNote } from '../../src/notes/read.ts';
import { type Gold, matchQuotes } from '../../test/eval/score.ts';

/** What an annotation says of a statement: an item, nothing, or something that counts neither way. */
export type Label = 'item' | 'nothing' | 'either';

/** An annotated note with its statements read. */
export interface Annotated {
  readonly doc: string;
  readonly dir: string;
  readonly community: string;
  readonly gold: readonly Gold[];
  readonly context: Context;
  readonly statements: readonly Statement[];
  readonly readings: readonly Reading[];
  readonly labels: readonly Label[];
}

/** Reads the annotated notes of a folder: its `gold.jsonl` (or `*.gold.jsonl`), and the notes that it names. */
export function readFolder(
  goldFile: string,
  dir: string,
  language: Language,
  except: ReadonlySet<string> = new Set(),
): readonly Annotated[] {
  const gold = readGold(goldFile).filter(({ doc }) => !except.has(doc));
  const docs = [...new Set(gold.map(({ doc }) => doc))].sort();
  return docs.map((doc) =>
    readNote(
      join(dir, doc),
      readFileSync(join(dir, doc)),
      gold.filter((item) => item.doc === doc),
      language,
    ),
  );
}

/** The annotations of a file in JSON Lines. */
export function readGold(file: string): readonly Gold[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Gold);
}

/** The community that a note comes from, by the first word of its name: `os_ironic_…` is `os`. */
export function communityOf(doc: string): string {
  return /^\d/.test(doc) ? 'seeds' : (doc.split(/[_.]/)[0] ?? doc);
}

/** Reads a note and puts its annotation on its statements. */
export function readNote(path: string, bytes: Uint8Array, gold: readonly Gold[], language: Language): Annotated {
  const doc = basename(path);
  const note = parseNote(path, bytes);
  const context = contextOf(note, language.lexicon);
  const places = placesOf(language);
  const { statements } = context;
  const readings = statements.map((statement) => readStatement(statement, context, places, language));
  const labels = labelsOf(statements, gold);
  return { doc, dir: path, community: communityOf(doc), gold, context, statements, readings, labels };
}

function labelsOf(statements: readonly Statement[], gold: readonly Gold[]): readonly Label[] {
  const { ofPredicted, touched } = matchQuotes(
    gold,
    statements.map(({ text }) => text),
  );
  return statements.map((_, at) => {
    const item = ofPredicted.get(at);
    if (item !== undefined) return gold[item]?.tier === 'must' ? 'item' : 'either';
    return touched.has(at) ? 'either' : 'nothing';
  });
}
