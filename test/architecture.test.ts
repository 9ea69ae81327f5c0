import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { globSync } from 'tinyglobby';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
/** Each stage folder with the one file that other folders may import. */
const NOUNS = {
  notes: 'note.ts',
  items: 'item.ts',
  plan: 'plan.ts',
  apply: 'outcome.ts',
  report: 'report.ts',
  trackers: 'tracker.ts',
  ledger: 'ledger.ts',
} as const;
/** These join the stages, or make ready what one of them works with, so they may call any of them. */
const JOINERS =
  /^(config\/(language|cues)\.ts|src\/(pipeline|pull|recognise|survey|twins|wire)\.ts|src\/(cli|web|sandbox)\/|workers\/|scripts\/)/;
const PURE = ['notes/note.ts', 'plan', 'report', 'items'];

const files = globSync(['src/**/*.ts', 'workers/**/*.ts', 'config/**/*.ts'], { cwd: root }).sort();

function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].flatMap((match) => match[1] ?? []);
}

/** The imports of a file within the project, as paths from the root. */
function localImportsOf(file: string): string[] {
  return importsOf(file)
    .filter((path) => path.startsWith('.'))
    .map((path) => relative(root, join(root, dirname(file), path)).replaceAll('\\', '/'));
}

function stageOf(file: string): string | null {
  const folder = /^src\/(?<stage>[^/]+)\//.exec(file)?.groups?.stage ?? null;
  return folder !== null && folder in NOUNS ? folder : null;
}

describe('the house', () => {
  it('has a noun file in every stage folder', () => {
    for (const [stage, noun] of Object.entries(NOUNS)) expect(files).toContain(`src/${stage}/${noun}`);
  });

  it.each(files.filter((file) => !JOINERS.test(file)))('%s takes from other stages nothing but their noun', (file) => {
    const strangers = localImportsOf(file).filter((path) => {
      const stage = stageOf(path);
      return stage !== null && stage !== stageOf(file) && path !== `src/${stage}/${NOUNS[stage as keyof typeof NOUNS]}`;
    });

    expect(strangers).toEqual([]);
  });

  it.each(files.filter((file) => !JOINERS.test(file)))('%s does not call the program that joins the stages', (file) => {
    expect(
      localImportsOf(file).filter((path) =>
        /^src\/(pipeline|pull|recognise|survey|twins|wire)\.ts$|^src\/(cli|web)\//.test(path),
      ),
    ).toEqual([]);
  });

  it.each(files.filter((file) => PURE.some((part) => file.startsWith(`src/${part}`))))(
    '%s reads no clock, no disk and no network',
    (file) => {
      const text = readFileSync(join(root, file), 'utf8');

      expect(
        importsOf(file).filter((path) =>
          /^(node:(fs|net|http|https|child_process)|axios|@octokit|ioredis|libsql)/.test(path),
        ),
      ).toEqual([]);
      expect(text).not.toMatch(/\bnew Date\(\)|\bDate\.now\(\)|\bfetch\(|process\.(env|cwd)|Math\.random\(\)/);
    },
  );
});
