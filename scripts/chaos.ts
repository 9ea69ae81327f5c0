/**
 * Breaks things on purpose and counts what comes of it: `npm run chaos -- --seed 1 --rounds 500 [--minutes 10] [--lanes 2] [--round N]
 * [--workers] [--without claim|marker|pull|single-post]`. The seed repeats the same rounds; `--round N` plays one of them; `--workers` plays
 * rounds of worker processes over Redis. How far it is goes to stderr, the figures and what was tried to stdout, as tables.
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { GUARDS } from './chaos/guards.ts';
import { lanesSuite } from './chaos/lanes.ts';
import { type Failure, suite, workersSuite } from './chaos/suite.ts';
import { tablesOf } from './chaos/tables.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '100' },
    round: { type: 'string' },
    minutes: { type: 'string', default: '10' },
    lanes: { type: 'string', default: String(Math.min(availableParallelism(), 2)) },
    without: { type: 'string' },
    workers: { type: 'boolean', default: false },
  },
});
const without = GUARDS.find((guard) => guard === values.without) ?? null;
if (values.without !== undefined && without === null) throw new Error(`--without takes one of ${GUARDS.join(', ')}`);
const seed = Number(values.seed);
const rounds = Number(values.rounds);
const began = Date.now();
let done = 0;
const common = { seed, rounds, without, forMs: Number(values.minutes) * 60_000 };
const only = values.round === undefined ? null : Number(values.round);
const listener = { onRound, onFailure: (failure: Failure) => console.log(toldOf(failure)) };
const alone = values.workers || only !== null;
const figures = alone
  ? await (values.workers ? workersSuite : suite)({ ...common, only, ...listener })
  : await lanesSuite(common, Number(values.lanes), listener);
console.log(tablesOf(figures, { seed, seconds: Math.round((Date.now() - began) / 1000) }));
// Sockets and timers of runs that died may linger.
process.exit(figures.failures.length > 0 ? 1 : 0);

function toldOf({ round, problems, trace }: Failure): string {
  const again = `npm run chaos -- --seed ${seed} --round ${round}${values.workers ? ' --workers' : ''}${without === null ? '' : ` --without ${without}`}`;
  return [`round ${round} failed; again with: ${again}`, ...problems.map((one) => `  ! ${one}`), ...trace, ''].join(
    '\n',
  );
}

function onRound(): void {
  done += 1;
  if (done % 25 === 0) console.error(`${done} of ${rounds} rounds after ${Math.round((Date.now() - began) / 1000)} s`);
}
