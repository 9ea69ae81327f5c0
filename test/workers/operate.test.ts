import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TrackerError } from '../../src/errors.ts';
import type { Draft, Written } from '../../src/trackers/tracker.ts';
import { enqueueStatus, enqueueSync } from '../../workers/enqueue.ts';
import { discardFailures, listFailures, replayFailures } from '../../workers/failures.ts';
import { followRun } from '../../workers/follow.ts';
import { serveHealth } from '../../workers/health.ts';
import { itemJobId } from '../../workers/payloads.ts';
import { startWorkers, type Working } from '../../workers/start.ts';
import type { RunResult } from '../../workers/store.ts';
import { useRedis } from '../redis.ts';
import { type Desk, openDesk } from './desk.ts';
import { DeskTracker } from './desk-tracker.ts';
import { manyItems, theItem } from './items.ts';
import { enqueueItems, openSetting, type Setting } from './setting.ts';

/** Refuses one item, for its content or for a permission, until it is told not to. */
class PickyTracker extends DeskTracker {
  refused: string | null = null;
  kind: 'invalid' | 'forbidden' = 'invalid';
  override async create(draft: Draft, mayI?: () => Promise<void>): Promise<Written> {
    if (draft.key !== this.refused) return super.create(draft, mayI);
    const refusal = this.kind === 'invalid' ? { kind: this.kind, field: 'title' } : { kind: this.kind };
    throw new TrackerError(this.name, refusal, 'it may not be done', { hint: 'Ask the owner.' });
  }
}

const redis = useRedis();
let desk: Desk;
let tracker: PickyTracker;
let setting: Setting;
let working: Working;

beforeEach(async () => {
  desk = await openDesk();
  tracker = new PickyTracker(desk.url);
  setting = await openSetting({ redisUrl: redis.url, name: randomUUID(), tracker });
  working = startWorkers(setting.hands, { perMinute: null, concurrency: { sync: 1 } });
});
afterEach(async () => {
  await working.drain(5_000);
  await setting.end();
  await desk.close();
});

async function resultOf(run: string): Promise<RunResult> {
  for await (const heard of followRun(setting.queues, run)) if (heard.kind === 'done') return heard.result;
  throw new Error('the run did not end');
}

describe('failures', () => {
  it('are told as outcomes beside the others, and listed with what to do', async () => {
    tracker.refused = theItem(0).key;
    tracker.kind = 'forbidden';

    const { outcomes } = await resultOf(await enqueueItems(setting.queues, [theItem(0)]));

    expect(outcomes).toMatchObject([{ did: 'failed', because: 'it may not be done\nAsk the owner.' }]);
    expect(await listFailures(setting.queues)).toMatchObject([
      {
        queue: 'sync-work',
        key: theItem(0).key,
        title: theItem(0).title,
        because: 'it may not be done\nAsk the owner.',
      },
    ]);
  });

  it('stop no other item, and are filed when they are replayed', async () => {
    tracker.refused = theItem(1).key;
    const { outcomes } = await resultOf(await enqueueItems(setting.queues, manyItems(4)));
    expect(outcomes.map(({ did }) => did).sort()).toEqual(['created', 'created', 'created', 'failed']);
    tracker.refused = null;

    expect(await replayFailures(setting.queues)).toBe(1);
    while (desk.issues.size < 4) await sleep(20);

    expect(desk.perKey()).toEqual(new Map(manyItems(4).map(({ key }) => [key, 1])));
    expect(await listFailures(setting.queues)).toEqual([]);
  });

  it('make way when the next sync finds the same work', async () => {
    tracker.refused = theItem(1).key;
    await resultOf(await enqueueItems(setting.queues, [theItem(1)]));
    tracker.refused = null;

    const { outcomes } = await resultOf(await enqueueItems(setting.queues, [theItem(1)]));

    expect(outcomes).toMatchObject([{ did: 'created' }]);
    expect(await listFailures(setting.queues)).toEqual([]);
  });

  it('can be discarded, one or all', async () => {
    tracker.refused = theItem(1).key;
    await resultOf(await enqueueItems(setting.queues, [theItem(1)]));

    expect(await discardFailures(setting.queues, ['sync-work/another'])).toBe(0);
    expect(await discardFailures(setting.queues)).toBe(1);
    expect(await replayFailures(setting.queues)).toBe(0);
  });
});

describe('a status run', () => {
  it('asks the trackers and brings the report to its readers', async () => {
    await resultOf(await enqueueItems(setting.queues, manyItems(3)));

    const run = await enqueueStatus(setting.queues, { to: ['team@example.org'] });
    const { report } = await resultOf(run);
    await working.drain(5_000);

    expect(report?.summary).toMatchObject({ items: 3, open: 3 });
    expect(setting.delivered).toMatchObject([{ to: ['team@example.org'], report: { summary: { items: 3 } } }]);
  });
});

describe('a sync of notes that are not there', () => {
  it('is tried again for a while, then ends with what is wrong', async () => {
    const run = await enqueueSync(setting.queues, { notes: ['/nowhere/notes.md'] });

    await expect(resultOf(run)).rejects.toThrow(/notes\.md/);
  });
});

describe('job payloads', () => {
  it('hold ids and no text of a note', async () => {
    await working.drain(5_000);
    const run = await enqueueItems(setting.queues, manyItems(5));
    working = startWorkers(setting.hands, { perMinute: 1 });
    for await (const { kind } of followRun(setting.queues, run)) if (kind === 'planned') break;

    const jobs = await setting.queues.get('sync-work').getJobs();
    expect(jobs.length).toBeGreaterThan(0);
    for (const { data, id } of jobs) {
      expect(Object.keys(data).sort()).toEqual(['change', 'key', 'run']);
      expect(JSON.stringify(data).length).toBeLessThan(150);
      expect(id).toMatch(/^[a-z2-7]{16}-[0-9a-f]{24}$/);
    }
    await setting.queues.get('sync-work').obliterate({ force: true });
  });

  it('of another shape are refused at once', async () => {
    const job = await setting.queues.get('sync-work').add('item', { run: 'run-1', text: 'hello' }, { attempts: 1 });
    while ((await job.getState()) !== 'failed') await sleep(20);

    expect((await listFailures(setting.queues))[0]?.because).toMatch(/run|key|change/i);
  });
});

describe('the id of an item’s job', () => {
  it('is the same for the same work and another for other work', async () => {
    const base = { tracker: 'work', because: 'it is new', fields: {}, notes: [], title: 'One' };
    const issue = { id: '1', url: 'https://example.org/1' };
    const nothing = { ...base, do: 'nothing', item: null, issue } as const;

    const id = itemJobId({ ...nothing, key: theItem(0).key });

    expect(itemJobId({ ...nothing, key: theItem(0).key, because: 'another reason' })).toBe(id);
    expect(itemJobId({ ...nothing, key: theItem(1).key })).not.toBe(id);
    expect(itemJobId({ ...nothing, key: theItem(0).key, issue: { ...issue, id: '2' } })).not.toBe(id);
  });
});

describe('the health of a worker', () => {
  it('is told over HTTP, with figures for Prometheus', async () => {
    await resultOf(await enqueueItems(setting.queues, manyItems(2)));
    let why: string | null = null;
    const { metrics } = setting.hands;
    const calls = new Map([['work', { left: 4, limit: 5, until: new Date(0), at: new Date(0) }]]);
    const told = { metrics, notReady: () => why, calls: () => calls };
    const health = await serveHealth({ host: '127.0.0.1', port: 0, ...told });
    const ask = (path: string) => fetch(`http://127.0.0.1:${health.port}${path}`);

    expect((await ask('/health')).status).toBe(200);
    expect((await ask('/ready')).status).toBe(200);
    why = 'Redis cannot be reached';
    expect(await (await ask('/ready')).text()).toBe('Redis cannot be reached\n');
    expect((await ask('/ready')).status).toBe(503);
    expect(await (await ask('/status')).json()).toMatchObject({
      ready: false,
      because: why,
      calls: { work: { left: 4, limit: 5 } },
    });
    expect((await ask('/elsewhere')).status).toBe(404);
    const figures = await (await ask('/metrics')).text();
    expect(figures).toMatch(/ptg_jobs_total\{queue="sync-work",result="completed"\} 2/);
    expect(figures).toMatch(/ptg_outcomes_total\{tracker="work",did="created"\} 2/);
    expect(figures).toMatch(/ptg_queue_jobs\{queue="report",state="completed"\} 1/);
    await health.close();
  });
});
