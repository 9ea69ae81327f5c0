import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Outcome } from '../../src/apply/outcome.ts';
import type { GitHubSandbox } from '../../src/sandbox/github.ts';
import { forward, listen, type Running, send } from '../../src/sandbox/http.ts';
import { followRun } from '../../workers/follow.ts';
import { runId } from '../../workers/payloads.ts';
import { openQueues, type Queues, RETRIES } from '../../workers/queues.ts';
import { bundled } from './bundle.ts';
import { judge, type Verdict } from './check.ts';
import { drawWorkerFaults, NO_FAULTS } from './faults.ts';
import { EDITS, type Wish } from './people.ts';
import type { Place } from './place.ts';
import type { Random } from './random.ts';
import { breakThings, type Desk, faultsThatHappened, GitHubDesk, LaunchpadDesk } from './services.ts';
import { drawStatements, itemOf, reword, type Statement } from './statements.ts';
import { wished } from './wishes.ts';
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
 * place, while answers are lost. Then people edit some issues and statements are reworded; a second run has to find everything.
 */
export async function workersRound({ random, github, number, redisUrl }: Turn): Promise<WorkersRound> {
  const desks: Desk[] = [await GitHubDesk.open(github, number)];
  if (random.chance(0.5)) desks.push(await LaunchpadDesk.open());
  const name = `chaos-${process.pid}-${number}`;
  const place = placeOf(desks);
  const trackers = desks.map(({ type }) => (type === 'github' ? 'work' : 'bugs'));
  const queues = await openQueues(redisUrl, { name, trackers, retries: null });
  const crew = new Crew({ redisUrl, name, settleMs: SETTLE_MS, place });
  const story = new WorkersStory(random, drawStatements(random, 4 + random.below(5), desks.length === 2));
  try {
    const kill = {
      nth: 1 + random.below(4),
      when: random.pick(['when a create arrives', 'right after a create'] as const),
    };
    await crew.start(kill);
    const first = await story.run(queues, desks, true);
    if (crew.kills > 0) story.count(`SIGKILL of a worker ${kill.when}`);
    for (let left = random.below(4); left > 0; left -= 1) await story.person(random.pick(desks));
    story.statements = story.statements.map((one) => (random.chance(0.3) ? reword(random, one) : one));
    const second = await story.run(queues, desks, false);
    const issues = (await Promise.all(desks.map((desk) => desk.all()))).flat();
    story.tell(`${crew.kills} killed`);
    const { statements, wishes, about: known, counts, trace } = story;
    const verdict = judge({ statements, issues, wishes, known, mayDouble: false });
    const broken = [...verdict.broken, ...wrong(statements, [first, second])];
    return { verdict: { ...verdict, broken }, counts, trace };
  } finally {
    await crew.end();
    await queues.close();
    await Promise.all(desks.map((desk) => desk.close()));
  }
}

function placeOf(desks: readonly Desk[]): Place {
  const place: { github: Place['github']; launchpad: Place['launchpad'] } = { github: null, launchpad: null };
  for (const desk of desks) {
    if (desk.type === 'github') place.github = desk.place();
    else place.launchpad = desk.place();
  }
  return place;
}

/** What the notes state, what people want, and what happened. */
class WorkersStory {
  readonly random: Random;
  readonly counts = new Map<string, number>();
  readonly trace: string[] = [];
  readonly wishes = new Map<string, Wish[]>();
  readonly about = new Map<string, number>();
  statements: Statement[];

  constructor(random: Random, statements: Statement[]) {
    this.random = random;
    this.statements = statements;
  }

  count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  tell(what: string): void {
    this.trace.push(what);
  }

  /** One run of the workers, with or without faults. */
  async run(queues: Queues, desks: readonly Desk[], breaking: boolean): Promise<readonly Outcome[]> {
    const drawn = desks.map(({ type }) => (breaking ? drawWorkerFaults(this.random, type) : NO_FAULTS));
    for (const [index, desk] of desks.entries()) breakThings(desk, drawn[index] ?? NO_FAULTS);
    const outcomes = await outcomesOf(queues, this.statements);
    for (const [index, desk] of desks.entries()) {
      for (const what of faultsThatHappened(desk, (drawn[index] ?? NO_FAULTS).names)) {
        this.count(what);
        this.tell(`  ${desk.type}: ${what}`);
      }
    }
    this.trace.push(...told(outcomes));
    return outcomes;
  }

  async person(desk: Desk): Promise<void> {
    const issues = await desk.all();
    if (issues.length > 0) await wished(this, desk, this.random.pick(issues), this.random.pick(EDITS));
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
  readonly #gates: Running[] = [];

  constructor(errand: WorkerErrand) {
    this.#errand = errand;
  }

  async start(kill: Kill): Promise<void> {
    const { github, launchpad } = this.#errand.place;
    let doomed: ChildProcess | null = null;
    const end = () => {
      if (doomed === null || this.kills > 0) return;
      this.kills += 1;
      doomed.kill('SIGKILL');
      void this.#spawn(this.#errand.place);
    };
    const gate = async (url: string) => {
      const running = await gateBefore(url, kill, end);
      this.#gates.push(running);
      return running.url;
    };
    const gated = {
      github: github && { ...github, url: await gate(github.url) },
      launchpad: launchpad && { ...launchpad, url: await gate(launchpad.url) },
    };
    const others = Array.from({ length: WORKERS - 1 }, () => this.#errand.place);
    const children = await Promise.all([gated, ...others].map((at) => this.#spawn(at)));
    doomed = children[0] ?? null;
    await Promise.all(children.map(({ stdout }) => stdout && once(stdout, 'data')));
  }

  async #spawn(place: Place): Promise<ChildProcess> {
    const script = await bundled('worker-child.ts');
    const errand = JSON.stringify({ ...this.#errand, place });
    const child = spawn(process.execPath, [script, errand], { stdio: ['ignore', 'pipe', 'ignore'] });
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
    for (const gate of this.#gates) await gate.close();
  }
}

function gateBefore(target: string, { nth, when }: Kill, end: () => void): Promise<Running> {
  let creates = 0;
  return listen(async (request, response) => {
    const isCreate = request.method === 'POST' && /\/(?:issues|bugs)$/.test(request.path);
    if (isCreate) creates += 1;
    const now = isCreate && creates === nth;
    if (now && when === 'when a create arrives') end();
    const answer = await forward(target, request);
    if (now && when === 'right after a create') end();
    send(response, answer);
  });
}
