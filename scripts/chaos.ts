/**
 * Breaks things on purpose and counts what comes of it: `npm run chaos -- --seed 1 --rounds 500 [--minutes 10] [--round N]
 * [--workers] [--without claim|marker|pull|single-post]`. The seed repeats the same rounds; `--round N` plays one of them; `--workers` plays
 * rounds of worker processes over Redis.
 */
import { parseArgs } from 'node:util';
import { GUARDS } from './chaos/guards.ts';
import { type Failure, type Figures, suite, workersSuite } from './chaos/suite.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '100' },
    round: { type: 'string' },
    minutes: { type: 'string', default: '10' },
    without: { type: 'string' },
    workers: { type: 'boolean', default: false },
  },
});
const without = GUARDS.find((guard) => guard === values.without) ?? null;
if (values.without !== undefined && without === null) throw new Error(`--without takes one of ${GUARDS.join(', ')}`);
const seed = Number(values.seed);
const began = Date.now();
const figures = await (values.workers ? workersSuite : suite)({
  seed,
  rounds: Number(values.rounds),
  only: values.round === undefined ? null : Number(values.round),
  without,
  forMs: Number(values.minutes) * 60_000,
  onFailure: (failure) => console.log(toldOf(failure)),
});
console.log(summaryOf(figures));
// Sockets and timers of runs that died may linger.
process.exit(figures.failures.length > 0 ? 1 : 0);

function toldOf({ round, problems, trace }: Failure): string {
  const again = `npm run chaos -- --seed ${seed} --round ${round}${values.workers ? ' --workers' : ''}${without === null ? '' : ` --without ${without}`}`;
  return [`round ${round} failed; again with: ${again}`, ...problems.map((one) => `  ! ${one}`), ...trace, ''].join(
    '\n',
  );
}

function summaryOf({ rounds, duplicates, lost, undone, broken, seconds, counts }: Figures): string {
  const lines = [...counts].sort().map(([what, count]) => `${String(count).padStart(6)}  ${what}`);
  const seen = `${rounds} rounds in ${Math.round((Date.now() - began) / 1000)} s, seed ${seed}`;
  const doubles = `${seconds} second issues of two ledgers or stale lists, closed as duplicates or left to people`;
  return [
    ...lines,
    seen,
    doubles,
    `duplicates ${duplicates} · lost ${lost} · undone edits ${undone} · broken ${broken}`,
  ].join('\n');
}
