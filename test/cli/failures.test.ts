import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FaultProxy, startFaultProxy } from '../../src/sandbox/faults.ts';
import { type GitHubSandbox, startGitHubSandbox } from '../../src/sandbox/github.ts';
import { aProject, type Project } from './project.ts';

let github: GitHubSandbox;
let proxy: FaultProxy;

beforeAll(async () => {
  github = await startGitHubSandbox({});
  proxy = await startFaultProxy({ target: github.url });
});
afterAll(async () => {
  await proxy.close();
  await github.close();
});

/** A project whose first create went wrong: its answer was lost before it reached GitHub. */
async function withFailure(): Promise<Project> {
  proxy.plan({
    rules: [{ method: 'POST', path: '/issues', nth: 1, fault: { do: 'answer', when: 'before', status: 502 } }],
  });
  const limits = 'createsPerMinute: 60000, settleAfter: 1ms, timeout: 5s, maxWait: 1s';
  const project = await aProject(github, { repository: github.repository, baseUrl: proxy.url, limits });
  await project.run('sync', '--yes');
  return project;
}

describe('failures', () => {
  it('is empty where nothing failed', async () => {
    proxy.plan({});
    const project = await aProject(github, { repository: github.repository, baseUrl: proxy.url });

    expect(await project.run('failures')).toMatchObject({
      exit: 0,
      out: 'nothing failed that was not put right since\n',
    });
  });

  it('lists what failed with the reason, and replays it: each is looked for first, then filed', async () => {
    const project = await withFailure();

    const listed = await project.run('failures', 'list');
    const replayed = await project.run('failures', 'replay', '--yes');
    const after = await project.run('failures', 'list', '--format', 'json');

    expect(listed.out).toMatch(/^\? .+\n {4}[a-z2-7]{16} · work · /);
    expect(replayed).toMatchObject({ exit: 0, out: expect.stringContaining('✓ 1 created') });
    expect(JSON.parse(after.out)).toEqual({ failures: [] });
  });

  it('takes one off the list without touching its item', async () => {
    const project = await withFailure();

    await project.run('failures', 'discard');

    expect((await project.run('failures')).out).toBe('nothing failed that was not put right since\n');
  });
});
