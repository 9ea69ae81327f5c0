/**
 * How it grows: many repositories with many items each, against trackers in memory that keep GitHub's limits on a clock of their
 * own. Plans, claims, creates and ledgers are the real ones; only the network and the time are modelled.
 * `npx tsx scripts/bench-queue-scale.ts [ITEMS] [REPOSITORIES]`
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Config } from '../config/schema.ts';
import { TrackerError } from '../src/errors.ts';
import type { Item } from '../src/items/item.ts';
import { itemKey } from '../src/items/key.ts';
import { openSqliteLedger } from '../src/ledger/sqlite.ts';
import { type Parts, type Planned, planFor, syncPlan } from '../src/pipeline.ts';
import { createDialect } from '../src/trackers/github/dialect.ts';
import type { Changes, Draft, Issue, Tracker, Written } from '../src/trackers/tracker.ts';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 0, 5, 6);
/** Of the issues, this part is changed by people before the refresh. */
const CHANGED = 0.05;

/** What GitHub allows one token: requests an hour, and issues a minute and an hour. */
const LIMITS = { requestsPerHour: 5_000, createsPerMinute: 80, createsPerHour: 500 };

/** How long a request takes. */
const REQUEST_MS = 300;

/** One token on a clock that moves only when somebody has to wait for it. */
class Token {
  now = START;
  requests = 0;
  creates = 0;
  waitedMs = 0;
  readonly #requests: number[] = [];
  readonly #creates: number[] = [];

  /** Counts a request, or says from when on it may be sent. */
  spend(create: boolean, name: string): void {
    this.#mind(this.#requests, LIMITS.requestsPerHour, HOUR, name);
    if (create) {
      this.#mind(this.#creates, LIMITS.createsPerHour, HOUR, name);
      this.#mind(this.#creates, LIMITS.createsPerMinute, 60_000, name);
      this.#creates.push(this.now);
      this.creates += 1;
    }
    this.#requests.push(this.now);
    this.requests += 1;
    this.now += REQUEST_MS;
  }

  /** The n-th last of them must lie further back than the window. */
  #mind(times: number[], most: number, window: number, name: string): void {
    if (times.length > 50_000) times.splice(0, times.length - LIMITS.requestsPerHour);
    const first = times[times.length - most];
    if (first === undefined || first <= this.now - window) return;
    const until = new Date(first + window + 1);
    throw new TrackerError(name, { kind: 'busy', until }, 'a limit of GitHub');
  }

  waitUntil(until: Date): void {
    this.waitedMs += until.getTime() - this.now;
    this.now = until.getTime();
  }
}

/** A repository in memory. Lists cost a request a hundred issues; an unchanged one costs one. */
class ModelledGitHub implements Tracker {
  readonly name = 'work';
  readonly type = 'github' as const;
  readonly target: string;
  readonly dialect = createDialect('github.com');
  readonly limits = { title: 256, body: 65_536, assignees: 10, settleAfterMs: 900_000 };
  readonly issues: Issue[] = [];
  readonly #token: Token;

  constructor(target: string, token: Token) {
    this.target = target;
    this.#token = token;
  }

  async open() {
    this.#token.spend(false, this.name);
    return { account: 'bot', mayLabel: true, mayAssign: true, warnings: [] };
  }

  async changes(cursor: string | null): Promise<Changes> {
    const issues = this.issues.filter(({ updatedAt }) => cursor === null || updatedAt > cursor);
    for (let page = 0; page < Math.max(1, Math.ceil(issues.length / 100)); page++) this.#token.spend(false, this.name);
    return { issues, cursor: this.#stamp(), unchanged: issues.length === 0 };
  }

  async createdSince(): Promise<readonly Issue[]> {
    return this.issues;
  }

  async get(id: string): Promise<Issue | null> {
    this.#token.spend(false, this.name);
    return this.issues[Number(id) - 1] ?? null;
  }

  async assignable() {
    return new Set<string>();
  }

  async create({ title, body, labels }: Draft): Promise<Written> {
    this.#token.spend(true, this.name);
    const id = String(this.issues.length + 1);
    const at = this.#stamp();
    const url = `https://github.com/${this.target}/issues/${id}`;
    const common = { author: 'bot', createdAt: at, updatedAt: at, duplicateOf: null };
    const issue: Issue = { id, url, title, body, labels, assignees: [], state: 'open', raw: 'open', ...common };
    this.issues.push(issue);
    return { issue, dropped: [] };
  }

  async update(issue: Issue): Promise<Written> {
    this.#token.spend(false, this.name);
    return { issue, dropped: [] };
  }

  /** Colleagues close some of the issues. */
  closeSome(part: number): number {
    const count = Math.round(this.issues.length * part);
    for (const [index, issue] of this.issues.slice(0, count).entries())
      this.issues[index] = { ...issue, state: 'done', raw: 'closed', updatedAt: this.#stamp() };
    return count;
  }

  #stamp(): string {
    return new Date(this.#token.now).toISOString();
  }
}

/** What the growth came to. */
export interface ScaleFigures {
  readonly items: number;
  readonly repositories: number;
  readonly issues: number;
  readonly firstRequests: number;
  /** The run after the first sees its own issues in the list. */
  readonly ownRequests: number;
  readonly unchangedRequests: number;
  readonly unchangedWrites: number;
  readonly refreshRequests: number;
  readonly changed: number;
  /** Of the clock of the limits. */
  readonly hours: number;
  /** Of this machine's processor. */
  readonly cpuSeconds: number;
  /** Memory in use after a tenth, a half and all of the repositories, in MB. */
  readonly memoryMb: readonly number[];
}

/** Files everything, runs again unchanged, lets people change some, and looks again: repository by repository, one token. */
export async function simulate(items = 100_000, repositories = 200): Promise<ScaleFigures> {
  const token = new Token();
  const cpu = process.cpuUsage();
  const sum = { issues: 0, first: 0, own: 0, unchanged: 0, writes: 0, refresh: 0, changed: 0 };
  const memory: number[] = [];
  const marks = [0.1, 0.5, 1].map((part) => Math.max(1, Math.round(repositories * part)));
  for (let n = 0; n < repositories; n++) {
    const one = await repository(n, Math.round(items / repositories), token);
    for (const name of Object.keys(sum) as (keyof typeof sum)[]) sum[name] += one[name];
    if (marks.includes(n + 1)) memory.push(memoryInUse());
    if (process.stderr.isTTY) process.stderr.write(`\r${n + 1}/${repositories} repositories`);
  }
  const { user, system } = process.cpuUsage(cpu);
  return {
    items,
    repositories,
    issues: sum.issues,
    firstRequests: sum.first,
    ownRequests: sum.own,
    unchangedRequests: sum.unchanged,
    unchangedWrites: sum.writes,
    refreshRequests: sum.refresh,
    changed: sum.changed,
    hours: (token.now - START) / HOUR,
    cpuSeconds: (user + system) / 1e6,
    memoryMb: memory,
  };
}

async function repository(n: number, count: number, token: Token) {
  const tracker = new ModelledGitHub(`acme/repository-${n}`, token);
  const ledger = await openSqliteLedger(':memory:');
  const parts = partsOf(tracker, ledger, token);
  const items = Array.from({ length: count }, (_, index) => anItem(n * count + index));
  const spent = async (work: () => Promise<void>): Promise<number> => {
    const before = token.requests;
    await work();
    return token.requests - before;
  };
  const first = await spent(() => sync(parts, items, `run-${n}-a`, token));
  const creates = token.creates;
  const own = await spent(() => sync(parts, items, `run-${n}-b`, token));
  const unchanged = await spent(() => sync(parts, items, `run-${n}-c`, token));
  const writes = token.creates - creates;
  const changed = tracker.closeSome(CHANGED);
  const refresh = await spent(() => sync(parts, items, `run-${n}-d`, token));
  await ledger.close();
  return { issues: tracker.issues.length, first, own, unchanged, writes, refresh, changed };
}

/** A sync as the workers do it: a plan, then one change at a time, each waiting for the limits on the modelled clock. */
async function sync(parts: Parts, items: readonly Item[], run: string, token: Token): Promise<void> {
  const choices = { only: null, maxCreates: items.length, run, full: false };
  const found = { items, read: new Set<string>() };
  const planned = await patiently(token, async () => {
    const made = await planFor(parts, found, choices);
    if (made.errors[0] !== undefined) throw made.errors[0];
    return made;
  });
  for (const change of planned.plan.changes) {
    const one = { plan: { trackers: [], changes: [change] }, held: [], errors: [] };
    await patiently(token, () => perform(parts, one, run));
  }
  await perform(parts, { ...planned, plan: { ...planned.plan, changes: [] } }, run);
}

async function perform(parts: Parts, planned: Planned, run: string): Promise<void> {
  const troubles: Error[] = [];
  for await (const _ of syncPlan(parts, planned, run, { onTrouble: (error) => troubles.push(error) }));
  if (troubles[0] !== undefined) throw troubles[0];
}

async function patiently<T>(token: Token, work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof TrackerError) || error.refusal.kind !== 'busy') throw error;
      token.waitUntil(error.refusal.until);
    }
  }
}

function partsOf(tracker: Tracker, ledger: Parts['ledger'], token: Token): Parts {
  const work = { type: 'github', repository: tracker.target };
  const config = Config.parse({ trackers: { work }, routes: [{ tracker: 'work' }], limits: { maxWait: '0s' } });
  const here = { dir: '.', cwd: '.', people: [], decisions: [], follow: async () => new Map() };
  const signal = new AbortController().signal;
  return { ...here, config, ledger, trackers: new Map([['work', tracker]]), now: () => new Date(token.now), signal };
}

/** An item that shares no words with the others. */
function anItem(n: number): Item {
  const [verb, object, place] = [1, 7, 31].map((salt) => wordOf(n * 7_919 + salt * 104_729));
  const quote = `alice will ${verb} the ${object} of ${place}.`;
  const section = [`Topic ${wordOf(n)}`];
  const note = { source: 'notes.md', url: null, title: 'Notes', author: null, date: null };
  const source = { note: note.source, lineStart: n + 1, lineEnd: n + 1 };
  const found = { refs: [], due: null, tracked: null, confidence: 0.9, evidence: ['will'], alsoIn: [] };
  const owners = [{ name: 'alice', github: null, launchpad: null }];
  const key = itemKey({ quote, section });
  return {
    key,
    kind: 'action',
    title: `${verb} the ${object} of ${place}`,
    quote,
    section,
    note,
    source,
    owners,
    ...found,
  };
}

function wordOf(n: number): string {
  const number = Math.imul(n + 1, 0x9e3779b1) >>> 0;
  return `w${number.toString(36)}`;
}

function memoryInUse(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return Math.round(process.memoryUsage().rss / 1e6);
}

/** Prints the figures. */
export function printScale(figures: ScaleFigures): void {
  const { items, repositories, issues, hours, cpuSeconds, memoryMb } = figures;
  const say = (what: string, value: string) => console.log(`${what.padEnd(50)} ${value}`);
  say('items, repositories', `${items.toLocaleString('en')}, ${repositories}`);
  say('issues made', issues.toLocaleString('en'));
  say('requests of the first run', figures.firstRequests.toLocaleString('en'));
  say('requests of the second run, which reads its own', `${figures.ownRequests}`);
  say('requests, writes of an unchanged run', `${figures.unchangedRequests}, ${figures.unchangedWrites}`);
  say(`requests to see ${figures.changed.toLocaleString('en')} changed issues`, `${figures.refreshRequests}`);
  say('time by the limits of one token', `${hours.toFixed(1)} h (${(hours / 24).toFixed(1)} days)`);
  say('time of the processor', `${cpuSeconds.toFixed(0)} s (${((cpuSeconds * 1000) / items).toFixed(2)} ms an item)`);
  say('memory after a tenth, a half, all', `${memoryMb.join(', ')} MB`);
}

if (process.argv[1]?.endsWith('bench-queue-scale.ts')) {
  printScale(await simulate(Number(process.argv[2] ?? 100_000), Number(process.argv[3] ?? 200)));
}
