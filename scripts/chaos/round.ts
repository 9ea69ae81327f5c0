import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Outcome } from '../../src/apply/outcome.ts';
import { ExpectedError, messageOf } from '../../src/errors.ts';
import type { Item } from '../../src/items/item.ts';
import { planFor, syncPlan } from '../../src/pipeline.ts';
import type { GitHubSandbox } from '../../src/sandbox/github.ts';
import { judge, judgeRun, nameOf, type Verdict } from './check.ts';
import { SmallDisk } from './disk.ts';
import { type Drawn, drawFaults, isStale, NO_FAULTS } from './faults.ts';
import type { Guard } from './guards.ts';
import { type Fate, mortal, STEPS } from './mortal.ts';
import { itemsIn, textsOf } from './notes.ts';
import type { Edit, Wish } from './people.ts';
import { openPlace, type Place, READ, SETTLE_MS } from './place.ts';
import type { Random } from './random.ts';
import { breakThings, type Desk, faultsThatHappened, GitHubDesk, LaunchpadDesk } from './services.ts';
import { drawStatements, itemOf, reword, type Statement } from './statements.ts';
import { wished } from './wishes.ts';

export interface RoundOptions {
  readonly random: Random;
  readonly github: GitHubSandbox;
  /** Which repository of the shared GitHub is this round's. */
  readonly number: number;
  readonly without: Guard | null;
  /** Which share of the steps are processes of their own; they take a second each to start. */
  readonly processes: number;
}

/** How one run goes. */
export interface RunPlan {
  readonly ledger: number;
  readonly fate: Fate | null;
  /** How far this run's clock is off, in ms. */
  readonly skew: number;
  /** Another folder through which the ledger is seen. */
  readonly within?: string;
}

/** The most that a clock is ahead here: less than looks overlap. */
export const MOST_SKEW_MS = 9 * 60_000;

/** Files in memory where there are such: a disk's own waiting says nothing about us, and takes most of the time. */
const HOME = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** One round: services, ledgers, notes, and what happened to them so far. */
export class Round {
  readonly random: Random;
  readonly desks: readonly Desk[];
  readonly ledgers: readonly string[];
  readonly folder: string;
  /** The ledger is lost at some time of this round, or there are two: then nothing else tells what people take away. */
  readonly forgetful: boolean;
  readonly processes: number;
  /** Whether the notes are written as documents and read by the program itself. */
  readonly reading: boolean;
  /** The disk that the ledgers lie on, where it is one of this round's own. */
  readonly disk: SmallDisk | null;
  readonly trace: string[] = [];
  readonly counts = new Map<string, number>();
  readonly broken: string[] = [];
  readonly wishes = new Map<string, Wish[]>();
  /** Which statement an issue is about, where its text may no longer tell it. */
  readonly about = new Map<string, number>();
  /** Issues that the ledger is sure to know. */
  readonly recorded = new Set<string>();
  statements: Statement[];
  absent: number | null = null;
  mayDouble: boolean;
  ahead = 0;
  #runs = 0;
  readonly #without: Guard | null;

  private constructor({ random, without, processes }: RoundOptions, desks: readonly Desk[], folder: string) {
    this.random = random;
    this.#without = without;
    this.processes = processes;
    this.desks = desks;
    this.folder = folder;
    const ledgers = random.chance(0.2) ? 2 : 1;
    this.reading = random.chance(0.4);
    const wantsDisk = random.chance(0.3);
    // Where no processes are started either, nothing of the machine is touched.
    this.disk = wantsDisk && processes > 0 ? SmallDisk.open(folder) : null;
    if (wantsDisk && processes > 0 && this.disk === null) this.count('small disk: not permitted here');
    const home = this.disk?.folder ?? folder;
    this.ledgers = Array.from({ length: ledgers }, (_, number) => join(home, `ledger${number}.db`));
    this.mayDouble = ledgers === 2;
    this.forgetful = ledgers === 2 || random.chance(0.5);
    this.statements = drawStatements(random, 3 + random.below(6), desks.length === 2 || random.chance(0.3));
  }

  static async open(options: RoundOptions): Promise<Round> {
    const { random, github, number } = options;
    const lot = random.next();
    const desks: Desk[] = [];
    if (lot < 0.8) desks.push(await GitHubDesk.open(github, number));
    if (lot >= 0.6) desks.push(await LaunchpadDesk.open());
    return new Round(options, desks, await mkdtemp(join(HOME, 'ptg-chaos-')));
  }

  get place(): Place {
    const place: { github: Place['github']; launchpad: Place['launchpad'] } = { github: null, launchpad: null };
    for (const desk of this.desks) {
      if (desk.type === 'github') place.github = desk.place();
      else place.launchpad = desk.place();
    }
    return place;
  }

  count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  tell(what: string): void {
    this.trace.push(what);
  }

  /** The items that the notes state now. */
  async items(): Promise<readonly Item[]> {
    const stated = this.statements.filter(({ number }) => number !== this.absent);
    if (!this.reading) return stated.map(itemOf);
    this.count('notes read by the program');
    const items = await itemsIn(textsOf(stated));
    if (items.length !== stated.length)
      this.broken.push(
        `${items.length} items in ${stated.length} statements: ${items.map(({ quote }) => quote).join(' ')}`,
      );
    return items;
  }

  rewordSome(): void {
    this.statements = this.statements.map((one) => (this.random.chance(0.4) ? reword(this.random, one) : one));
    this.tell(`reworded: ${this.statements.map((one) => itemOf(one).quote).join(' ')}`);
  }

  faults(): Drawn[] {
    return this.desks.map((desk) => drawFaults(this.random, desk.type));
  }

  /** Some runs, at the same time where there are several, while these faults happen. */
  async runs(plans: readonly RunPlan[], drawn: readonly Drawn[]): Promise<Outcome[][]> {
    for (const [index, desk] of this.desks.entries()) breakThings(desk, drawn[index] ?? NO_FAULTS);
    const outcomes = await Promise.all(plans.map((plan) => this.#run(plan)));
    for (const [index, desk] of this.desks.entries()) {
      for (const name of faultsThatHappened(desk, (drawn[index] ?? NO_FAULTS).names)) {
        this.count(name);
        this.tell(`  ${desk.type}: ${name}`);
        if (isStale(name)) this.mayDouble = true;
      }
      desk.proxy.plan({});
    }
    return outcomes;
  }

  async #run({ ledger, fate, skew, within }: RunPlan): Promise<Outcome[]> {
    this.#runs += 1;
    const run = `run-${this.#runs}`;
    const outcomes: Outcome[] = [];
    const items = await this.items();
    const own = this.ledgers[ledger] ?? '';
    const file = within === undefined ? own : join(within, basename(own));
    const ending = await this.#opened(run, file, skew, async (opened) => {
      const { parts, clockwork } = mortal(opened, fate);
      try {
        const choices = { only: null, maxCreates: null, run, full: this.random.chance(0.05) };
        const planned = await planFor(parts, { items, read: READ }, choices);
        for await (const outcome of syncPlan(parts, planned, run)) outcomes.push(outcome);
        if (clockwork.dead) return `died ${clockwork.where}`;
        for (const problem of judgeRun(planned, outcomes, items.length, this.secrets)) this.broken.push(problem);
        this.#remember(outcomes);
        return 'ended';
      } catch (error) {
        if (clockwork.dead) return `died ${clockwork.where}`;
        throw error;
      }
    });
    if (ending.startsWith('died')) this.count(`killed ${stepOf(ending)}`);
    const told = outcomes.map(({ key, did, issue, because }) => `    ${key} ${did} ${issue?.id ?? ''} ${because}`);
    this.tell([`${run} on ledger ${ledger} (${ending})`, ...told].join('\n'));
    return outcomes;
  }

  async #opened(
    run: string,
    file: string,
    skew: number,
    work: (parts: Awaited<ReturnType<typeof openPlace>>) => Promise<string>,
  ): Promise<string> {
    let opened: Awaited<ReturnType<typeof openPlace>> | null = null;
    try {
      opened = await openPlace(this.place, file, { ahead: () => this.ahead + skew, without: this.#without });
      return await work(opened);
    } catch (error) {
      if (!(error instanceof ExpectedError))
        this.broken.push(`${run} broke: ${error instanceof Error ? error.stack : error}`);
      return `refused: ${messageOf(error)}`;
    } finally {
      await opened?.close();
    }
  }

  get secrets(): string[] {
    const { github, launchpad } = this.place;
    return [github?.token, ...(launchpad?.credentials.split(':').slice(1) ?? [])].flatMap((secret) => secret ?? []);
  }

  #remember(outcomes: readonly Outcome[]): void {
    for (const { tracker, issue, because } of outcomes) {
      if (issue !== null && !because.includes('ledger')) this.recorded.add(`${tracker} ${issue.id}`);
    }
  }

  /** Somebody edits one of the issues. */
  async person(what: Edit): Promise<void> {
    const desk = this.random.pick(this.desks);
    const all = (await desk.all()).filter(({ duplicate, id }) => !duplicate && Number(id) > 0);
    const near = what === 'block taken away' ? all.filter((issue) => this.recorded.has(nameOf(issue))) : all;
    if (near.length === 0) return;
    const issue = this.random.pick(near);
    await wished(this, desk, issue, what);
  }

  /** Faults cease and time passes, until a run writes nothing more; then everything is looked at. */
  async settle(): Promise<Verdict> {
    this.absent = null;
    // Claims of a clock that was ahead are over too.
    this.ahead += MOST_SKEW_MS;
    let quiet = false;
    for (let turn = 0; turn < 6 && !quiet; turn += 1) {
      this.ahead += SETTLE_MS + 1_000;
      const done: Outcome[] = [];
      for (const ledger of this.ledgers.keys()) {
        done.push(...(await this.runs([{ ledger, fate: null, skew: 0 }], [])).flat());
      }
      quiet = done.length > 0 && done.every(isAtRest);
    }
    if (!quiet) this.broken.push('it never comes to rest');
    const issues = (await Promise.all(this.desks.map((desk) => desk.all()))).flat();
    const { statements, wishes, about: known, mayDouble } = this;
    const verdict = judge({ statements, issues, wishes, known, mayDouble });
    return { ...verdict, broken: [...verdict.broken, ...this.broken] };
  }

  async close(): Promise<void> {
    await Promise.all(this.desks.map((desk) => desk.close()));
    this.disk?.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Nothing was done, and nothing is left to be done: the item has its issue, or the notes no longer state it. */
function isAtRest({ did, issue, because }: Outcome): boolean {
  return did === 'nothing' && (issue !== null || because === 'no longer in the notes');
}

/** The steps of a create are counted by name, all others together. */
function stepOf(ending: string): string {
  const where = ending.replace(/^died /, '');
  return STEPS.some((step) => step === where) ? where : 'at another step';
}
