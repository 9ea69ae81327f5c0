import { expect, it } from 'vitest';
import { type Placed, regexes } from './collect.ts';

/** So long are the runs that each expression is tried on: a quadratic one takes 50 million steps, a linear one some thousand. */
const LENGTH = 10_000;
/** Where only short texts come to, which their callers cut or which people write into a configuration. */
const SHORT: Readonly<Record<string, readonly [number, string]>> = {
  'src/items/topic.ts': [200, 'a line is cut at 200 characters'],
  'src/items/title.ts': [700, 'a title is made from 600 characters'],
  'src/items/wording.ts': [700, 'a title is made from 600 characters'],
  'src/items/cut.ts': [700, 'a title is made from 600 characters'],
  'src/items/resolve.ts': [700, 'a title is made from 600 characters'],
  'src/items/spoken.ts': [700, 'a title is made from 600 characters'],
  'src/items/times.ts': [2_000, 'a statement is read for times up to 2,000 characters'],
  'src/items/reference.ts': [400, 'sentences are read for their subject up to 400 characters'],
  'src/items/lead.ts': [200, 'only the ends of a statement are read for names'],
  'src/items/merge.ts': [200, 'a heading'],
  'src/items/plain.ts': [200, 'a heading or a word'],
  'src/notes/front-matter.ts': [500, 'a value is cut at 500 characters'],
  'src/notes/mail.ts': [200, 'a name is cut'],
  'src/notes/raw-form.ts': [2_000, 'the path of an address'],
  'src/sandbox/launchpad-login.ts': [2_000, 'a header that our own client sends'],
};
/** A busy machine may interrupt one try, but hardly all of them. */
const TRIES = 5;
const MILLISECONDS = 40;

const RUNS =
  ' |\t|a|A|1|.|,|-|(|[|"|\'|<|*|_|#|@|/|:|=|!|`|a |A |a. |a, |1. |to |the |will | -|a@|a/|Al |[a](|http://|<a |* |A.|\n'.split(
    '|',
  );

// About a thousand expressions on forty runs: seconds on a busy machine.
const TIMEOUT = 120_000;

it(
  'no expression of the program backtracks over long runs',
  async () => {
    const found = await regexes();
    const slow = found.filter(isSlow).map(({ file, pattern }) => `${file} ${pattern}`);

    expect(found.length).toBeGreaterThan(500);
    expect(slow).toEqual([]);
  },
  TIMEOUT,
);

function isSlow({ file, pattern }: Placed): boolean {
  const [length] = SHORT[file] ?? [LENGTH];
  const starts = startsOf(pattern);
  return runsOf(length).some((run) => starts.some((start) => takesLong(pattern, start + run)));
}

const made = new Map<number, readonly string[]>();

function runsOf(length: number): readonly string[] {
  // A pipe is a run too; it cannot stand in the list that pipes separate.
  const runs = made.get(length) ?? [...RUNS, '|'].map((run) => `${run.repeat(Math.ceil(length / run.length))}\u0000`);
  made.set(length, runs);
  return runs;
}

/** What the expression wants at its beginning, so that a run behind it is reached. */
function startsOf({ source }: RegExp): readonly string[] {
  const literal = /^\^?(?<text>[\w<>"'#:!@ -]{1,20})/.exec(source)?.groups?.text ?? '';
  return literal === '' ? [''] : ['', literal];
}

function takesLong(pattern: RegExp, text: string): boolean {
  for (let n = 0; n < TRIES; n += 1) {
    const began = performance.now();
    pattern.lastIndex = 0;
    pattern.test(text);
    if (performance.now() - began < MILLISECONDS) return false;
  }
  return true;
}
