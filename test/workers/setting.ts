import { Writable } from 'node:stream';
import { Config } from '../../config/schema.ts';
import type { Item } from '../../src/items/item.ts';
import { openRedisLedger } from '../../src/ledger/redis.ts';
import type { Parts } from '../../src/pipeline.ts';
import type { Report } from '../../src/report/report.ts';
import type { Tracker } from '../../src/trackers/tracker.ts';
import type { Hands } from '../../workers/hands.ts';
import { makeLog } from '../../workers/log.ts';
import { makeMetrics } from '../../workers/metrics.ts';
import { runId } from '../../workers/payloads.ts';
import { openQueues, type Queues, RETRIES } from '../../workers/queues.ts';
import type { RunRequest } from '../../workers/store.ts';

export interface SettingOptions {
  readonly redisUrl: string;
  /** The name of the queues and of the ledger: each test has its own. */
  readonly name: string;
  readonly tracker: Tracker;
  readonly config?: Partial<Record<keyof Config, unknown>>;
  readonly signal?: AbortSignal;
}

/** What workers work with, on real Redis; `ended` closes it. */
export interface Setting {
  readonly hands: Hands;
  readonly queues: Queues;
  readonly parts: Parts;
  /** What was logged, a line each. */
  readonly log: string[];
  readonly delivered: { readonly report: Report; readonly to: readonly string[] }[];
  end(): Promise<void>;
}

/** Opens queues, ledger and parts for workers or for those who enqueue. */
export async function openSetting(options: SettingOptions): Promise<Setting> {
  const { redisUrl, name, tracker, signal = new AbortController().signal } = options;
  const queues = await openQueues(redisUrl, { name, trackers: [tracker.name], retries: null });
  const ledger = await openRedisLedger(redisUrl, { name, retries: null, warn: () => {} });
  const repository = { type: 'github', repository: tracker.target };
  const config = Config.parse({
    trackers: { [tracker.name]: repository },
    routes: [{ tracker: tracker.name }],
    ...options.config,
  });
  const trackers = new Map([[tracker.name, tracker]]);
  const here = { dir: process.cwd(), cwd: process.cwd(), people: [], decisions: [] };
  const parts = {
    config,
    ...here,
    ledger,
    trackers,
    follow: async () => new Map(),
    now: () => new Date(),
    signal,
  };
  const log: string[] = [];
  const lines = new Writable({ write: (line, _, done) => done(void log.push(String(line))) });
  const delivered: Setting['delivered'][number][] = [];
  const hands: Hands = {
    parts,
    queues,
    log: makeLog({ secrets: [] }, lines),
    metrics: makeMetrics(queues),
    async deliver(report, to) {
      delivered.push({ report, to });
      return [];
    },
  };
  return {
    hands,
    queues,
    parts,
    log,
    delivered,
    async end() {
      await ledger.close();
      await queues.close();
    },
  };
}

/** Enqueues a sync of items as if notes had been read that hold them. */
export async function enqueueItems(
  queues: Queues,
  items: readonly Item[],
  request: Partial<RunRequest> = {},
): Promise<string> {
  const run = runId(`test ${Math.random()}`);
  const asked = { notes: [], only: null, maxCreates: items.length, full: false, to: [], ...request };
  await queues.store.put(run, 'request', { ...asked, kind: 'sync' });
  await queues.store.put(run, 'found', { items, read: [], failures: [] });
  await queues.get('notes').add('plan', { run }, { ...RETRIES, jobId: `plan-${run}` });
  return run;
}
