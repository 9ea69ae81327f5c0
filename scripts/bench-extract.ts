import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Ratios measured in one run: what a whole process costs beside `node -e 0`, and how time grows with the notes.

const SEEDS = ['000_378c7d4d3373dcc0.txt', '001_4002fed96a85e805.txt', '002_1944afb623a4bf54.txt'];
const MAIN = join('dist', 'cli', 'main.js');
const ROUNDS = 15;
const MB = 1024 * 1024;

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
  console.log(`extract on the three seeds, whole process: ${ratio.toFixed(1)} × node -e 0`);
  console.log(`  (medians of ${ROUNDS}: ${ms(median(extract))} and ${ms(median(bare))})`);
}

/** Notes made of the seeds' lines, with numbers in them so that no two statements are the same. */
function growth(): void {
  const small = measure(0.5);
  const large = measure(5);
  console.log(
    `5 MB of notes: ${(5 / large.seconds).toFixed(1)} MB/s after start-up, at most ${Math.round(large.megabytes)} MB of memory`,
  );
  console.log(`10 × the notes take ${(large.seconds / small.seconds).toFixed(1)} × the time`);
}

function measure(megabytes: number): { readonly seconds: number; readonly megabytes: number } {
  const files = Math.max(1, Math.ceil(megabytes / 2));
  const paths = Array.from({ length: files }, (_, part) => {
    const path = join(folder, `${megabytes}-${part}.md`);
    writeFileSync(path, noteOf((megabytes / files) * MB, part));
    return path;
  });
  const empty = join(folder, 'empty.md');
  writeFileSync(empty, 'Nothing is to be done.\n');
  const start = secondsOf([MAIN, 'extract', empty, '--format', 'csv']);
  const args = ['--import', PEAK, MAIN, 'extract', ...paths, '--format', 'csv'];
  const began = process.hrtime.bigint();
  const run = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 30 });
  const seconds = Number(process.hrtime.bigint() - began) / 1e9 - start;
  return { seconds, megabytes: Number(/peak (?<kilobytes>\d+)/.exec(run.stderr)?.groups?.kilobytes) / 1024 };
}

function noteOf(bytes: number, part: number): string {
  const lines = readFileSync(join('seeds', SEEDS[1] ?? ''), 'utf8')
    .split('\n')
    .slice(5);
  const note: string[] = [];
  for (let size = 0, n = 0; size < bytes; n += 1) {
    const line = (lines[n % lines.length] ?? '').replace(/[A-Za-z]{9,}/, (word) => `${word}${part}x${n}`);
    note.push(line);
    size += line.length + 1;
  }
  return note.join('\n');
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
