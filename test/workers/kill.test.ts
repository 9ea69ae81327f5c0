import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ItemKey } from '../../src/items/item.ts';
import { followRun } from '../../workers/follow.ts';
import type { RunResult } from '../../workers/store.ts';
import { useRedis } from '../redis.ts';
import { startChild, type WorkerChild } from './children.ts';
import { type Desk, lots, openDesk } from './desk.ts';
import { DeskTracker } from './desk-tracker.ts';
import { manyItems } from './items.ts';
import { enqueueItems, openSetting, type Setting } from './setting.ts';

/** `KILL_ITEMS` and `KILL_SEED` replay another round. */
const ITEMS = Number(process.env.KILL_ITEMS ?? 2_000);
const SEED = Number(process.env.KILL_SEED ?? 7);
const WORKERS = 3;
/** From the end of planning on, so that work is in hand whenever one dies; the last round is left alone to end in time. */
const KILL_EVERY_MS = 2_000;
const MOST_KILLS = 12;

const redis = useRedis();
const random = lots(SEED);
let desk: Desk;
let setting: Setting;
let name: string;
const children: WorkerChild[] = [];

beforeAll(async () => {
  desk = await openDesk({ faults: 0.05, seed: SEED, latencyMs: 60, listLagMs: 300, limitMs: 300 });
  name = randomUUID();
  setting = await openSetting({ redisUrl: redis.url, name, tracker: new DeskTracker(desk.url) });
}, 300_000);
afterAll(async () => {
  await Promise.all(children.map((child) => child.kill()));
  await setting.end();
  await desk.close();
});

describe(`${ITEMS} items, ${WORKERS} workers that are killed at random, answers that are lost`, () => {
  it('end as exactly one issue an item', { timeout: 300_000 }, async () => {
    for (let n = 0; n < WORKERS; n++) children.push(startChild(redis.url, name, desk.url));
    await Promise.all(children.map(({ ready }) => ready));
    const items = manyItems(ITEMS);
    const run = await enqueueItems(setting.queues, items);
    const over = new AbortController();

    let killing = Promise.resolve(0);
    const result = await resultOf(run, () => {
      killing = killAtRandom(over.signal);
    });
    over.abort();
    const kills = await killing;

    const perKey = desk.perKey();
    const twice = [...perKey].filter(([, count]) => count > 1).map(([key]) => key);
    console.log(
      `${perKey.size} items, ${desk.issues.size} issues, ${kills} workers killed, ` +
        `faults ${JSON.stringify(Object.fromEntries(desk.faults))}, calls ${JSON.stringify(Object.fromEntries(desk.calls))}`,
    );
    for (const key of twice) console.log(await lifeOf(key));
    expect(twice).toEqual([]);
    expect(new Set(perKey.keys())).toEqual(new Set(items.map(({ key }) => key)));
    expect(result.outcomes.map(({ key }) => key).sort()).toEqual(items.map(({ key }) => key).sort());
    expect(result.outcomes.filter(({ did }) => did !== 'created' && did !== 'adopted')).toEqual([]);
    expect(kills).toBeGreaterThanOrEqual(3);
  });
});

/** What the journal and the desk know of a key, by the clock: for whoever has to find out how two came about. */
async function lifeOf(key: string): Promise<string> {
  const events = await setting.parts.ledger.history(key as ItemKey);
  const made = [...desk.issues.values()].filter(({ body }) => body.includes(key));
  const lines = [
    ...events.map(({ at, run, what, because }) => `${at} ${run} ${what}: ${because}`),
    ...made.map(({ createdAt, id }) => `${createdAt} the desk made #${id}`),
  ];
  return [key, ...lines.sort()].join('\n  ');
}

async function killAtRandom(over: AbortSignal): Promise<number> {
  let kills = 0;
  while (!over.aborted && kills < MOST_KILLS) {
    await sleep(KILL_EVERY_MS * (0.5 + random()), undefined, { signal: over }).catch(() => undefined);
    const at = Math.floor(random() * children.length);
    const child = children[at];
    if (over.aborted || child === undefined) break;
    await child.kill();
    kills++;
    children[at] = startChild(redis.url, name, desk.url);
  }
  return kills;
}

async function resultOf(run: string, whenPlanned: () => void): Promise<RunResult> {
  for await (const heard of followRun(setting.queues, run)) {
    if (heard.kind === 'planned') whenPlanned();
    if (heard.kind === 'done') return heard.result;
  }
  throw new Error('the run did not end');
}
