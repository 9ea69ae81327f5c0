import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { authorize } from './launchpad-login.ts';
import { type Reply, text } from './launchpad-page.ts';
import { answer } from './launchpad-serve.ts';
import {
  DEFAULT_SEED,
  grantToken,
  type LaunchpadSeed,
  makeWorld,
  type SandboxBug,
  type World,
} from './launchpad-world.ts';

export type { LaunchpadSeed } from './launchpad-world.ts';

/** A person of the sandbox who works on bugs by hand, over HTTP as everybody does. */
export interface Colleague {
  /** `consumerKey:token:secret`. */
  readonly credentials: string;
  /** Files a bug and gives its id. */
  file(title: string, description: string, tags?: readonly string[]): Promise<string>;
  /** Changes the bug: title, description, tags, duplicate_of_link. Gives the status of the answer. */
  edit(id: string, fields: Readonly<Record<string, unknown>>): Promise<number>;
  /** Changes its task: status, importance, assignee_link, milestone_link. */
  triage(id: string, fields: Readonly<Record<string, unknown>>): Promise<number>;
  comment(id: string, content: string): Promise<number>;
}

export interface LaunchpadSandbox {
  /** The API root; `/devel` comes after it. */
  readonly url: string;
  /** The bot's, as `LAUNCHPAD_CREDENTIALS` wants them. */
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
  /** Ends the bot's token as its owner would. */
  expire(credentials: string): void;
  close(): Promise<void>;
}

const CONSUMER = 'ptg-tracker';
const BOT = DEFAULT_SEED.people[0].name;

/**
 * A Launchpad on loopback: stateful, and as strict as the real one; it refuses and misreads what Launchpad refuses and
 * misreads. `wadl` is a description of the API for launchpadlib, which brings one along.
 */
export async function startLaunchpadSandbox(
  options: { readonly port?: number; readonly seed?: LaunchpadSeed; readonly wadl?: string } = {},
): Promise<LaunchpadSandbox> {
  const world = makeWorld(options.seed ?? {});
  const requests: string[] = [];
  const server = createServer((request, response) => {
    serve(world, request, response, requests, options.wadl ?? null).catch((error: unknown) => {
      send(world, response, text(500, error instanceof Error ? (error.stack ?? error.message) : String(error)));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  const project = [...world.projects.keys()][0] ?? '';
  return {
    url,
    credentials: credentialsOf(world, BOT),
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
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function credentialsOf(world: World, person: string): string {
  const { token, secret } = grantToken(world, CONSUMER, person);
  return `${CONSUMER}:${token}:${secret}`;
}

async function serve(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
  log: string[],
  wadl: string | null,
) {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const url = new URL(request.url ?? '/', 'http://sandbox');
  log.push(
    `${request.method} ${url.pathname}${url.searchParams.has('ws.op') ? ` ${url.searchParams.get('ws.op')}` : ''}`,
  );
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  const reply = answer(
    world,
    {
      method: request.method ?? 'GET',
      path: decodePath(url.pathname),
      query: url.search.slice(1),
      host: request.headers.host ?? '127.0.0.1',
      headers,
      body: Buffer.concat(chunks).toString('utf8'),
    },
    wadl,
  );
  send(world, response, reply);
}

function decodePath(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

function send(world: World, response: ServerResponse, { status, headers = {}, body = '' }: Reply): void {
  response.writeHead(status, { Date: world.now().toUTCString(), ...headers });
  response.end(body);
}

function colleague(url: string, project: string, credentials: string): Colleague {
  const [consumer, token, secret] = credentials.split(':');
  const Authorization = `OAuth realm="${url}/", oauth_consumer_key="${consumer}", oauth_token="${token}", oauth_signature_method="PLAINTEXT", oauth_signature="%26${secret}"`;
  const post = (path: string, form: Record<string, string>) =>
    fetch(`${url}/devel${path}`, { method: 'POST', headers: { Authorization }, body: new URLSearchParams(form) });
  const patch = async (path: string, fields: Readonly<Record<string, unknown>>) => {
    const headers = { Authorization, 'Content-Type': 'application/json' };
    const answer = await fetch(`${url}/devel${path}`, {
      method: 'PATCH',
      headers,
      body: JSON.stringify(fields),
      redirect: 'manual',
    });
    return answer.status;
  };
  return {
    credentials,
    async file(title, description, tags = []) {
      const form = {
        title: JSON.stringify(title),
        description: JSON.stringify(description),
        tags: JSON.stringify(tags),
      };
      const answer = await post('/bugs', { 'ws.op': 'createBug', target: `${url}/devel/${project}`, ...form });
      return answer.headers.get('location')?.split('/').at(-1) ?? '';
    },
    edit: (id, fields) => patch(`/bugs/${id}`, fields),
    triage: (id, fields) => patch(`/${project}/+bug/${id}`, fields),
    comment: async (id, content) =>
      (await post(`/bugs/${id}`, { 'ws.op': 'newMessage', content: JSON.stringify(content) })).status,
  };
}
