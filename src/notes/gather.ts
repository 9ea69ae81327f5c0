import { readFile, realpath, stat } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { NoteError } from '../errors.ts';
import { isBinary } from './decode.ts';
import type { Note } from './note.ts';
import { parseNote } from './read.ts';

/** Where and how notes are looked for. */
export interface GatherOptions {
  /** What the given paths are relative to. */
  readonly cwd: string;
  /** What a note's path is shown relative to; so that one note has one name from wherever it is read. */
  readonly from?: string;
  readonly allowPrivateAddresses: boolean;
  readonly timeoutMs: number;
  readonly stdin?: () => Promise<Uint8Array>;
  /** Told the size of each note in bytes before it is read. */
  readonly onBytes?: ((size: number) => void) | undefined;
}

/** What was read, in the order it was given. */
export interface Gathered {
  readonly notes: readonly Note[];
  /** What could not be read, one sentence each; the others went on. */
  readonly failures: readonly NoteError[];
}

/** Names in a folder that are worth reading: text in one of our formats, or without an extension. */
const IN_FOLDERS = '**/*.{txt,md,markdown,mkd,qmd,rst,html,htm,eml,mbox,log,org,adoc,asciidoc,text}';
const SKIPPED = ['**/node_modules/**', '**/.git/**', '**/.*'];
/** A summary has some thousand words; what is larger is an archive, and is read file by file. */
const MOST_BYTES = 16 * 1024 * 1024;

/** Reads what is given as paths, folders, globs, `-` or addresses, in that order; what is named twice is read once. */
export async function gather(given: readonly string[], options: GatherOptions): Promise<Gathered> {
  const notes: Note[] = [];
  const failures: NoteError[] = [];
  const seen = new Set<string>();
  for (const one of given) {
    for (const place of await settle(() => expand(one, options), failures, [])) {
      const same = isAddress(place) ? place : await realpath(place).catch(() => place);
      if (seen.has(same)) continue;
      seen.add(same);
      const note = await settle(() => readOne(place, options), failures, null);
      if (note !== null) notes.push(note);
    }
  }
  return { notes, failures };
}

async function settle<T>(work: () => Promise<T>, failures: NoteError[], otherwise: T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof NoteError)) throw error;
    failures.push(error);
    return otherwise;
  }
}

function isAddress(given: string): boolean {
  return /^https?:\/\//i.test(given);
}

/** The places that a word on the command line stands for: absolute paths, addresses, `-`. */
async function expand(given: string, { cwd }: GatherOptions): Promise<readonly string[]> {
  if (given === '-' || isAddress(given)) return [given];
  const path = resolve(cwd, given);
  const found = await stat(path).catch(() => null);
  if (found?.isDirectory()) return inFolder(given, path);
  if (found !== null || !/[*?{[]/.test(given)) return [path];
  const { glob } = await import('tinyglobby');
  const files = await glob(given, { cwd, absolute: true, ignore: SKIPPED, expandDirectories: false });
  if (files.length === 0) throw new NoteError(given, 'matches no file', { hint: `Looked in ${cwd}.` });
  return files.sort();
}

async function inFolder(given: string, path: string): Promise<readonly string[]> {
  const { glob } = await import('tinyglobby');
  const files = await glob(IN_FOLDERS, { cwd: path, absolute: true, ignore: SKIPPED, caseSensitiveMatch: false });
  if (files.length === 0) {
    throw new NoteError(given, 'is a folder without notes', {
      hint: 'Notes end in .txt .md .rst .html .eml .mbox .log .org or .adoc.',
    });
  }
  return files.sort();
}

async function readOne(place: string, options: GatherOptions): Promise<Note> {
  if (place === '-') return parse('-', await (options.stdin ?? readStdin)(), null, options);
  if (isAddress(place)) {
    const { fetchNote } = await import('./web.ts');
    const { bytes, url } = await fetchNote(place, options);
    return parse(place, bytes, url, options);
  }
  const from = options.from ?? options.cwd;
  const name = relative(from, place).replaceAll('\\', '/');
  const source = name.startsWith('..') ? place : name;
  return parse(source, await readBytes(place, source), null, options);
}

async function parse(source: string, bytes: Uint8Array, url: string | null, { onBytes }: GatherOptions): Promise<Note> {
  onBytes?.(bytes.length);
  if (!isBinary(bytes)) return parseNote(source, bytes, url);
  const { kindOfFile } = await import('./file-kind.ts');
  const kind = await kindOfFile(bytes);
  throw new NoteError(source, kind === null ? 'is not text: left out' : `is not text (${kind}): left out`);
}

async function readBytes(path: string, source: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(path);
    if (size > MOST_BYTES) throw tooLarge(source);
    return await readFile(path);
  } catch (error) {
    if (error instanceof NoteError) throw error;
    throw new NoteError(source, whyUnreadable(error), { cause: error });
  }
}

function tooLarge(source: string): NoteError {
  return new NoteError(source, `is larger than ${MOST_BYTES / 1024 / 1024} MB: left out`);
}

function whyUnreadable(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'does not exist';
  if (code === 'EACCES' || code === 'EPERM') return 'may not be read (permission denied)';
  return `cannot be read (${String(code)})`;
}

async function readStdin(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of process.stdin) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > MOST_BYTES) throw tooLarge('-');
  }
  return Buffer.concat(chunks);
}
