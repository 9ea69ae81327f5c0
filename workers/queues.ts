import { FlowProducer, type JobsOptions, Queue } from 'bullmq';
import { type Connection, connectRedis, nameIn, placeOf, type RedisPatience } from '../src/ledger/redis-open.ts';
import { Store } from './store.ts';

/** The queues that every installation has; each tracker has one more, `sync-<tracker>`. */
export const QUEUES = ['notes', 'status', 'report'] as const;
export type QueueName = (typeof QUEUES)[number] | `sync-${string}`;

/** The queue in which a tracker's items are filed. */
export function syncQueue(tracker: string): `sync-${string}` {
  return `sync-${tracker}`;
}

/** Retries cost little, since they look first: the waits grow from 2 seconds to half an hour, an hour in all. */
export const RETRIES: JobsOptions = {
  attempts: 11,
  backoff: { type: 'exponential', delay: 2_000, jitter: 0.2 },
  removeOnComplete: { age: 24 * 3600, count: 10_000 },
};

export interface QueuesOptions extends RedisPatience {
  /** Several teams may share one Redis, each under a name for its queues and its ledger. Default: behind the # of the address. */
  readonly name?: string;
  /** The trackers' names in the configuration. */
  readonly trackers: readonly string[];
}

/** The queues and everything that lies beside them in Redis. */
export interface Queues {
  readonly redis: Connection;
  /** The address without password, for messages. */
  readonly place: string;
  /** Before all names in Redis; its hash tag keeps them on one node of a cluster. */
  readonly prefix: string;
  readonly store: Store;
  readonly flow: FlowProducer;
  /** By name: `notes`, `status`, `report`, `sync-<tracker>`. */
  readonly all: ReadonlyMap<QueueName, Queue>;
  /** A queue that has to be there. */
  get(name: QueueName): Queue;
  close(): Promise<void>;
}

/** Opens the queues; nothing works on them yet. Throws `LedgerError` when Redis cannot be used. */
export async function openQueues(url: string, options: QueuesOptions): Promise<Queues> {
  const redis = await connectRedis(url, options);
  const prefix = `{ptg:${options.name ?? nameIn(url)}}`;
  const names = [...QUEUES, ...options.trackers.map(syncQueue)];
  const all = new Map(names.map((name) => [name as QueueName, new Queue(name, { connection: redis, prefix })]));
  const flow = new FlowProducer({ connection: redis, prefix });
  // What breaks is told by the call that could not do without it.
  for (const queue of all.values()) queue.on('error', () => {});
  flow.on('error', () => {});
  return {
    redis,
    place: placeOf(url),
    prefix,
    store: new Store(redis, prefix),
    flow,
    all,
    get(name) {
      const queue = all.get(name);
      if (queue === undefined) throw new Error(`there is no queue ${name}`);
      return queue;
    },
    async close() {
      await Promise.allSettled([...all.values(), flow].map((one) => one.close()));
      redis.disconnect();
    },
  };
}
