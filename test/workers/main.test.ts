import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../config/load.ts';
import { LedgerError } from '../../src/errors.ts';
import { makeLog } from '../../workers/log.ts';
import { runWorker } from '../../workers/main.ts';
import { openQueues } from '../../workers/queues.ts';
import { listSchedules } from '../../workers/schedules.ts';
import { useOwnRedis } from '../redis.ts';

const CONFIG = `
trackers: { work: { type: github, repository: acme/items, baseUrl: "http://127.0.0.1:1" } }
ledger: { redis: { urlEnv: REDIS_URL } }
schedules: { weekly: { cron: "0 6 * * 1", run: status } }
`;

const redis = useOwnRedis();
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ptg-worker-'));
  await writeFile(join(folder, 'ptg-tracker.yaml'), CONFIG);
});
afterAll(() => rm(folder, { recursive: true }));

interface Running {
  readonly port: number;
  readonly stop: AbortController;
  readonly lines: string[];
  readonly ended: Promise<number>;
}

async function run(url: string): Promise<Running> {
  const stop = new AbortController();
  const lines: string[] = [];
  const into = new Writable({ write: (line, _, done) => done(void lines.push(String(line))) });
  const port = await freePort();
  const ended = runWorker(await loadConfig({ cwd: folder }), {
    env: { REDIS_URL: url, GITHUB_TOKEN: 'ghp_never_shown' },
    cwd: folder,
    health: { host: '127.0.0.1', port },
    drainMs: 5_000,
    stop: stop.signal,
    log: makeLog({ secrets: ['ghp_never_shown'] }, into),
  });
  return { port, stop, lines, ended };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Waits until the worker answers so. */
async function answers(port: number, status: number): Promise<string> {
  for (;;) {
    const response = await fetch(`http://127.0.0.1:${port}/ready`).catch(() => null);
    if (response?.status === status) return response.text();
    await sleep(20);
  }
}

describe('a worker', () => {
  it('takes jobs, puts the schedules in place, and ends well when told to', async () => {
    const { port, stop, lines, ended } = await run(redis.url);

    await answers(port, 200);
    const queues = await openQueues(redis.url, { trackers: ['work'] });
    const { schedules } = (await loadConfig({ cwd: folder })).config;
    while ((await listSchedules(queues, schedules))[0]?.state !== 'active') await sleep(20);
    stop.abort();

    expect(await ended).toBe(0);
    expect(lines.map((line) => JSON.parse(line).msg)).toEqual(
      expect.arrayContaining(['working', 'schedules', 'draining', 'stopped']),
    );
    expect(lines.join('')).not.toContain('ghp_never_shown');
    await queues.close();
  });

  it('waits for a Redis that is not there yet, and says when it is gone', { timeout: 40_000 }, async () => {
    await redis.kill();
    const { port, stop, lines, ended } = await run(redis.url);
    while (!lines.some((line) => line.includes('waiting for Redis'))) await sleep(50);

    await redis.start();
    await answers(port, 200);
    await redis.kill();
    expect(await answers(port, 503)).toBe('Redis cannot be reached\n');
    await redis.start();
    await answers(port, 200);

    stop.abort();
    expect(await ended).toBe(0);
  });

  it('ends at once when Redis refuses it', async () => {
    const { ended } = await run(redis.url.replace('redis://', 'redis://nobody:wrong@'));

    await expect(ended).rejects.toThrow(LedgerError);
  });
});
