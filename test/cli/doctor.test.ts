import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GitHubSandbox, startGitHubSandbox } from '../../src/sandbox/github.ts';
import { aProject } from './project.ts';
import { folder, ptg } from './run.ts';

let github: GitHubSandbox;

beforeAll(async () => {
  github = await startGitHubSandbox({});
});
afterAll(() => github.close());

describe('doctor', () => {
  it('finds nothing wrong where nothing is', async () => {
    const project = await aProject(github, { repository: github.repository });

    const { exit, out } = await project.run('doctor');

    expect(exit).toBe(0);
    expect(out).toContain('✓ work (github:acme/items) can be reached and takes issues, as bot');
  });

  it.each([
    {
      what: 'a token that is refused',
      given: { token: 'wrong-token' },
      exit: 3,
      says: /✗ GitHub refused the token in SOME_TOKEN/,
    },
    { what: 'a repository that is missing', given: { repository: 'acme/nosuch' }, exit: 3, says: /✗ .*acme\/nosuch/ },
    {
      what: 'a tracker that is not there',
      given: { baseUrl: 'http://127.0.0.1:9' },
      exit: 3,
      says: /✗ .*could not be reached/,
    },
  ])('says what to do about $what', async ({ given, exit, says }) => {
    const project = await aProject(github, { repository: github.repository, ...given });

    const found = await project.run('doctor');

    expect(found.exit).toBe(exit);
    expect(found.out).toMatch(says);
    expect(found.out).toMatch(/→ /);
  });

  it('tells everything that is wrong with a configuration', async () => {
    const cwd = await folder({ 'ptg-tracker.yaml': 'trackers: { work: { type: github } }\nnosuch: 1\n' });

    const { exit, out } = await ptg(['doctor'], { cwd });

    expect(exit).toBe(2);
    expect(out).toMatch(/repository[\s\S]*nosuch/);
  });

  it('says that there is no configuration', async () => {
    const { exit, out } = await ptg(['doctor'], { cwd: await folder() });

    expect(exit).toBe(0);
    expect(out).toMatch(/^! there is no ptg-tracker\.yaml here or above\n {2}→ ptg-tracker init writes one/);
  });
});
