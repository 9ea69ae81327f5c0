import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SyncJson } from '../../src/cli/schema.ts';
import { type GitHubSandbox, startGitHubSandbox } from '../../src/sandbox/github.ts';
import { aProject } from './project.ts';
import { ended, start } from './run.ts';

let github: GitHubSandbox;

beforeAll(async () => {
  github = await startGitHubSandbox({ seed: { repository: 'acme/items' } });
});
afterAll(() => github.close());

describe('Ctrl-C', () => {
  it('ends a sync after the request in flight, and the next run files the rest and nothing twice', async () => {
    const slow = 'createsPerMinute: 240, settleAfter: 1s';
    const { cwd, env, run } = await aProject(github, { repository: github.repository, items: 12, limits: slow });
    const child = await start(['sync', '--yes', '--format', 'json'], { cwd, env });
    const result = ended(child);
    await expect.poll(async () => (await github.actAs('alice').all()).length, { timeout: 15_000 }).toBeGreaterThan(1);

    child.kill('SIGINT');
    const { exit, out, err } = await result;
    const before = (await github.actAs('alice').all()).length;
    const again = await run('sync', '--yes', '--format', 'json');

    expect(exit).toBe(1);
    expect(err).toContain('Nothing is lost: the next run goes on.');
    const first = SyncJson.parse(JSON.parse(out));
    expect(first.outcomes).toHaveLength(12);
    expect(first.summary).toMatchObject({ created: before, nothing: 12 - before, uncertain: 0, failed: 0 });
    expect(before).toBeLessThan(12);
    expect(SyncJson.parse(JSON.parse(again.out)).summary).toMatchObject({ created: 12 - before, nothing: before });
    const titles = (await github.actAs('alice').all()).map(({ title }) => title);
    expect(new Set(titles).size).toBe(12);
    expect(titles).toHaveLength(12);
  });

  it('ends a program that only looks at once, with status 130', async () => {
    const asked = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(asked, 'listening');
    const address = asked.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { cwd, env } = await aProject(github, { repository: github.repository, baseUrl: `http://127.0.0.1:${port}` });
    const child = await start(['sync', '--yes'], { cwd, env });
    const result = ended(child);
    await once(asked, 'request');

    child.kill('SIGINT');
    const { exit } = await result;
    asked.closeAllConnections();
    asked.close();

    expect(exit).toBe(130);
  });
});
