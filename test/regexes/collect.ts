import { readFileSync } from 'node:fs';
import { parseAst } from 'rolldown/parseAst';
import { globSync } from 'tinyglobby';

/** A regular expression of the program, and where it stands. */
export interface Placed {
  readonly file: string;
  readonly pattern: RegExp;
}

/** Modules that put expressions together from parts when they are loaded. */
const BUILDERS = ['../../src/items/times.ts', '../../src/items/resolve.ts', '../../src/items/dates.ts'];
const NOTE_BUILDERS = ['../../src/notes/irc.ts', '../../src/notes/facts.ts'];

/** Every expression of the program: those written as such, and those that are put together when it starts. */
export async function regexes(): Promise<readonly Placed[]> {
  const found = new Map<string, Placed>();
  const add = (file: string, pattern: RegExp) => found.set(`${file} ${pattern}`, { file, pattern });
  for (const file of globSync(['src/**/*.ts', 'workers/**/*.ts', 'config/**/*.ts']).sort()) {
    for (const { pattern, flags } of literals(parseAst(readFileSync(file, 'utf8'), { lang: 'ts' })))
      add(file, new RegExp(pattern, flags));
  }
  for (const module of [...BUILDERS, ...NOTE_BUILDERS]) {
    for (const pattern of await builtBy(module)) add(module.replace('../../', ''), pattern);
  }
  return [...found.values()];
}

interface Literal {
  readonly pattern: string;
  readonly flags: string;
}

function literals(tree: unknown): readonly Literal[] {
  const found: Literal[] = [];
  const open: unknown[] = [tree];
  while (open.length > 0) {
    const node = open.pop();
    if (typeof node !== 'object' || node === null) continue;
    if ('regex' in node) found.push(node.regex as Literal);
    open.push(...Object.values(node));
  }
  return found;
}

/** Loads a module anew and notes what it makes of `RegExp`. */
async function builtBy(module: string): Promise<readonly RegExp[]> {
  const { vi } = await import('vitest');
  const made: RegExp[] = [];
  const Real = globalThis.RegExp;
  vi.resetModules();
  globalThis.RegExp = new Proxy(Real, {
    construct(target, [source, flags]) {
      const pattern = new target(source, flags);
      made.push(pattern);
      return pattern;
    },
  });
  try {
    await import(/* @vite-ignore */ module);
  } finally {
    globalThis.RegExp = Real;
  }
  return made;
}
