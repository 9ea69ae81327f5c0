import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GitHubSandbox, startGitHubSandbox } from '../../src/sandbox/github.ts';
import { aProject } from './project.ts';
import { folder, ptg } from './run.ts';

let github: GitHubSandbox;

beforeAll(async () => {
  github = await startGitHubSandbox({});
});
afterAll(() => github.close());

describe('login github', () => {
  it('keeps a token from stdin where only the user can read it, and sync takes it from there', async () => {
    const project = await aProject(github, { repository: github.repository });
    const env = { XDG_CONFIG_HOME: await folder() };

    const login = await ptg(['login', 'github', '--base-url', github.url], {
      cwd: project.cwd,
      env,
      input: `${github.token}\n`,
    });
    const synced = await ptg(['sync', '--yes'], { cwd: project.cwd, env });

    const kept = join(env.XDG_CONFIG_HOME, 'ptg-tracker');
    const [file = ''] = await readdir(kept);
    expect(login).toMatchObject({ exit: 0, out: '' });
    expect(login.err).not.toContain(github.token);
    expect((await stat(join(kept, file))).mode & 0o777).toBe(0o600);
    expect(await readFile(join(kept, file), 'utf8')).toBe(`${github.token}\n`);
    expect(synced).toMatchObject({ exit: 0, out: expect.stringContaining('✓ 3 created') });
  });

  it('refuses what is no token', async () => {
    const { exit, err } = await ptg(['login', 'github'], {
      cwd: await folder(),
      env: { XDG_CONFIG_HOME: await folder() },
      input: 'two words',
    });

    expect({ exit, err }).toEqual({ exit: 2, err: 'error: this does not look like a token\n' });
  });
});
