import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Ratios measured in one run: what a whole process costs beside `node -e 0`, and how time grows with the notes.

const SEEDS = ['000_378c7d4d3373dcc0.txt', '001_4002fed96a85e805.txt', '002_1944afb623a4bf54.txt'];
const MAIN = join('dist', 'cli', 'main.js');
const ROUNDS = 15;
const MB = 1024 * 1024;
/** One file is read up to 16 MB. */
const [MANY_MB, ONE_MB] = [20, 15];
const SEED_TEXTS = SEEDS.map((seed) => readFileSync(join('seeds', seed), 'utf8'));
const VOCABULARY = [...new Set(SEED_TEXTS.join(' ').match(/\b[a-z]{7,}\b/g))];

/** Makes the program tell its peak memory when it ends. */
const PEAK = `data:text/javascript,${encodeURIComponent(
  "process.on('exit', () => console.error('peak ' + process.resourceUsage().maxRSS));",
)}`;

const folder = mkdtempSync(join(tmpdir(), 'ptg-bench-'));
try {
  startUp();
  growth();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Both programs take turns, so that a busy machine slows both; the median of the ratios counts. */
function startUp(): void {
  const bare: number[] = [];
  const extract: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    bare.push(secondsOf(['-e', '0']));
    extract.push(secondsOf([MAIN, 'extract', ...SEEDS.map((seed) => join('seeds', seed)), '--format', 'json']));
  }
  const ratio = median(extract) / median(bare);
  console.log(`extract on the three seeds, whole process: ${ratio.toFixed(1)} × node -e 0 (at most 8)`);
  console.log(`  (medians of ${ROUNDS}: ${ms(median(extract))} and ${ms(median(bare))})`);
}

/** Ten times the notes, as many notes of the size of a seed and as one note, which share no statement. */
function growth(): void {
  report('many notes', MANY_MB, manyNotes);
  report('one note', ONE_MB, oneNote);
}

function report(what: string, megabytes: number, write: (megabytes: number) => string): void {
  const small = measure(write(megabytes / 10));
  const large = measure(write(megabytes));
  const rate = megabytes / large.seconds;
  const grown = large.seconds / small.seconds;
  console.log(`${megabytes} MB as ${what}, varied text: ${large.items} items`);
  console.log(`  ${rate.toFixed(2)} MB/s after start-up (to reach: at least 1)`);
  console.log(`  10 × the notes take ${grown.toFixed(1)} × the time (at most 11)`);
  console.log(`  at most ${Math.round(large.megabytes)} MB of memory (below 500)`);
}

interface Measured {
  readonly seconds: number;
  readonly megabytes: number;
  readonly items: number;
}

function measure(notes: string): Measured {
  const empty = join(folder, 'empty.md');
  writeFileSync(empty, 'Nothing is to be done.\n');
  const start = median([1, 2, 3].map(() => secondsOf([MAIN, 'extract', empty, '--format', 'csv'])));
  const args = ['--import', PEAK, MAIN, 'extract', notes, '--format', 'csv'];
  const began = process.hrtime.bigint();
  const run = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 30 });
  const seconds = Number(process.hrtime.bigint() - began) / 1e9 - start;
  const megabytes = Number(/peak (?<kilobytes>\d+)/.exec(run.stderr)?.groups?.kilobytes) / 1024;
  return { seconds, megabytes, items: run.stdout.split('\n').length - 2 };
}

function manyNotes(megabytes: number): string {
  const notes = join(folder, `many-${megabytes}`);
  mkdirSync(notes);
  for (let size = 0, n = 0; size < megabytes * MB; n += 1) {
    const text = varied(SEED_TEXTS[n % SEED_TEXTS.length] ?? '', n);
    writeFileSync(join(notes, `${n}.txt`), text);
    size += text.length;
  }
  return notes;
}

function oneNote(megabytes: number): string {
  const body = (SEED_TEXTS[1] ?? '').split('\n').slice(5).join('\n');
  const parts: string[] = [];
  for (let size = 0, n = 0; size < megabytes * MB; n += 1) {
    const part = varied(body, n);
    parts.push(part);
    size += part.length + 1;
  }
  const note = join(folder, `one-${megabytes}.md`);
  writeFileSync(note, parts.join('\n'));
  return note;
}

/** The text with other long words of the seeds in the place of some, and with numbers, so that no two copies say the same. */
function varied(text: string, copy: number): string {
  let state = copy + 1;
  return text.replace(/(?<![\w/.@-])[A-Za-z]{7,}(?![\w/.@-])/g, (word) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const drawn = state >>> 8;
    if (drawn % 3 > 0) return word;
    return drawn % 4 === 0 ? `${word}${copy}` : (VOCABULARY[drawn % VOCABULARY.length] ?? word);
  });
}

function secondsOf(args: readonly string[]): number {
  const began = process.hrtime.bigint();
  execFileSync(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'], maxBuffer: 1 << 30 });
  return Number(process.hrtime.bigint() - began) / 1e9;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function ms(seconds: number): string {
  return `${Math.round(seconds * 1000)} ms`;
}
