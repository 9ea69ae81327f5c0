import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Failure, Figures, SuiteOptions } from './suite.ts';

/** What a lane tells: each round as it ends, each failure, and its figures at the end. */
export type Told =
  | { readonly kind: 'round' }
  | { readonly kind: 'failure'; readonly failure: Failure }
  | {
      readonly kind: 'figures';
      readonly figures: Omit<Figures, 'counts'>;
      readonly counts: readonly [string, number][];
    };

/** What a lane is to do: every `of`-th round from `index` on. */
export type LaneOptions = Pick<SuiteOptions, 'seed' | 'rounds' | 'without' | 'forMs' | 'lane'>;

interface Listener {
  readonly onRound: () => void;
  readonly onFailure: (failure: Failure) => void;
}

/** The suite in processes beside each other, each with its share of the rounds. */
export async function lanesSuite(options: Omit<LaneOptions, 'lane'>, of: number, listener: Listener): Promise<Figures> {
  const lanes = Array.from({ length: of }, (_, index) => runLane({ ...options, lane: { index, of } }, listener));
  return summed(await Promise.all(lanes));
}

async function runLane(options: LaneOptions, { onRound, onFailure }: Listener): Promise<Figures> {
  const child: ChildProcess = fork(join(import.meta.dirname, 'lane.ts'), [JSON.stringify(options)], {
    execArgv: ['--import', 'tsx'],
  });
  const results: Figures[] = [];
  child.on('message', (message) => {
    const told = message as Told;
    if (told.kind === 'round') onRound();
    else if (told.kind === 'failure') onFailure(told.failure);
    else results.push({ ...told.figures, counts: new Map(told.counts) });
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  const [figures] = results;
  if (figures === undefined) throw new Error(`a lane of the chaos ended with ${code} and no figures`);
  return figures;
}

function summed(all: readonly Figures[]): Figures {
  const counts = new Map<string, number>();
  for (const one of all) for (const [what, count] of one.counts) counts.set(what, (counts.get(what) ?? 0) + count);
  const sum = (pick: (figures: Figures) => number) => all.reduce((total, one) => total + pick(one), 0);
  return {
    rounds: sum(({ rounds }) => rounds),
    duplicates: sum(({ duplicates }) => duplicates),
    lost: sum(({ lost }) => lost),
    undone: sum(({ undone }) => undone),
    broken: sum(({ broken }) => broken),
    seconds: sum(({ seconds }) => seconds),
    counts,
    failures: all.flatMap(({ failures }) => failures),
  };
}
