import { RequestError } from '@octokit/request-error';
import { TrackerError } from '../../errors.ts';
import { Meter } from './allowance.ts';
import { GitHubRepository } from './answers.ts';
import { type Api, createClient, type GitHubOptions, type Patience } from './client.ts';
import { kindOf, secretsOf } from './credentials.ts';
import { webHost } from './dialect.ts';
import { refused, understood } from './refusals.ts';
import { archived, type Doing, disabled, type Place } from './sentences.ts';

/** The repository as it is called now, and what we may do there. */
export interface Home {
  readonly owner: string;
  readonly repo: string;
  readonly fullName: string;
  readonly mayWrite: boolean;
}

/** What the operations of one tracker share: the client, what messages speak of, and what was found out so far. */
export interface Session {
  readonly api: Api;
  readonly place: Place;
  /** What the answers told of how many requests are left. */
  readonly meter: Meter;
  /** Who we are: an account, an app with its key, or an installation of an app with its token and nothing else. */
  readonly kind: 'account' | 'app' | 'installation';
  /** As it is called in the configuration; enough for reading, because GitHub redirects. */
  readonly given: { readonly owner: string; readonly repo: string };
  /** Sends one request and turns its failure into a refusal. */
  ask<T>(doing: Doing, request: (api: Api) => Promise<T>): Promise<T>;
  /** The repository under its present name; asked once. Throws `disabled` when it takes no changes. */
  home(): Promise<Home>;
  /** The same, whatever it takes; asked once, or `anew`. */
  repository(anew?: 'anew'): Promise<GitHubRepository>;
  /** Our own login, or null when it cannot be known (a token of an app); asked once. */
  account(): Promise<string | null>;
  /** Forgets where the repository is and who we are, and waits for limits as long as a new run may. */
  restart(): void;
  /** Things asked once a run: labels, milestones, who can be assigned. */
  readonly known: Map<string, Promise<unknown>>;
}

/** A session for one tracker; nothing is sent yet. */
export function createSession(options: GitHubOptions): Session {
  const [owner = '', repo = ''] = options.config.repository.split('/');
  const patience: Patience = { left: options.limits.maxWait };
  const meter = new Meter();
  const api = createClient(options, patience, meter);
  const place: Place = {
    name: options.name,
    target: options.config.repository,
    tokenEnv: options.config.tokenEnv,
    host: webHost(options.config.baseUrl),
    secrets: secretsOf(options.token),
    timeout: options.limits.timeout,
  };
  const known = new Map<string, Promise<unknown>>();
  const session: Session = {
    api,
    place,
    meter,
    kind: kindOf(options.token),
    given: { owner, repo },
    known,
    ask: async (doing, request) => {
      try {
        return await request(api);
      } catch (error) {
        throw refused(place, doing, error);
      }
    },
    home: async () => homeOf(session, await session.repository()),
    repository: (anew) => {
      if (anew) known.delete('repository');
      return once(known, 'repository', () => findRepository(session));
    },
    account: () => once(known, 'account', () => findAccount(session)),
    restart: () => {
      known.clear();
      patience.left = options.limits.maxWait;
    },
  };
  return session;
}

/** Asks once a run; a failure is not kept. */
export function once<T>(known: Map<string, Promise<unknown>>, name: string, ask: () => Promise<T>): Promise<T> {
  const before = known.get(name) as Promise<T> | undefined;
  if (before !== undefined) return before;
  const asked = ask().catch((error: unknown) => {
    known.delete(name);
    throw error;
  });
  known.set(name, asked);
  return asked;
}

async function findRepository({ ask, given, place }: Session): Promise<GitHubRepository> {
  const doing = { what: 'the look at the repository' };
  const answer = await ask(doing, (api) => api.rest.repos.get(given));
  return understood(place, doing, GitHubRepository, answer.data);
}

function homeOf({ given, place, kind }: Session, repository: GitHubRepository): Home {
  if (!repository.has_issues) throw refusal(place, disabled(place, 'has_issues: false'));
  if (repository.archived) throw refusal(place, archived(place, 'archived: true'));
  const [owner = given.owner, repo = given.repo] = repository.full_name.split('/');
  const may = repository.permissions;
  // What an app may do is not told there; it shows when it is done.
  const mayWrite = kind !== 'account' || may === undefined || [may.admin, may.push, may.triage].includes(true);
  return { owner, repo, fullName: repository.full_name, mayWrite };
}

function refusal(place: Place, [kind, message, hint]: ReturnType<typeof disabled>): TrackerError {
  return new TrackerError(place.name, kind, message, { hint });
}

/** A token of an app cannot ask for its user: the app itself tells its name, or GraphQL does. */
async function findAccount({ api, place, ask, kind }: Session): Promise<string | null> {
  const doing = { what: 'the look at our account' };
  if (kind === 'app') {
    const answer = await ask(doing, () => api.rest.apps.getAuthenticated());
    const slug = answer.data?.slug;
    return slug === undefined ? null : `${slug}[bot]`;
  }
  try {
    return (await api.rest.users.getAuthenticated()).data.login;
  } catch (error) {
    const status = error instanceof RequestError ? error.status : null;
    if (status !== 403 && status !== 404) throw refused(place, doing, error);
  }
  try {
    const answer = await api.graphql<{ viewer?: { login?: string } }>('{ viewer { login } }');
    return answer.viewer?.login ?? null;
  } catch {
    return null;
  }
}
