import { APP_ACCOUNT, type Backend, startBackend } from './github-backend.ts';
import { type Colleague, colleague } from './github-colleague.ts';
import { answerAsGitHub, type Front } from './github-front.ts';
import { type Allowance, createMeter } from './github-limits.ts';
import { placeOf, type World } from './github-world.ts';
import { type Handler, listen, type Running, send } from './http.ts';

export interface GitHubSeed {
  /** `owner/name` of the repository; the owner is an organisation. */
  readonly repository?: string;
  /** More repositories of the same owner. */
  readonly others?: readonly string[];
  /** Who may write there, the bot aside; the first ones to be assigned. */
  readonly members?: readonly string[];
  /** Who has an account and no rights. */
  readonly outsiders?: readonly string[];
  readonly private?: boolean;
  readonly hasIssues?: boolean;
  readonly archived?: boolean;
  /** Whether an app is installed; its key takes a moment to make. */
  readonly app?: boolean;
  /** What each account may ask; nothing is refused by default. */
  readonly limits?: Allowance;
}

export interface GitHubSandbox extends Running {
  /** The token of the account `bot`. */
  readonly token: string;
  /** The credential of an app that is installed there, in the form that the tracker takes; null without one. */
  readonly app: string | null;
  /** `owner/name`. */
  readonly repository: string;
  /** The token of any account of the seed. */
  tokenOf(login: string): string;
  /** Somebody who works in the repository with a browser. */
  actAs(login: string, repository?: string): Colleague;
  /** What only an administrator of GitHub can do; in the first repository, unless another one is named. */
  rename(to: string, from?: string): Promise<void>;
  remove(number: number): void;
  transfer(number: number, to: string, from?: string): Promise<number>;
  set(change: { readonly hasIssues?: boolean; readonly archived?: boolean; readonly private?: boolean }): void;
}

const BOT = 'bot';

/** A GitHub on loopback with one repository, as strict as the real one, to try everything against. */
export async function startGitHubSandbox({
  port = 0,
  seed = {},
}: {
  port?: number;
  seed?: GitHubSeed;
} = {}): Promise<GitHubSandbox> {
  const repository = seed.repository ?? 'acme/items';
  const members = [BOT, ...(seed.members ?? ['alice', 'bob'])];
  const people = [...members, ...(seed.outsiders ?? ['mallory'])];
  const world: World = {
    tokens: new Map(people.map((login) => [tokenOf(login), login])),
    members: new Set([...members, APP_ACCOUNT]),
    places: [repository, ...(seed.others ?? [])].map((name, index) => ({
      name,
      id: index + 1,
      private: seed.private ?? false,
      hasIssues: seed.hasIssues ?? true,
      archived: seed.archived ?? false,
      deleted: new Set(),
      moved: new Map(),
      duplicates: new Set(),
    })),
    renamed: new Map(),
  };
  const backend = await startBackend({
    people,
    members,
    repositories: world.places.map(({ name }) => name),
    app: seed.app ?? false,
  });
  const front: Front = { world, backend, meter: createMeter(seed.limits ?? {}) };
  const answer: Handler = async (request, response) => send(response, await answerAsGitHub(front, request));
  const server = await listen(answer, port).catch(async (error: unknown) => {
    await backend.close();
    throw error;
  });
  const main = world.places[0];
  if (main === undefined) throw new Error('a sandbox has a repository');
  const placeAt = (name = main.name) => {
    const place = placeOf(world, name);
    if (place === null) throw new Error(`the sandbox has no ${name}`);
    return place;
  };
  return {
    url: server.url,
    token: tokenOf(BOT),
    repository,
    app: backend.app,
    tokenOf,
    actAs: (login, at = main.name) => colleague({ url: server.url, token: tokenOf(login), repository: at }),
    rename: async (to, from) => {
      const place = placeAt(from);
      await ask(backend, 'PATCH', `/repos/${place.name}`, { name: to.split('/')[1] });
      world.renamed.set(place.name.toLowerCase(), place.id);
      place.name = to;
    },
    remove: (number) => void main.deleted.add(number),
    transfer: async (number, to, from) => {
      const [place, there] = [placeAt(from), placeAt(to)];
      const { title, body } = await ask(backend, 'GET', `/repos/${place.name}/issues/${number}`);
      const copy = await ask(backend, 'POST', `/repos/${to}/issues`, { title, body });
      place.moved.set(number, `/repositories/${there.id}/issues/${copy.number}`);
      return Number(copy.number);
    },
    set: (change) => void Object.assign(main, change),
    close: async () => {
      await server.close();
      await backend.close();
    },
  };
}

function tokenOf(login: string): string {
  return `sandbox-token-of-${login}`;
}

async function ask(backend: Backend, method: string, path: string, fields?: object): Promise<Record<string, unknown>> {
  const body = fields === undefined ? '' : JSON.stringify(fields);
  const answer = await backend.ask({ method, path, headers: { 'content-type': 'application/json' }, body }, BOT);
  if (answer.status >= 300) throw new Error(`${method} ${path} in the sandbox: ${answer.status}`);
  return JSON.parse(answer.body) as Record<string, unknown>;
}
