import { type Incoming, listen, send } from './http.ts';
import { type Colleague, colleague } from './launchpad-colleague.ts';
import { authorize } from './launchpad-login.ts';
import { type LaunchpadSeed, makeWorld } from './launchpad-seed.ts';
import { answer } from './launchpad-serve.ts';
import { grantToken, type SandboxBug, type World } from './launchpad-world.ts';

export type { LaunchpadSeed } from './launchpad-seed.ts';

export interface LaunchpadSandbox {
  /** The API root; `/devel` comes after it. */
  readonly url: string;
  /** Those of the first person, the bot, as `LAUNCHPAD_CREDENTIALS` wants them. */
  readonly credentials: string;
  readonly project: string;
  /** Every request so far: `GET /devel/neutron`. */
  readonly requests: readonly string[];
  /** The bugs as they are, oldest first; a look, not a copy. */
  readonly bugs: readonly SandboxBug[];
  actAs(person: string): Colleague;
  /** What a person does in the browser with a request token: allow it at a level, or `UNAUTHORIZED`. */
  grant(requestToken: string, person: string, level?: string): void;
  /** A bug is taken away, as only Launchpad's people can. */
  remove(id: string): void;
  /** The project stops tracking its bugs here. */
  stopTracking(): void;
  /** Ends a token as its owner would. */
  expire(credentials: string): void;
  close(): Promise<void>;
}

const CONSUMER = 'ptg-tracker';

/**
 * A Launchpad on loopback: stateful, and as strict as the real one; it refuses and misreads what Launchpad refuses and
 * misreads. `wadl` is a description of the API for launchpadlib, which brings one along.
 */
export async function startLaunchpadSandbox(
  options: { readonly port?: number; readonly seed?: LaunchpadSeed; readonly wadl?: string } = {},
): Promise<LaunchpadSandbox> {
  const world = makeWorld(options.seed ?? {});
  const requests: string[] = [];
  const { url, close } = await listen(async (request, response) => {
    requests.push(described(request));
    const { status, headers = {}, body = '' } = answer(world, request, options.wadl ?? null);
    send(response, { status, headers: { date: world.now().toUTCString(), ...headers }, body });
  }, options.port);
  const project = [...world.projects.keys()][0] ?? '';
  return {
    url,
    credentials: credentialsOf(world, [...world.people.keys()][0] ?? ''),
    project,
    requests,
    get bugs() {
      return [...world.bugs.values()];
    },
    actAs: (person) => colleague(url, project, credentialsOf(world, person)),
    grant: (token, person, level = 'WRITE_PUBLIC') => {
      authorize(world, token, person, level);
    },
    remove: (id) => {
      world.bugs.delete(Number(id));
    },
    stopTracking: () => {
      const found = world.projects.get(project);
      if (found !== undefined) found.officialBugs = false;
    },
    expire: (credentials) => {
      const token = world.tokens.get(credentials.split(':')[1] ?? '');
      if (token !== undefined) token.expired = true;
    },
    close,
  };
}

function credentialsOf(world: World, person: string): string {
  const { token, secret } = grantToken(world, CONSUMER, person);
  return `${CONSUMER}:${token}:${secret}`;
}

function described({ method, path }: Incoming): string {
  const url = new URL(path, 'http://sandbox');
  const operation = url.searchParams.get('ws.op');
  return `${method} ${url.pathname}${operation === null ? '' : ` ${operation}`}`;
}
