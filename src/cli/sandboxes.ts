import { UsageError } from '../errors.ts';
import { type GitHubSandbox, startGitHubSandbox } from '../sandbox/github.ts';
import { type LaunchpadSandbox, startLaunchpadSandbox } from '../sandbox/launchpad.ts';

/** Both sandboxes, and what a user needs to work with them. */
export interface Sandboxes {
  readonly github: GitHubSandbox;
  readonly launchpad: LaunchpadSandbox;
  /** The text of a configuration for them. */
  config(notes: readonly string[]): string;
  /** The variables that this configuration names, with their values. */
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** Starts both on loopback; Launchpad listens one port above GitHub, or both on free ones. */
export async function startSandboxes(port: number): Promise<Sandboxes> {
  const github = await started(port, () => startGitHubSandbox({ port }));
  const next = port === 0 ? 0 : port + 1;
  try {
    const launchpad = await started(next, () => startLaunchpadSandbox({ port: next }));
    return {
      github,
      launchpad,
      config: (notes) => configFor(github, launchpad, notes),
      environment: { SANDBOX_TOKEN: github.token, SANDBOX_CREDENTIALS: launchpad.credentials },
      close: async () => void (await Promise.all([github.close(), launchpad.close()])),
    };
  } catch (error) {
    await github.close();
    throw error;
  }
}

async function started<T>(port: number, start: () => Promise<T>): Promise<T> {
  try {
    return await start();
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'EADDRINUSE') throw error;
    throw new UsageError(`port ${port} is taken by another program`, 'Say another --port, or 0 for a free one.');
  }
}

/** Nothing has to be spared here, so issues are filed as fast as they come. */
function configFor(github: GitHubSandbox, launchpad: LaunchpadSandbox, notes: readonly string[]): string {
  return `\
notes: ${JSON.stringify(notes)}
trackers:
  work: { type: github, repository: ${github.repository}, tokenEnv: SANDBOX_TOKEN, baseUrl: "${github.url}" }
  bugs: { type: launchpad, project: ${launchpad.project}, credentialsEnv: SANDBOX_CREDENTIALS, baseUrl: "${launchpad.url}" }
routes:
  - { kind: rfe, tracker: bugs, tags: [rfe], titlePrefix: "[RFE] " }
  - { tracker: work }
limits: { createsPerMinute: 6000, settleAfter: 2s }
`;
}
