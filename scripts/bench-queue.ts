/**
 * How much of bare BullMQ's speed the sync queue keeps: jobs a second with a tracker that does nothing, against a bare queue with
 * an empty processor, on the same Redis in the same run, by turns. `npx tsx scripts/bench-queue.ts [ITEMS] [ROUNDS]`.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Queue, Worker } from 'bullmq';
import { Config } from '../config/schema.ts';
import type { Outcome } from '../src/apply/outcome.ts';
import type { Item } from '../src/items/item.ts';
import { itemKey } from '../src/items/key.ts';
import { openRedisLedger } from '../src/ledger/redis.ts';
import { type Connection, connectRedis } from '../src/ledger/redis-open.ts';
import type { Parts } from '../src/pipeline.ts';
import { planFor } from '../src/pipeline.ts';
import { createDialect } from '../src/trackers/github/dialect.ts';
import type { Issue, Tracker } from '../src/trackers/tracker.ts';
import type { Hands } from '../workers/hands.ts';
import { makeLog } from '../workers/log.ts';
import { makeMetrics } from '../workers/metrics.ts';
import { itemJobId, runId } from '../workers/payloads.ts';
import { openQueues, type Queues, RETRIES } from '../workers/queues.ts';
import { startWorkers } from '../workers/start.ts';
import { type OwnRedis, startRedis } from './redis.ts';

const CONCURRENCY = 50;

/** What one comparison came to. */
export interface QueueFigures {
  readonly items: number;
  /** Jobs a second, the median of the rounds. */
  readonly bare: number;
  readonly sync: number;
  /** `sync / bare`, the median of the rounds' ratios. */
  readonly ratio: number;
  /** Processor time a job in microseconds, ours and Redis's: it tells more than speed where others are at work. */
  readonly micros: { readonly bare: Micros; readonly sync: Micros };
}

interface Micros {
  readonly node: number;
  readonly redis: number;
}

interface Turn extends Micros {
  readonly perSecond: number;
}

/** Measures by turns, so that a machine that is busy elsewhere slows both. */
export async function benchQueue(items = 10_000, rounds = 5): Promise<QueueFigures> {
  const redis = await startRedis();
  try {
    // A first turn of each that does not count: code gets compiled, scripts get loaded.
    await bare(redis.url, 2_000);
    await sync(redis.url, 2_000, 'warm');
    const pairs: { readonly bare: Turn; readonly sync: Turn }[] = [];
    for (let round = 0; round < rounds; round++)
      pairs.push({ bare: await bare(redis.url, items), sync: await sync(redis.url, items, `round-${round}`) });
    return {
      items,
      bare: median(pairs.map((pair) => pair.bare.perSecond)),
      sync: median(pairs.map((pair) => pair.sync.perSecond)),
      ratio: median(pairs.map((pair) => pair.sync.perSecond / pair.bare.perSecond)),
      micros: { bare: microsOf(pairs.map((pair) => pair.bare)), sync: microsOf(pairs.map((pair) => pair.sync)) },
    };
  } finally {
    await redis.stop();
  }
}

async function bare(url: OwnRedis['url'], count: number): Promise<Turn> {
  const connection = await connectRedis(url, { retries: null });
  const queue = new Queue('bare', { connection });
  const jobs = Array.from({ length: count }, (_, n) => ({
    name: 'item',
    data: { run: 'run-bench', key: `key${n}`, change: `change${n}` },
    opts: { ...RETRIES, jobId: `bare-${n}`, removeOnComplete: true },
  }));
  await queue.addBulk(jobs);
  const done = counted(count);
  await sweep();
  const stop = await startClock(connection, count);
  const worker = new Worker('bare', async () => done.one(), { connection, concurrency: CONCURRENCY });
  await done.all;
  const turn = await stop();
  await worker.close();
  await queue.obliterate({ force: true });
  await queue.close();
  connection.disconnect();
  return turn;
}

async function sync(url: string, count: number, name: string): Promise<Turn> {
  const tracker = new IdleTracker();
  const queues = await openQueues(url, { name, trackers: [tracker.name], retries: null });
  const ledger = await openRedisLedger(url, { name, retries: null, warn: () => {} });
  const parts = partsOf(tracker, ledger);
  await enqueue(queues, parts, count);
  const done = counted(count);
  await sweep();
  const plain = makeMetrics();
  const metrics = {
    ...plain,
    outcome(outcome: Outcome) {
      plain.outcome(outcome);
      done.one();
    },
  };
  const hands: Hands = {
    parts,
    queues,
    log: makeLog({ secrets: [], level: 'warn' }),
    metrics,
    deliver: async () => [],
  };
  const stop = await startClock(queues.redis, count);
  const working = startWorkers(hands, { perMinute: null, concurrency: { sync: CONCURRENCY } });
  await done.all;
  const turn = await stop();
  await working.drain(10_000);
  if (tracker.created !== count) throw new Error(`${tracker.created} creates for ${count} items`);
  await ledger.close();
  await queues.close();
  return turn;
}

/** Starts measuring; what it gives ends that. */
async function startClock(redis: Connection, count: number): Promise<() => Promise<Turn>> {
  const before = await processorOf(redis);
  const cpu = process.cpuUsage();
  const began = performance.now();
  return async () => {
    const seconds = (performance.now() - began) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    const redisMicros = ((await processorOf(redis)) - before) * 1e6;
    return { perSecond: count / seconds, node: (user + system) / count, redis: redisMicros / count };
  };
}

async function processorOf(redis: Connection): Promise<number> {
  const text = await redis.info('cpu');
  return ['sys', 'user'].reduce(
    (sum, kind) => sum + Number(new RegExp(`used_cpu_${kind}:([0-9.]+)`).exec(text)?.[1]),
    0,
  );
}

function microsOf(turns: readonly Turn[]): Micros {
  return { node: median(turns.map((turn) => turn.node)), redis: median(turns.map((turn) => turn.redis)) };
}

/** Plans the items and enqueues their jobs, which is not measured. */
async function enqueue(queues: Queues, parts: Parts, count: number): Promise<void> {
  const run = runId('bench');
  const items = Array.from({ length: count }, (_, n) => anItem(n));
  const choices = { only: null, maxCreates: count, run, full: false };
  const { plan } = await planFor(parts, { items, read: new Set<string>() }, choices);
  const ids = await queues.store.putChanges(plan.changes);
  await queues.get('sync-idle').addBulk(
    plan.changes.map((change, index) => ({
      name: 'item',
      data: { run, key: change.key, change: ids[index] },
      opts: { ...RETRIES, jobId: itemJobId(change), removeOnComplete: true },
    })),
  );
}

function partsOf(tracker: Tracker, ledger: Parts['ledger']): Parts {
  const config = Config.parse({
    trackers: { [tracker.name]: { type: 'github', repository: tracker.target } },
    routes: [{ tracker: tracker.name }],
  });
  const here = { dir: '.', cwd: '.', people: [], decisions: [] };
  const trackers = new Map([[tracker.name, tracker]]);
  const signal = new AbortController().signal;
  return { ...here, config, ledger, trackers, follow: async () => new Map(), now: () => new Date(), signal };
}

function anItem(n: number): Item {
  const note = { source: 'bench.md', url: null, title: 'Bench', author: null, date: null };
  // Words that share nothing, so that no item is taken for another.
  const [verb, object] = [n * 7 + 1, n * 13 + 5].map((seed) => (seed * 2_654_435_761).toString(36));
  const quote = `alice will ${verb} the ${object}.`;
  const section = ['Bench'];
  return {
    key: itemKey({ quote, section }),
    kind: 'action',
    title: `${verb} the ${object}`,
    quote,
    section,
    note,
    owners: [{ name: 'alice', github: null, launchpad: null }],
    refs: [],
    due: null,
    source: { note: note.source, lineStart: n, lineEnd: n },
    tracked: null,
    confidence: 0.9,
    evidence: ['will'],
    alsoIn: [],
  };
}

/** Makes an issue of everything at once and keeps nothing. */
class IdleTracker implements Tracker {
  readonly name = 'idle';
  readonly type = 'github' as const;
  readonly target = 'acme/items';
  readonly dialect = createDialect('github.com');
  readonly limits = { title: 256, body: 65_536, assignees: 10, settleAfterMs: 900_000 };
  created = 0;

  async open() {
    return { account: 'bot', mayLabel: true, mayAssign: true, warnings: [] };
  }
  async changes(cursor: string | null) {
    return { issues: [], cursor, unchanged: true };
  }
  async createdSince() {
    return [];
  }
  async get() {
    return null;
  }
  async assignable() {
    return new Set<string>();
  }
  async create({ title, body, labels }: { title: string; body: string; labels: readonly string[] }) {
    this.created += 1;
    const id = String(this.created);
    const at = '2026-01-05T10:00:00Z';
    const issue: Issue = {
      id,
      url: `https://example.org/${id}`,
      title,
      body,
      state: 'open',
      raw: 'open',
      labels,
      assignees: [],
      author: 'bot',
      createdAt: at,
      updatedAt: at,
      duplicateOf: null,
    };
    return { issue, dropped: [] };
  }
  async update(issue: Issue) {
    return { issue, dropped: [] };
  }
}

/** Takes away what preparing left behind, so that none of it is paid for while measuring. */
async function sweep(): Promise<void> {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
}

function counted(count: number): { readonly all: Promise<void>; one(): void } {
  let left = count;
  let end: () => void = () => {};
  const all = new Promise<void>((resolve) => {
    end = resolve;
  });
  return {
    all,
    one() {
      left -= 1;
      if (left === 0) end();
    },
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** Prints a comparison; false when the sync queue keeps less than 60 %. */
export function printFigures({ items, bare: alone, sync: ours, ratio, micros }: QueueFigures): boolean {
  console.log(`${items} jobs, ${CONCURRENCY} at once, one process, one Redis`);
  console.log(`bare BullMQ, empty processor      ${Math.round(alone).toLocaleString('en')} jobs/s`);
  console.log(`sync queue, tracker does nothing  ${Math.round(ours).toLocaleString('en')} jobs/s`);
  console.log(`ratio                             ${(ratio * 100).toFixed(0)} %   (asked for: 60 % or more)`);
  const show = ({ node, redis }: Micros): string => `${Math.round(node)} + ${Math.round(redis)} µs`;
  console.log(`processor a job, node + Redis     bare ${show(micros.bare)}, sync ${show(micros.sync)}`);
  return ratio >= 0.6;
}

if (process.argv[1]?.endsWith('bench-queue.ts')) {
  const figures = await benchQueue(Number(process.argv[2] ?? 10_000), Number(process.argv[3] ?? 5));
  process.exit(printFigures(figures) ? 0 : 1);
}
