import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OwnRedis, startRedis } from '../../scripts/redis.ts';
import { LedgerError } from '../../src/errors.ts';
import { openRedisLedger } from '../../src/ledger/redis.ts';
import { followRun } from '../../workers/follow.ts';
import { applySchedules, listSchedules } from '../../workers/schedules.ts';
import { startWorkers } from '../../workers/start.ts';
import { type Desk, openDesk } from './desk.ts';
import { DeskTracker } from './desk-tracker.ts';
import { manyItems } from './items.ts';
import { enqueueItems, openSetting } from './setting.ts';

const NODES = 3;
const SLOTS = 16_384;
/** Their names lie on different nodes. */
const TEAMS = ['team-a', 'team-b', 'team-c'];
const nodes: OwnRedis[] = [];
let desk: Desk;

/** Three masters that share the slots, as `redis-cli --cluster create` would make them, in a second. */
async function join(): Promise<void> {
  const clients = nodes.map(({ url }) => new Redis(url));
  const share = Math.ceil(SLOTS / NODES);
  for (const [n, client] of clients.entries()) {
    await client.call('CLUSTER', 'ADDSLOTSRANGE', n * share, Math.min((n + 1) * share, SLOTS) - 1);
    await client.call('CLUSTER', 'SET-CONFIG-EPOCH', n + 1);
    await client.call('CLUSTER', 'MEET', '127.0.0.1', nodes[0]?.port ?? 0);
  }
  for (const client of clients) {
    while (!/cluster_state:ok[\s\S]*cluster_known_nodes:3/.test(String(await client.call('CLUSTER', 'INFO'))))
      await sleep(50);
    client.disconnect();
  }
}

beforeAll(async () => {
  for (let n = 0; n < NODES; n++) nodes.push(await startRedis(['--cluster-enabled', 'yes', '--appendonly', 'yes']));
  await join();
  desk = await openDesk();
}, 60_000);
afterAll(async () => {
  await desk.close();
  for (const node of nodes) await node.stop();
});

const urlOf = (name = 'default'): string => `${nodes[0]?.url}?cluster#${name}`;

describe('a cluster', () => {
  it.each(TEAMS)('files the items of %s, whichever node has them', async (name) => {
    const tracker = new DeskTracker(desk.url);
    const setting = await openSetting({ redisUrl: urlOf(name), name, tracker });
    const working = startWorkers(setting.hands, { perMinute: null });
    const before = desk.issues.size;

    const run = await enqueueItems(setting.queues, manyItems(10, 100 * TEAMS.indexOf(name)));
    let outcomes = 0;
    for await (const heard of followRun(setting.queues, run)) if (heard.kind === 'outcome') outcomes++;
    const schedule = { cron: '0 6 * * 1', timezone: 'UTC', run: 'sync' as const, to: [] };
    await applySchedules(setting.queues, { weekly: schedule });

    expect([outcomes, desk.issues.size - before]).toEqual([10, 10]);
    expect(await listSchedules(setting.queues, { weekly: schedule })).toMatchObject([{ state: 'active' }]);
    await working.drain(5_000);
    await setting.end();
  });

  it('keeps teams on several nodes', async () => {
    const counts = await Promise.all(
      nodes.map(async ({ url }) => {
        const client = new Redis(url);
        const names = await client.keys('*');
        client.disconnect();
        return new Set(names.map((key) => /^\{ptg:[^}]+\}/.exec(key)?.[0]));
      }),
    );

    expect(counts.flatMap((names) => [...names]).sort()).toEqual(TEAMS.map((team) => `{ptg:${team}}`));
    expect(counts.filter(({ size }) => size > 0).length).toBeGreaterThan(1);
  });

  it('is told from one Redis, with a hint', async () => {
    const told = await Promise.all(nodes.map(({ url }) => failureOf(url)));

    expect(told.filter((failure) => failure !== null)).toHaveLength(NODES - 1);
    expect(told.find((failure) => failure !== null)).toMatch(/is one node of a cluster .*\?cluster/s);
    const single = await startRedis();
    expect(await failureOf(`${single.url}?cluster`)).toMatch(/is no cluster /);
    await single.stop();
  });
});

async function failureOf(url: string): Promise<string | null> {
  try {
    const ledger = await openRedisLedger(url, { name: 'team-a' });
    await ledger.entries().finally(() => ledger.close());
    return null;
  } catch (error) {
    return error instanceof LedgerError ? `${error.message} ${error.hint}` : String(error);
  }
}
