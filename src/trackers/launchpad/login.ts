import { messageOf, TrackerError } from '../../errors.ts';
import { firstWords } from './answer.ts';
import type { LaunchpadCredentials } from './oauth.ts';
import type { Clock } from './pace.ts';

/** Sends a form and gives the answer's status and text; rejects when there is none. */
export type PostForm = (
  url: string,
  form: Readonly<Record<string, string>>,
) => Promise<{ readonly status: number; readonly body: string }>;

/** What may be asked for; the name is what Launchpad's page shows for it. */
export type AccessLevel = 'READ_PUBLIC' | 'WRITE_PUBLIC' | 'READ_PRIVATE' | 'WRITE_PRIVATE';

/** The beginning of a login: what Launchpad gave, and the page where a person says yes. */
export interface LoginRequest {
  readonly consumerKey: string;
  readonly token: string;
  readonly secret: string;
  /** To be opened in a browser, on any machine. */
  readonly page: string;
}

/** The tracker's name in failures of a login: there is no configured tracker yet. */
const NAME = 'launchpad';
/** How often Launchpad is asked whether the person has answered. */
const PAUSE_MS = 2000;

/** Where people log in: the web host of an API root. */
export function webRootOf(baseUrl: string): string {
  const { protocol, host } = new URL(baseUrl);
  return `${protocol}//${host.replace(/^api\./, '')}`;
}

/** Step one of three: asks for a request token. Any name of a program is taken. Throws `TrackerError`. */
export async function beginLogin(
  post: PostForm,
  options: { readonly webRoot: string; readonly consumerKey: string; readonly level?: AccessLevel },
): Promise<LoginRequest> {
  const { webRoot, consumerKey, level = 'WRITE_PUBLIC' } = options;
  const answer = await send(post, `${webRoot}/+request-token`, {
    oauth_consumer_key: consumerKey,
    oauth_signature_method: 'PLAINTEXT',
    oauth_signature: '&',
  });
  const token = tokenIn(answer.body);
  if (answer.status !== 200 || token === null) {
    throw new TrackerError(
      NAME,
      { kind: 'broken' },
      `Launchpad gave no request token (${answer.status} ${firstWords(answer.body)})`,
    );
  }
  const query = new URLSearchParams({ oauth_token: token.token, allow_permission: level });
  return { consumerKey, ...token, page: `${webRoot}/+authorize-token?${query}` };
}

/** Step three: the access token, once the person has said yes; null while they have not. Throws `denied` when they said no. */
export async function askForAccess(
  post: PostForm,
  webRoot: string,
  request: LoginRequest,
): Promise<LaunchpadCredentials | null> {
  const answer = await send(post, `${webRoot}/+access-token`, {
    oauth_consumer_key: request.consumerKey,
    oauth_token: request.token,
    oauth_signature_method: 'PLAINTEXT',
    oauth_signature: `&${request.secret}`,
  });
  const token = answer.status === 200 ? tokenIn(answer.body) : null;
  if (token !== null) return { consumerKey: request.consumerKey, ...token };
  if (answer.status === 401 && /not yet been reviewed/i.test(answer.body)) return null;
  if (answer.status === 403) {
    throw new TrackerError(NAME, { kind: 'denied' }, 'The access was refused on the page of Launchpad', {
      hint: 'Run ptg-tracker login launchpad again and allow it',
    });
  }
  throw new TrackerError(
    NAME,
    { kind: 'broken' },
    `Launchpad gave no access token (${answer.status} ${firstWords(answer.body)})`,
    {
      hint: 'A request token is good for one login: run ptg-tracker login launchpad again',
    },
  );
}

/** Asks until the person has answered on the page, or for as long as they are given. Throws `denied`. */
export async function waitForAccess(
  post: PostForm,
  webRoot: string,
  request: LoginRequest,
  options: { readonly clock: Clock; readonly timeoutMs: number; readonly pauseMs?: number },
): Promise<LaunchpadCredentials> {
  const { clock, timeoutMs, pauseMs = PAUSE_MS } = options;
  const end = clock.now().getTime() + timeoutMs;
  for (;;) {
    const credentials = await askForAccess(post, webRoot, request);
    if (credentials !== null) return credentials;
    if (clock.now().getTime() >= end) {
      throw new TrackerError(NAME, { kind: 'denied' }, 'Nobody answered on the page of Launchpad in time', {
        hint: 'Run ptg-tracker login launchpad again; the page may be opened on any machine',
      });
    }
    await clock.sleep(pauseMs);
  }
}

/** `consumerKey:token:secret`, as the environment variable holds it. */
export function writeCredentials({ consumerKey, token, secret }: LaunchpadCredentials): string {
  return `${consumerKey}:${token}:${secret}`;
}

/** Over the network. Launchpad wants to see its own address as the referring page. */
export function networkPost(timeoutMs: number): PostForm {
  return async (url, form) => {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { Referer: `${new URL(url).origin}/`, Accept: 'application/x-www-form-urlencoded, text/plain' },
      body: new URLSearchParams(form),
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { status: answer.status, body: await answer.text() };
  };
}

async function send(post: PostForm, url: string, form: Readonly<Record<string, string>>) {
  try {
    return await post(url, form);
  } catch (error) {
    const { host } = new URL(url);
    const reason = messageOf(error instanceof Error && error.cause instanceof Error ? error.cause : error);
    throw new TrackerError(NAME, { kind: 'unreachable' }, `Launchpad could not be reached at ${host}: ${reason}`, {
      hint: 'Check baseUrl and the network, then run it again',
    });
  }
}

function tokenIn(body: string): { token: string; secret: string } | null {
  const fields = new URLSearchParams(body.trim());
  const token = fields.get('oauth_token');
  const secret = fields.get('oauth_token_secret');
  return token && secret ? { token, secret } : null;
}
