import type { GitHubSandbox } from '../../src/sandbox/github.ts';
import { aNote, folder, ptg, type Ran } from './run.ts';

export interface Given {
  readonly repository: string;
  readonly baseUrl?: string;
  readonly token?: string;
  readonly items?: number;
  readonly limits?: string;
}

/** A folder with a note and a configuration for a sandbox, and the program in it. */
export interface Project {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  run(...args: string[]): Promise<Ran>;
}

/** As fast as it goes: nothing in a sandbox has to be spared. */
const LIMITS = 'createsPerMinute: 60000, settleAfter: 1s, timeout: 5s, maxWait: 1s';

export async function aProject(github: GitHubSandbox, given: Given): Promise<Project> {
  const { repository, baseUrl = github.url, token = github.token, items = 3, limits = LIMITS } = given;
  const cwd = await folder({
    'notes/a.md': aNote(items),
    'ptg-tracker.yaml': `notes: [notes]
trackers:
  work: { type: github, repository: ${repository}, tokenEnv: SOME_TOKEN, baseUrl: "${baseUrl}" }
limits: { ${limits} }
`,
  });
  const env = { SOME_TOKEN: token };
  return { cwd, env, run: (...args) => ptg(args, { cwd, env }) };
}
