import { createEmulator } from 'emulate';
import { forward, type Incoming, type Outgoing } from './http.ts';

/** The emulator that stores what the sandbox's GitHub holds. */
export interface Backend {
  /** How it calls itself in its answers. */
  readonly url: string;
  /** The credential of an app that is installed for all repositories, when the seed asks for one. */
  readonly app: string | null;
  ask(request: Incoming, login: string | null): Promise<Outgoing>;
  close(): Promise<void>;
}

const INSTALLATION = 100;
const APP = {
  app_id: 12345,
  slug: 'ptg-tracker-app',
  name: 'ptg-tracker-app',
  permissions: { issues: 'write', metadata: 'read' },
  events: [],
};
/** As whom an app writes. */
export const APP_ACCOUNT = `${APP.slug}[bot]`;

/** The emulator refuses the 5,000th request of a token, so each account has many and changes them in time. */
const EACH = 4_000;
const TOKENS = 250;

/** Starts the emulator with accounts, one organisation and its repositories, on a free port of loopback. */
export async function startBackend(seed: {
  readonly people: readonly string[];
  readonly members: readonly string[];
  readonly repositories: readonly string[];
  readonly app: boolean;
}): Promise<Backend> {
  const owner = seed.repositories[0]?.split('/')[0] ?? '';
  const emulator = await createEmulator({
    service: 'github',
    port: 0,
    seed: {
      tokens: Object.fromEntries(seed.people.flatMap(tokensOf)),
      github: {
        users: seed.people.map((login) => ({ login })),
        orgs: [{ login: owner, members: seed.members.map((login) => ({ login, role: 'admin' })) }],
        apps: seed.app ? [{ ...APP, installations: [installationOf(owner)] }] : [],
        repos: seed.repositories.map((name) => ({ owner, name: name.split('/')[1] ?? '' })),
      },
    },
  });
  const asked = new Map<string, number>();
  const key = emulator.generatedSecrets.find(({ kind }) => kind === 'github.app_private_key')?.value;
  return {
    url: emulator.url,
    app: key === undefined ? null : `app:${APP.app_id}:${INSTALLATION}:${Buffer.from(key).toString('base64')}`,
    ask: (request, login) => {
      const { authorization: _, ...headers } = request.headers;
      if (login === APP_ACCOUNT) return forward(emulator.url, request);
      if (login === null) return forward(emulator.url, { ...request, headers });
      const before = asked.get(login) ?? 0;
      asked.set(login, before + 1);
      const token = `${login}-${Math.floor(before / EACH) % TOKENS}`;
      return forward(emulator.url, { ...request, headers: { ...headers, authorization: `token ${token}` } });
    },
    close: () => emulator.close(),
  };
}

function installationOf(account: string) {
  return { installation_id: INSTALLATION, account, repository_selection: 'all' };
}

function tokensOf(login: string): [token: string, account: { login: string; scopes: string[] }][] {
  return Array.from({ length: TOKENS }, (_, number) => [`${login}-${number}`, { login, scopes: ['repo', 'user'] }]);
}
