import type { ChildProcess } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GitHubSandbox, startGitHubSandbox } from '../../src/sandbox/github.ts';
import { useOwnRedis } from '../redis.ts';
import { aNote, ended, folder, ptg, said, start } from './run.ts';

const redis = useOwnRedis();
let github: GitHubSandbox;
let cwd: string;
let worker: ChildProcess | null = null;

beforeAll(async () => {
  github = await startGitHubSandbox({});
  cwd = await folder({
    'notes/a.md': aNote(4),
    'ptg-tracker.yaml': `notes: [notes]
trackers: { work: { type: github, repository: ${github.repository}, baseUrl: "${github.url}" } }
ledger: { redis: { urlEnv: REDIS_URL } }
limits: { createsPerMinute: 60000, timeout: 5s }
schedules: { weekly: { cron: "0 6 * * 1", run: sync } }
`,
  });
});
afterAll(async () => {
  worker?.kill('SIGKILL');
  await github.close();
});

const env = () => ({ GITHUB_TOKEN: github.token, REDIS_URL: redis.url });
const run = (...args: string[]) => ptg(args, { cwd, env: env() });

describe('schedule', () => {
  it('is put in place once, held, and released', async () => {
    expect((await run('schedule', 'list')).out).toMatch(/^weekly .*not applied\n$/);
    expect((await run('schedule', 'apply')).err).toContain('added weekly');
    expect((await run('schedule', 'apply')).err).toBe('1 unchanged\n');
    expect((await run('schedule', 'list')).out).toMatch(/next \d{4}-\d\d-\d\d 06:00 {2}active\n$/);
    await run('schedule', 'pause', 'weekly');
    expect((await run('schedule', 'list')).out).toMatch(/paused\n$/);
    await run('schedule', 'resume', 'weekly');
    expect((await run('schedule', 'list')).out).toMatch(/active\n$/);
  });

  it('names the schedules that there are when it is asked for another', async () => {
    const { exit, err } = await run('schedule', 'run', 'nosuch');

    expect(exit).toBe(2);
    expect(err).toContain('nosuch');
  });
});

describe('worker', () => {
  it('does what sync puts into the queues, drains at SIGTERM, and a second run changes nothing', async () => {
    worker = await start(['worker', '--drain', '10s'], { cwd, env: env() });
    const stopped = ended(worker);
    await said(worker, '"working"');

    const first = await run('sync', '--yes');
    const second = await run('sync', '--yes', '--format', 'json');
    const queues = await run('queue', '--format', 'json');
    worker.kill('SIGTERM');

    expect(first).toMatchObject({ exit: 0, out: expect.stringContaining('✓ 4 created') });
    expect(JSON.parse(second.out).outcomes.map(({ did }: { did: string }) => did)).toEqual(Array(4).fill('nothing'));
    expect(JSON.parse(queues.out).queues.map(({ failed }: { failed: number }) => failed)).toEqual([0, 0, 0, 0]);
    expect((await stopped).exit).toBe(0);
  });

  it('does the same in this process with --inline', async () => {
    expect(await run('sync', '--yes', '--inline')).toMatchObject({
      exit: 0,
      out: expect.stringContaining('4 up to date'),
    });
  });
});

describe('queue', () => {
  it('refuses a queue that is not there', async () => {
    expect(await run('queue', 'pause', 'nosuch')).toMatchObject({
      exit: 2,
      err: 'error: there is no queue nosuch\n  There are: notes, status, report, sync-work.\n',
    });
  });

  it('says in one sentence that Redis is not there', async () => {
    const { exit, err } = await ptg(['queue'], { cwd, env: { ...env(), REDIS_URL: 'redis://127.0.0.1:9' } });

    expect(exit).toBe(2);
    expect(err).toMatch(/^error: .*127\.0\.0\.1:9/);
    expect(err).not.toMatch(/\n {4}at /);
  });

  it('says which variable has to name Redis', async () => {
    const { exit, err } = await ptg(['queue'], { cwd, env: { GITHUB_TOKEN: 'unused' } });

    expect(exit).toBe(2);
    expect(err).toContain('REDIS_URL is not set');
  });
});
