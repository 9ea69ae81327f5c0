import { readFile, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { ConfigError } from '../src/errors.ts';
import { DEFAULTS } from './defaults.ts';
import type { Config } from './schema.ts';

/** The name under which a configuration is looked for, from the working directory upwards. */
export const CONFIG_NAME = 'ptg-tracker.yaml';

/** A checked configuration and where it came from. */
export interface LoadedConfig {
  /** `people`, `decisions`, `ledger` and `extract.cues` are absolute paths; `notes` are as written, relative to `dir`. */
  readonly config: Config;
  /** The file as an absolute path; null when there is none and defaults hold. */
  readonly file: string | null;
  readonly dir: string;
  /** What is allowed but probably not meant, one sentence each. */
  readonly warnings: readonly string[];
}

/** Loads the file that was named, else the nearest `ptg-tracker.yaml` upwards, else defaults. Throws `ConfigError`. */
export async function loadConfig(given: { file?: string | undefined; cwd: string }): Promise<LoadedConfig> {
  const file = given.file === undefined ? await findConfig(given.cwd) : resolve(given.cwd, given.file);
  if (file === null) return { config: anchored(DEFAULTS, given.cwd), file, dir: given.cwd, warnings: [] };
  const text = await textOf(file, shown(file, given.cwd));
  // The checks bring their libraries along; somebody without a file should not wait for them.
  const { checkConfig } = await import('./check.ts');
  const { config, warnings } = checkConfig(text, shown(file, given.cwd));
  return { config: anchored(config, dirname(file)), file, dir: dirname(file), warnings };
}

/** The nearest `ptg-tracker.yaml` in the folder or above it; null when there is none. */
export async function findConfig(from: string): Promise<string | null> {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const file = join(folder, CONFIG_NAME);
    if (await isFile(file)) return file;
    if (folder === dirname(folder)) return null;
  }
}

/** Reads a file that the configuration needs; every way in which that fails is a `ConfigError` with one sentence. */
export async function textOf(file: string, name: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    throw new ConfigError(null, [`${name} ${whyUnreadable(error)}`]);
  }
  if (bytes.includes(0)) throw new ConfigError(null, [`${name} is not a text file`]);
  return bytes.toString('utf8').replace(/^\uFEFF/, '');
}

function whyUnreadable(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'does not exist';
  if (code === 'EISDIR') return 'is a folder, not a file';
  if (code === 'EACCES' || code === 'EPERM') return 'may not be read (permission denied)';
  return `cannot be read (${String(code)})`;
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

function shown(file: string, cwd: string): string {
  const path = relative(cwd, file);
  return path.startsWith('..') ? file : path;
}

/** Paths in the file are relative to the file, not to where the program was started. */
function anchored(config: Config, dir: string): Config {
  const { people, decisions, ledger, extract } = config;
  const at = (path: string) => (isAbsolute(path) ? path : resolve(dir, path));
  return {
    ...config,
    ...(people === undefined ? {} : { people: at(people) }),
    decisions: at(decisions),
    ledger: typeof ledger === 'string' ? at(ledger) : ledger,
    extract: { ...extract, ...(extract.cues === undefined ? {} : { cues: at(extract.cues) }) },
  };
}
