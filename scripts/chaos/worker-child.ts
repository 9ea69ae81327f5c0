import { openRedisLedger } from '../../src/ledger/redis.ts';
import { makeLog } from '../../workers/log.ts';
import { makeMetrics } from '../../workers/metrics.ts';
import { openQueues } from '../../workers/queues.ts';
import { startWorkers } from '../../workers/start.ts';
import { openWith, type Place } from './place.ts';

/** A worker as a process of its own, on real Redis. It may be killed at any time. */
export interface WorkerErrand {
  readonly redisUrl: string;
  /** The name of the queues and of the ledger: each round has its own. */
  readonly name: string;
  readonly place: Place;
  readonly settleMs: number;
}

const { redisUrl, name, place, settleMs } = JSON.parse(process.argv[2] ?? '') as WorkerErrand;
const ledger = await openRedisLedger(redisUrl, { name, retries: null, warn: () => undefined });
const parts = await openWith(place, ledger, { ahead: () => 0, without: null, settleMs });
const queues = await openQueues(redisUrl, { name, trackers: [...parts.trackers.keys()], retries: null });
const log = makeLog({ secrets: [] }, process.stderr);
const hands = { parts, queues, log, metrics: makeMetrics(queues), deliver: async () => [] };
const working = startWorkers(hands, { perMinute: null, lockMs: 2_000 });
await working.ready();
process.stdout.write('ready\n');
