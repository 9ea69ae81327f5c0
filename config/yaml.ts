import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { messageOf } from '../src/errors.ts';

/** Where something stands in a file: the keys and indexes that lead to it. */
export type Path = readonly PropertyKey[];

/** Something wrong in a file, in the reader's words. */
export interface Problem {
  readonly path: Path;
  readonly message: string;
}

/** A YAML file that was read: its value, and the line on which each part of it stands. */
export interface YamlFile {
  readonly value: unknown;
  /** The line of what the path leads to, or of the nearest thing above it that exists. */
  lineOf(path: Path): number | null;
}

/** What reading gave: a file, or everything that is wrong with its notation. */
export type YamlResult = { readonly file: YamlFile } | { readonly problems: readonly string[] };

/** Reads YAML. Messages never quote the text, since a secret may stand in it. */
export function readYaml(text: string): YamlResult {
  const lines = new LineCounter();
  // `prettyErrors` would put the source line into the message.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const problems = document.errors.map(({ pos, code }) => `line ${lines.linePos(pos[0]).line}: ${inWords(code)}`);
  if (problems.length > 0) return { problems };
  try {
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    return { file: { value, lineOf: (path) => lineOf(document, lines, path) } };
  } catch (error) {
    // Too many aliases, or an alias to an anchor that is not there.
    return { problems: [messageOf(error)] };
  }
}

/** A path as people write it: `routes[0].tracker`. */
function showPath(path: Path): string {
  let shown = '';
  for (const step of path) {
    if (typeof step === 'number') shown += `[${step}]`;
    else shown += shown === '' ? String(step) : `.${String(step)}`;
  }
  return shown;
}

/** One line a problem: where it is, and what to write instead. */
export function tellProblem(file: YamlFile, problem: Problem): string {
  const line = file.lineOf(problem.path);
  const place = showPath(problem.path);
  if (place === '') return problem.message;
  return `${place}${line === null ? '' : ` (line ${line})`}: ${problem.message}`;
}

const WORDS: Readonly<Record<string, string>> = {
  BAD_INDENT: 'the indentation does not fit the lines above',
  BLOCK_AS_IMPLICIT_KEY: 'a key and its value do not fit together here; is the indentation right, is a quote missing?',
  DUPLICATE_KEY: 'the same key stands here a second time',
  MISSING_CHAR: 'a closing quote, bracket, comma or colon is missing',
  MULTILINE_IMPLICIT_KEY: 'a key has to stand on one line; is a colon or a quote missing?',
  MULTIPLE_DOCS: 'a second document begins here (---); write one only',
  TAB_AS_INDENT: 'indented with a tab; YAML wants spaces',
  UNEXPECTED_TOKEN: 'something stands here that does not belong here',
};

function inWords(code: string): string {
  return WORDS[code] ?? `this is not YAML (${code.toLowerCase().replaceAll('_', ' ')})`;
}

function lineOf(document: Document, lines: LineCounter, path: Path): number | null {
  let node: unknown = document.contents;
  let offset: number | null = null;
  for (const step of path) {
    const [at, next] = stepInto(resolved(document, node), step);
    if (at === null) break;
    offset = at;
    node = next;
  }
  return offset === null ? null : lines.linePos(offset).line;
}

function resolved(document: Document, node: unknown): unknown {
  return isAlias(node) ? node.resolve(document) : node;
}

function stepInto(node: unknown, step: PropertyKey): [number | null, unknown] {
  if (isSeq(node) && typeof step === 'number') {
    const item = node.items[step] as Node | undefined;
    return [item?.range?.[0] ?? null, item];
  }
  if (isMap(node)) {
    const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
    return [isScalar(pair?.key) ? (pair.key.range?.[0] ?? null) : null, pair?.value];
  }
  return [null, null];
}
