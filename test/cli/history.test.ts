import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GitHubSandbox, startGitHubSandbox } from '../../src/sandbox/github.ts';
import { aProject, type Project } from './project.ts';

let github: GitHubSandbox;
let project: Project;

beforeAll(async () => {
  github = await startGitHubSandbox({});
  project = await aProject(github, { repository: github.repository });
  await project.run('sync', '--yes');
});
afterAll(() => github.close());

describe('history', () => {
  it("tells an item's life by the first characters of its key", async () => {
    const { items } = JSON.parse((await project.run('status', '--format', 'json')).out);
    const { key, issue } = items[0];

    const { exit, out } = await project.run('history', key.slice(0, 10));

    expect(exit).toBe(0);
    expect(out).toContain(issue.url);
    expect(out).toMatch(/claimed[\s\S]*created/);
  });

  it('refuses a key that nobody knows', async () => {
    const { exit, err } = await project.run('history', 'zzzzzz');

    expect({ exit, err }).toEqual({
      exit: 2,
      err: 'error: no item with the key zzzzzz is known\n  See: ptg-tracker status --format json\n',
    });
  });
});
