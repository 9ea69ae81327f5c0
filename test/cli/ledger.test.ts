import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GitHubSandbox, startGitHubSandbox } from '../../src/sandbox/github.ts';
import { aProject, type Project } from './project.ts';
import { ptg } from './run.ts';

let github: GitHubSandbox;
let project: Project;

beforeAll(async () => {
  github = await startGitHubSandbox({});
  project = await aProject(github, { repository: github.repository });
  await project.run('sync', '--yes');
});
afterAll(() => github.close());

describe('ledger', () => {
  it('says that nothing is wrong', async () => {
    const { exit, out } = await project.run('ledger', 'check');

    expect(exit).toBe(0);
    expect(out).toMatch(/3 items\n✓ nothing is wrong/);
  });

  it('moves to another ledger by export and import, and importing twice changes nothing', async () => {
    const { out: lines } = await project.run('ledger', 'export');
    const other = await aProject(github, { repository: github.repository });

    const first = await ptg(['ledger', 'import', '-'], { cwd: other.cwd, env: other.env, input: lines });
    const second = await ptg(['ledger', 'import', '-'], { cwd: other.cwd, env: other.env, input: lines });

    expect(first.out).toMatch(/^3 items and \d+ events were taken over/);
    expect(second.out).toMatch(/^0 items and 0 events were taken over, 3 items were known already/);
    expect((await other.run('sync', '--yes')).out).toContain('3 up to date');
  });

  it('is rebuilt from the tracker after it was lost', async () => {
    const fresh = await aProject(github, { repository: github.repository });

    const { exit, out } = await fresh.run('ledger', 'rebuild');

    expect({ exit, out }).toEqual({ exit: 0, out: '3 items are known, 3 of them were not before\n' });
    expect((await fresh.run('status', '--format', 'json')).out).toContain('"items": 3');
  });

  it('says what is wrong with a file that is no export', async () => {
    const { exit, err } = await project.run('ledger', 'import', 'ptg-tracker.yaml');

    expect(exit).toBe(2);
    expect(err).toMatch(/^error: .+/);
    expect(err).not.toMatch(/\n {4}at /);
  });
});
