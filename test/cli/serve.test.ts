import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { useRedis } from '../redis.ts';
import { folder, ptg, start } from './run.ts';

const redis = useRedis();
const running: ChildProcess[] = [];

afterEach(async () => {
  for (const child of running.splice(0)) {
    if (child.exitCode === null && child.kill('SIGTERM')) await once(child, 'close');
  }
});

/** Starts `serve` on a free port; gives its address as soon as it has one. */
async function serve(env: Readonly<Record<string, string>>): Promise<string> {
  const child = await start(['serve', '--port', '0'], { cwd: await folder(), env });
  running.push(child);
  const [line] = await once(child.stdout ?? process.stdin, 'data');
  return String(line).trim();
}

describe('serve', () => {
  it('shows the follow-up, and that there are no queues without a Redis', async () => {
    const url = await serve({});

    const page = await fetch(url);
    const queues = await fetch(`${url}/queues`);

    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await page.text()).toContain('<!doctype html>');
    expect(queues.status).toBe(404);
    expect(await (await fetch(`${url}/report.json`)).json()).toMatchObject({ items: [] });
  });

  it('shows the queues for looking only, and figures for Prometheus', async () => {
    const url = await serve({ REDIS_URL: redis.url });

    const { queues } = (await (await fetch(`${url}/queues/api/queues`)).json()) as {
      queues: { name: string; readOnlyMode: boolean }[];
    };

    expect(queues.map(({ name, readOnlyMode }) => [name, readOnlyMode])).toContainEqual(['notes', true]);
    expect(await (await fetch(`${url}/metrics`)).text()).toContain('ptg_jobs_total');
    expect(await (await fetch(`${url}/health`)).text()).toBe('fine\n');
  });

  it('asks for the password before queues can be changed', async () => {
    const url = await serve({ REDIS_URL: redis.url, PTG_TRACKER_TOKEN: 'a long password' });

    const without = await fetch(`${url}/queues/api/queues`);
    const authorization = `Basic ${Buffer.from('anybody:a long password').toString('base64')}`;
    const withIt = await fetch(`${url}/queues/api/queues`, { headers: { authorization } });

    expect(without.status).toBe(401);
    expect(withIt.status).toBe(200);
  });

  it('refuses to be asked under a foreign name, as a page that resolves to loopback would', async () => {
    const url = new URL(await serve({}));

    const { request } = await import('node:http');
    const asked = request({ port: url.port, host: '127.0.0.1', headers: { host: 'evil.example' } }).end();
    const [answer] = await once(asked, 'response');

    expect(answer.statusCode).toBe(421);
    answer.resume();
  });

  it('does not listen where others can reach it without a password', async () => {
    const { exit, err } = await ptg(['serve', '--host', '0.0.0.0'], { cwd: await folder() });

    expect(exit).toBe(2);
    expect(err).toMatch(/can be reached by others, and PTG_TRACKER_TOKEN holds no password/);
  });
});
