import { RequestError } from '@octokit/request-error';
import type { Octokit } from '@octokit/rest';

/** Connection failures that happen before anything is sent: whatever was asked was not done. */
const NOT_SENT: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** What happened where no answer came, or one that cannot be read. */
export type Silence = 'not sent' | 'timeout' | 'unreadable' | 'broken';

/** Octokit calls every failure without an answer a 500; this tells what it was. Null when there was an answer. */
export function silenceOf(error: RequestError): Silence | null {
  if (error.response !== undefined) return null;
  const notSent = (cause: unknown) =>
    NOT_SENT.has(codeOf(cause)) || (cause instanceof Error && cause.message === 'bad port');
  if (causes(error).some(notSent)) return 'not sent';
  const names = causes(error).map((cause) => (cause instanceof Error ? cause.name : ''));
  if (names.includes('TimeoutError')) return 'timeout';
  return names.includes('SyntaxError') ? 'unreadable' : 'broken';
}

/** The system's own word for what broke ("ECONNRESET"), for people who look for the reason. */
export function reasonOf(error: RequestError): string {
  const code = causes(error)
    .map(codeOf)
    .find((word) => word !== '');
  return code ?? (silenceOf(error) === 'unreadable' ? 'the answer is not JSON' : error.message);
}

/**
 * A plugin for octokit, to be loaded before throttling and retry, which decide by status, message and headers.
 *
 * - No answer: status 0 where repeating is useless (refused, timed out), else 500, which is repeated.
 * - A 429, or a 403 with `retry-after`, is a limit, whatever words it comes with.
 * - A limit that does not say when it ends is treated as one for bursts, which waits a minute.
 * - `request.beforeSending` is awaited right before each request that has one.
 */
export function honestErrors(octokit: Pick<Octokit, 'hook'>): void {
  // Hooks that come first are the innermost: this one runs behind all waiting of the others, also when they send again.
  octokit.hook.before('request', async ({ request }) => {
    if (typeof request.beforeSending === 'function') await request.beforeSending();
  });
  octokit.hook.error('request', (error) => {
    if (!(error instanceof RequestError)) throw error;
    const silence = silenceOf(error);
    if (silence !== null) error.status = silence === 'broken' || silence === 'unreadable' ? 500 : 0;
    else if (isLimit(error)) saySo(error);
    throw error;
  });
}

/**
 * A plugin for octokit, to be loaded last: each request counts its own repetitions. The plugins count on an object that
 * all requests share, so that every failure would make all later ones wait longer.
 */
export function ownCounts(octokit: Pick<Octokit, 'hook'>): void {
  octokit.hook.before('request', (options) => {
    // An app's token is asked for within another request; repeating that one is enough.
    const within = options.url.endsWith('/access_tokens') ? { retries: 0 } : {};
    options.request = { ...options.request, ...within, retryCount: 0 };
  });
}

/** Whether a refusal is about how much we ask, not about what. */
export function isLimit(error: RequestError): boolean {
  if (error.status === 429) return true;
  if (error.status !== 403) return false;
  const headers = error.response?.headers;
  return (
    headers?.['retry-after'] !== undefined ||
    headers?.['x-ratelimit-remaining'] === '0' ||
    /\brate limit\b|\bsecondary rate\b/i.test(error.message)
  );
}

function saySo(error: RequestError): void {
  const headers = error.response?.headers ?? {};
  const hourly = headers['x-ratelimit-remaining'] === '0' && Number(headers['x-ratelimit-reset']) > 0;
  if (headers['retry-after'] === '0') headers['retry-after'] = '1';
  if (!hourly) headers['x-ratelimit-remaining'] = '';
  if (!hourly && !/\bsecondary rate\b/i.test(error.message)) error.message += ' (secondary rate limit)';
}

/** When a limit ends: by `retry-after`, by the hourly reset, else in a minute. */
export function limitEnds(error: RequestError, now: number): Date {
  const headers = error.response?.headers ?? {};
  const after = Number(headers['retry-after']);
  if (after > 0) return new Date(now + after * 1000);
  const reset = Number(headers['x-ratelimit-reset']);
  return new Date(headers['x-ratelimit-remaining'] === '0' && reset > 0 ? (reset + 1) * 1000 : now + 60_000);
}

function causes(error: unknown): unknown[] {
  const found: unknown[] = [];
  for (let at = error; at instanceof Error && found.length < 10; at = at.cause) {
    found.push(at);
    if (at instanceof AggregateError) found.push(...at.errors);
  }
  return found;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
