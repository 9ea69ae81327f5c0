import { createServer } from 'node:net';
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
  const ports = port === 0 ? [0, 0] : [port, port + 1];
  for (const one of ports) await checkFree(one);
  const github = await startGitHubSandbox({ port: ports[0] ?? 0 });
  const launchpad = await startLaunchpadSandbox({ port: ports[1] ?? 0 });
  return {
    github,
    launchpad,
    config: (notes) => configFor(github, launchpad, notes),
    environment: { SANDBOX_TOKEN: github.token, SANDBOX_CREDENTIALS: launchpad.credentials },
    close: async () => void (await Promise.all([github.close(), launchpad.close()])),
  };
}

/** Looks before anything is started, so that nothing is left running when a port is taken. */
function checkFree(port: number): Promise<void> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', () =>
      reject(new UsageError(`port ${port} is taken by another program`, 'Say another --port, or 0 for a free one.')),
    );
    server.listen(port, '127.0.0.1', () => server.close(() => resolve()));
  });
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
