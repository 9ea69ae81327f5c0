import type { GitHubSandbox } from '../../src/sandbox/github.ts';
import { startRedis } from '../redis.ts';
import type { Verdict } from './check.ts';
import type { Guard } from './guards.ts';
import { processes } from './processes.ts';
import { Random } from './random.ts';
import { Round } from './round.ts';
import { startSharedGitHub } from './services.ts';
import { aRun, runsTogether, step } from './steps.ts';
import { workersRound } from './workers.ts';

export interface SuiteOptions {
  readonly seed: number;
  readonly rounds: number;
  /** Only this round, as a failing one tells. */
  readonly only?: number | null;
  readonly without?: Guard | null;
  /** No further round is begun after this time. */
  readonly forMs?: number;
  readonly atOnce?: number;
  /** Which share of the steps are processes of their own. */
  readonly processes?: number;
  /** Only every `of`-th round from `index` on: the others are played beside it. */
  readonly lane?: { readonly index: number; readonly of: number };
  readonly onRound?: () => void;
  readonly onFailure?: (failure: Failure) => void;
}

export interface Failure {
  readonly round: number;
  readonly problems: readonly string[];
  readonly trace: readonly string[];
}

export interface Figures {
  readonly rounds: number;
  readonly duplicates: number;
  readonly lost: number;
  readonly undone: number;
  readonly broken: number;
  /** Second issues that two ledgers or a stale list led to; all of them were closed as duplicates or left to people. */
  readonly seconds: number;
  readonly counts: ReadonlyMap<string, number>;
  readonly failures: readonly Failure[];
}

/** Rounds with workers over a Redis of their own; they take some seconds each, as their processes have to start. */
export async function workersSuite(options: SuiteOptions): Promise<Figures> {
  const { seed, rounds, only = null, forMs = Number.POSITIVE_INFINITY } = options;
  const end = Date.now() + forMs;
  const tally = new Tally(options.onFailure);
  const [github, redis] = await Promise.all([
    startSharedGitHub(rounds),
    startRedis(['--maxmemory-policy', 'noeviction']),
  ]);
  const queue = only === null ? Array.from({ length: rounds }, (_, number) => number) : [only];
  const worker = async () => {
    for (let next = queue.shift(); next !== undefined && Date.now() < end; next = queue.shift()) {
      try {
        const random = new Random(`workers ${seed}/${next}`);
        const round = await workersRound({ random, github, number: next % rounds, redisUrl: redis.url });
        tally.add(next, round, round.verdict);
      } catch (error) {
        tally.fail(next, { trace: [] }, [`the round itself broke: ${error instanceof Error ? error.stack : error}`]);
      }
    }
  };
  await Promise.all(Array.from({ length: options.atOnce ?? 3 }, worker));
  await Promise.all([github.close(), redis.stop()]);
  return tally.figures();
}

/** So many rounds share one GitHub; then a new one takes over, as lists grow. */
const SHARED = 60;

/** Rounds of chaos, some of them at the same time. The seed repeats them. */
export async function suite(options: SuiteOptions): Promise<Figures> {
  const { seed, rounds, only = null, forMs = Number.POSITIVE_INFINITY } = options;
  const end = Date.now() + forMs;
  const tally = new Tally(options.onFailure);
  const { index: first, of } = options.lane ?? { index: 0, of: 1 };
  const all = Array.from({ length: rounds }, (_, number) => number).filter((number) => number % of === first);
  const wanted = only === null ? all : [only];
  for (let from = 0; from < wanted.length && Date.now() < end; from += SHARED) {
    const numbers = wanted.slice(from, from + SHARED);
    const github = await startSharedGitHub(SHARED);
    const queue = numbers.map((number, index) => ({ number, index }));
    const worker = async () => {
      for (let next = queue.shift(); next !== undefined && Date.now() < end; next = queue.shift()) {
        const { without = null, processes: share = 0.03 } = options;
        await oneRound(github, { seed, without, processes: share, ...next }, tally);
        options.onRound?.();
      }
    };
    await Promise.all(Array.from({ length: options.atOnce ?? 20 }, worker));
    await github.close();
  }
  return tally.figures();
}

interface Turn {
  readonly seed: number;
  readonly without: Guard | null;
  readonly processes: number;
  readonly number: number;
  readonly index: number;
}

async function oneRound(github: GitHubSandbox, turn: Turn, tally: Tally): Promise<void> {
  const { seed, number, index, ...options } = turn;
  const random = new Random(`${seed}/${number}`);
  const round = await Round.open({ random, github, number: index, ...options });
  try {
    round.tell(`on ${round.desks.map(({ type }) => type).join(' and ')}, ${round.ledgers.length} ledger(s)`);
    const lot = random.next();
    // Only where nothing is filed yet are processes sure to come to a create.
    if (lot < 4 * round.processes) await processes(round);
    else await (lot < 0.4 ? runsTogether(round) : aRun(round));
    for (let left = 3 + random.below(5); left > 0; left -= 1) await step(round);
    tally.add(number, round, await round.settle());
  } catch (error) {
    tally.fail(number, round, [`the round itself broke: ${error instanceof Error ? error.stack : error}`]);
  } finally {
    await round.close();
  }
}

/** What a round leaves behind besides its verdict. */
interface Story {
  readonly counts: ReadonlyMap<string, number>;
  readonly trace: readonly string[];
}

class Tally {
  readonly #sums = { rounds: 0, duplicates: 0, lost: 0, undone: 0, broken: 0, seconds: 0 };
  readonly #counts = new Map<string, number>();
  readonly #failures: Failure[] = [];
  readonly #onFailure: ((failure: Failure) => void) | undefined;

  constructor(onFailure: ((failure: Failure) => void) | undefined) {
    this.#onFailure = onFailure;
  }

  add(number: number, round: Story, { duplicates, lost, undone, broken, seconds }: Verdict): void {
    this.#sums.rounds += 1;
    this.#sums.duplicates += duplicates.length;
    this.#sums.lost += lost.length;
    this.#sums.undone += undone.length;
    this.#sums.broken += broken.length;
    this.#sums.seconds += seconds;
    for (const [what, count] of round.counts) this.#counts.set(what, (this.#counts.get(what) ?? 0) + count);
    const problems = [
      ...duplicates.map((one) => `duplicate: ${one}`),
      ...lost.map((one) => `lost: ${one}`),
      ...undone.map((one) => `undone: ${one}`),
      ...broken,
    ];
    if (problems.length > 0) this.#report({ round: number, problems, trace: round.trace });
  }

  fail(number: number, round: Pick<Story, 'trace'>, problems: readonly string[]): void {
    this.#sums.rounds += 1;
    this.#sums.broken += problems.length;
    this.#report({ round: number, problems, trace: round.trace });
  }

  #report(failure: Failure): void {
    this.#failures.push(failure);
    this.#onFailure?.(failure);
  }

  figures(): Figures {
    return { ...this.#sums, counts: this.#counts, failures: this.#failures };
  }
}
