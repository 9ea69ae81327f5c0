import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Outcome } from '../../src/apply/outcome.ts';
import type { GitHubSandbox } from '../../src/sandbox/github.ts';
import { forward, listen, type Running, send } from '../../src/sandbox/http.ts';
import { followRun } from '../../workers/follow.ts';
import { runId } from '../../workers/payloads.ts';
import { openQueues, type Queues, RETRIES } from '../../workers/queues.ts';
import { judge, type Verdict } from './check.ts';
import { drawWorkerFaults, NO_FAULTS } from './faults.ts';
import type { Place } from './place.ts';
import type { Random } from './random.ts';
import { breakThings, faultsThatHappened, GitHubDesk } from './services.ts';
import { drawStatements, itemOf, reword, type Statement } from './statements.ts';
import type { WorkerErrand } from './worker-child.ts';

const SETTLE_MS = 3_000;
/** A run that takes longer does not end. */
const PATIENCE_MS = 90_000;
const WORKERS = 2;

export interface WorkersRound {
  readonly verdict: Verdict;
  readonly counts: ReadonlyMap<string, number>;
  readonly trace: readonly string[];
}

interface Turn {
  readonly random: Random;
  readonly github: GitHubSandbox;
  readonly number: number;
  readonly redisUrl: string;
}

/**
 * A round with workers over Redis: two processes take the items of a run, one of them is killed at a create and another one takes its
 * place, while answers are lost. A second run after some rewording has to find everything as it is.
 */
export async function workersRound({ random, github, number, redisUrl }: Turn): Promise<WorkersRound> {
  const desk = await GitHubDesk.open(github, number);
  const name = `chaos-${process.pid}-${number}`;
  const queues = await openQueues(redisUrl, { name, trackers: ['work'], retries: null });
  const crew = new Crew({ redisUrl, name, settleMs: SETTLE_MS, place: { github: desk.place(), launchpad: null } });
  const counts = new Map<string, number>();
  const trace: string[] = [];
  try {
    const kill = {
      nth: 1 + random.below(4),
      when: random.pick(['when a create arrives', 'right after a create'] as const),
    };
    await crew.start(kill);
    let statements = drawStatements(random, 4 + random.below(5), false);
    const drawn = drawWorkerFaults(random);
    breakThings(desk, drawn);
    const first = await outcomesOf(queues, statements);
    const happened = faultsThatHappened(desk, drawn.names);
    for (const what of [...happened, ...(crew.kills > 0 ? [`SIGKILL of a worker ${kill.when}`] : [])])
      counts.set(what, (counts.get(what) ?? 0) + 1);
    breakThings(desk, NO_FAULTS);
    statements = statements.map((one) => (random.chance(0.3) ? reword(random, one) : one));
    const second = await outcomesOf(queues, statements);
    const issues = await desk.all();
    trace.push(...[...happened, `${crew.kills} killed`], ...told(first), ...told(second));
    const verdict = judge({ statements, issues, wishes: new Map(), known: new Map(), mayDouble: false });
    return {
      verdict: { ...verdict, broken: [...verdict.broken, ...wrong(statements, [first, second])] },
      counts,
      trace,
    };
  } finally {
    await crew.end();
    await queues.close();
    await desk.close();
  }
}

function told(outcomes: readonly Outcome[]): string[] {
  return [
    'a run',
    ...outcomes.map(({ key, did, issue, because }) => `    ${key} ${did} ${issue?.id ?? ''} ${because}`),
  ];
}

/** Each item has one outcome in each run, with a reason and in the end with its issue. */
function wrong(statements: readonly Statement[], runs: readonly (readonly Outcome[])[]): string[] {
  return runs.flatMap((outcomes, index) => {
    const keys = new Set(outcomes.map(({ key }) => key));
    const unsaid = outcomes.filter(({ because }) => because.trim() === '').map(({ key }) => `${key} has no reason`);
    const unfiled = outcomes
      .filter(({ issue }) => index === 1 && issue === null)
      .map(({ key }) => `${key} has no issue`);
    const fits = outcomes.length === statements.length && keys.size === statements.length;
    return [...(fits ? [] : [`${statements.length} items, ${outcomes.length} outcomes`]), ...unsaid, ...unfiled];
  });
}

/** Enqueues a run as if notes had been read that hold these statements, and waits for its end. */
async function outcomesOf(queues: Queues, statements: readonly Statement[]): Promise<readonly Outcome[]> {
  const run = runId(`chaos ${queues.prefix} ${Math.random()}`);
  const request = { kind: 'sync' as const, notes: [], only: null, maxCreates: null, full: false, to: [] };
  await queues.store.put(run, 'request', request);
  await queues.store.put(run, 'found', { items: statements.map(itemOf), read: [], failures: [] });
  await queues.get('notes').add('plan', { run }, { ...RETRIES, jobId: `plan-${run}` });
  for await (const heard of followRun(queues, run, AbortSignal.timeout(PATIENCE_MS))) {
    if (heard.kind === 'done') return heard.result.outcomes;
  }
  throw new Error(`a run of workers did not end within ${PATIENCE_MS} ms`);
}

interface Kill {
  readonly nth: number;
  readonly when: 'when a create arrives' | 'right after a create';
}

/** The worker processes of a round. The first one goes through a gate at which it is killed. */
class Crew {
  kills = 0;
  readonly #errand: WorkerErrand;
  readonly #children = new Set<ChildProcess>();
  #gate: Running | null = null;

  constructor(errand: WorkerErrand) {
    this.#errand = errand;
  }

  async start(kill: Kill): Promise<void> {
    const { place } = this.#errand;
    let doomed: ChildProcess | null = null;
    const end = () => {
      if (doomed === null || this.kills > 0) return;
      this.kills += 1;
      doomed.kill('SIGKILL');
      this.#spawn(place);
    };
    this.#gate = await gateBefore(place.github?.url ?? '', kill, end);
    const gated = { ...place, github: place.github && { ...place.github, url: this.#gate.url } };
    const children = [gated, ...Array.from({ length: WORKERS - 1 }, () => place)].map((at) => this.#spawn(at));
    doomed = children[0] ?? null;
    await Promise.all(children.map(({ stdout }) => stdout && once(stdout, 'data')));
  }

  #spawn(place: Place): ChildProcess {
    const script = join(import.meta.dirname, 'worker-child.ts');
    const errand = JSON.stringify({ ...this.#errand, place });
    const child = spawn(process.execPath, ['--import', 'tsx', script, errand], { stdio: ['ignore', 'pipe', 'ignore'] });
    this.#children.add(child);
    return child;
  }

  async end(): Promise<void> {
    const living = [...this.#children].filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null);
    await Promise.all(
      living.map(async (child) => {
        const over = once(child, 'exit');
        child.kill('SIGKILL');
        await over;
      }),
    );
    await this.#gate?.close();
  }
}

function gateBefore(target: string, { nth, when }: Kill, end: () => void): Promise<Running> {
  let creates = 0;
  return listen(async (request, response) => {
    const isCreate = request.method === 'POST' && /\/issues$/.test(request.path);
    if (isCreate) creates += 1;
    const now = isCreate && creates === nth;
    if (now && when === 'when a create arrives') end();
    const answer = await forward(target, request);
    if (now && when === 'right after a create') end();
    send(response, answer);
  });
}
