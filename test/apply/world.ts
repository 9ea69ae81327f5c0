import { apply, type Progress } from '../../src/apply/apply.ts';
import type { Outcome } from '../../src/apply/outcome.ts';
import type { ExpectedError } from '../../src/errors.ts';
import type { Item } from '../../src/items/item.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite.ts';
import { ownIssues } from '../../src/plan/gather.ts';
import { makePlan } from '../../src/plan/make.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { pull, recordPull, settleClaims } from '../../src/pull.ts';
import { type Tracker, targetOf } from '../../src/trackers/tracker.ts';
import { aRoute, theFacts, theInput } from '../plan/world.ts';
import { SimulatedTracker } from './simulator.ts';

/** One repository and one ledger, both in memory, and a clock that a test moves. */
export class World {
  readonly work = new SimulatedTracker();
  readonly trackers: Map<string, Tracker> = new Map([['work', this.work]]);
  readonly stop = new AbortController();
  readonly troubles: ExpectedError[] = [];
  readonly progress: Progress[] = [];
  routes = [aRoute()];
  now = new Date('2026-03-02T12:00:00.000Z');
  run = 'run-1';
  maxWaitMs = 0;
  ledger: Ledger;

  private constructor(ledger: Ledger) {
    this.ledger = ledger;
  }

  static async open(): Promise<World> {
    return new World(await openSqliteLedger(':memory:'));
  }

  async loseLedger(): Promise<void> {
    await this.ledger.close();
    this.ledger = await openSqliteLedger(':memory:');
  }

  /** Pulls and plans, as the pipeline does. */
  async plan(items: readonly Item[]): Promise<Plan> {
    return (await this.#look(items)).plan;
  }

  /** Does a plan and gives the outcomes. */
  async apply(plan: Plan): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    const { trackers, ledger, run, maxWaitMs } = this;
    const parts = { trackers, ledger, run, maxWaitMs, clock: () => this.now, signal: this.stop.signal };
    const onTrouble = (error: ExpectedError) => void this.troubles.push(error);
    const onProgress = (progress: Progress) => void this.progress.push(progress);
    for await (const outcome of apply(plan, { ...parts, onTrouble, onProgress })) outcomes.push(outcome);
    return outcomes;
  }

  /** Pulls, plans, applies and records what was seen. */
  async sync(items: readonly Item[]): Promise<Outcome[]> {
    const { plan, held } = await this.#look(items);
    const outcomes = await this.apply(plan);
    for (const one of held) await recordPull(one, this.ledger, { run: this.run, at: this.now });
    return outcomes;
  }

  async #look(items: readonly Item[]) {
    const entries = await this.ledger.entries();
    const now = () => this.now;
    const pulls = await Promise.all(
      [...this.trackers.values()].map((one) => pull(one, this.ledger, { full: false, now })),
    );
    const held = await Promise.all(pulls.map((one) => settleClaims(one, items, entries, now)));
    const trackers = await Promise.all(held.map(({ tracker, changed, looks }) => this.#facts(tracker, changed, looks)));
    const options = { now: this.now, run: this.run };
    return { held, plan: makePlan(theInput({ items, entries, trackers, routes: this.routes, options })) };
  }

  async #facts(
    tracker: Tracker,
    changed: Parameters<typeof ownIssues>[1],
    lookedFor: ReturnType<typeof theFacts>['lookedFor'],
  ) {
    const { name, type, target, dialect, limits } = tracker;
    const entries = await this.ledger.entries(targetOf(tracker));
    const accounts = ['alice-gh', 'bob-gh', 'carol-gh'];
    const [access, assignable] = await Promise.all([tracker.open(), tracker.assignable(accounts)]);
    const issues = ownIssues(entries, changed, dialect);
    return theFacts({ name, type, target, dialect, limits, access, assignable, issues, lookedFor });
  }
}
