import type { AxiosInstance } from 'axios';
import { messageOf } from '../../errors.ts';
import type { Answer } from './answer.ts';
import { authorization, type LaunchpadCredentials } from './oauth.ts';
import type { Clock } from './pace.ts';

export type Query = Readonly<Record<string, string | number | boolean | readonly string[]>>;

export interface Request {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly url: string;
  readonly params?: Query;
  readonly data?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Failures to connect at all: no byte of the request was sent. */
const NEVER_SENT = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ERR_INVALID_URL'];

/** No answer came. It keeps nothing of the request, whose header holds the secret. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  /** Whether Launchpad may have received the request all the same. */
  readonly mayHaveArrived: boolean;
  constructor(error: unknown) {
    super(messageOf(error));
    this.mayHaveArrived = !(error instanceof Error && 'code' in error && NEVER_SENT.includes(String(error.code)));
  }
}

export interface TransportOptions {
  /** The API root without a version: `https://api.launchpad.net`. */
  readonly baseUrl: string;
  /** Null reads what is public, as nobody. */
  readonly credentials: LaunchpadCredentials | null;
  readonly userAgent: string;
  readonly timeout: number;
  readonly clock: Clock;
}

/**
 * Sends one request and gives its answer, whatever its status. Signed; no redirect is followed; no cookie is kept, since
 * a session would be read from a copy that lags behind. Throws `NoAnswer`.
 */
export function openTransport(options: TransportOptions): (request: Request) => Promise<Answer> {
  let clients: Promise<{ readonly reads: AxiosInstance; readonly writes: AxiosInstance }> | null = null;
  const realm = `${options.baseUrl.replace(/(?<!\/)\/+$/, '')}/`;
  return async (request) => {
    clients ??= connect(options);
    const axios = (await clients)[request.method === 'GET' ? 'reads' : 'writes'];
    const { credentials, clock } = options;
    const signed = credentials === null ? {} : { Authorization: authorization(credentials, realm, clock.now()) };
    try {
      const answer = await axios.request<string>({ ...request, headers: { ...request.headers, ...signed } });
      const body = typeof answer.data === 'string' ? answer.data : '';
      // Launchpad repeats a token that it does not know; nothing of ours is to stand in messages.
      const said = answer.status < 400 ? body : redact(body, credentials);
      return toAnswer(answer.status, answer.headers, said, clock);
    } catch (error) {
      throw new NoAnswer(error);
    }
  };
}

async function connect({ baseUrl, userAgent, timeout }: TransportOptions) {
  const [{ default: axios }, http, https] = await Promise.all([
    import('axios'),
    import('node:http'),
    import('node:https'),
  ]);
  const reads = axios.create({
    headers: { common: { Accept: 'application/json', 'User-Agent': userAgent } },
    timeout,
    maxRedirects: 0,
    validateStatus: () => true,
    responseType: 'text',
    transformResponse: [(body: unknown) => body],
    // Launchpad reads `tags=a&tags=b`; it overlooks `tags[]=a` and searches unfiltered.
    paramsSerializer: { indexes: null },
    ...(isLoopback(baseUrl) ? { proxy: false as const } : {}),
  });
  // A kept connection may be closed by the other side just as a write goes out, and nobody could tell whether it arrived.
  const [httpAgent, httpsAgent] = [new http.Agent({ keepAlive: false }), new https.Agent({ keepAlive: false })];
  return { reads, writes: reads.create({ httpAgent, httpsAgent }) };
}

function redact(body: string, credentials: LaunchpadCredentials | null): string {
  return credentials === null ? body : body.replaceAll(credentials.secret, '…').replaceAll(credentials.token, '…');
}

function toAnswer(status: number, headers: object, body: string, clock: Clock): Answer {
  const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
  const date = new Date(lower.date ?? '');
  return {
    status,
    headers: lower,
    body,
    at: Number.isNaN(date.getTime()) ? clock.now() : date,
  };
}

function isLoopback(address: string): boolean {
  return /^(?:127\.\d{1,3}\.\d{1,3}\.\d{1,3}|localhost|\[::1\])$/.test(new URL(address).hostname);
}
