import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';

/** The tables of the extraction as they stand in this folder: plain data, not yet compiled. */
export interface Tables {
  readonly words: unknown;
  readonly cues: unknown;
  readonly weights: unknown;
}

/**
 * Reads the tables from the files beside this one. The build puts their content in the place of this module
 * (scripts/build.mjs), so that the built program reads and parses no YAML when it starts.
 */
export async function readTables(): Promise<Tables> {
  const [words = '', cues = '', weights = ''] = await Promise.all(
    ['words.yaml', 'cues.yaml', 'weights.json'].map(textOf),
  );
  return { words: parse(words), cues: parse(cues), weights: JSON.parse(weights) };
}

function textOf(name: string): Promise<string> {
  return readFile(new URL(name, import.meta.url), 'utf8');
}
