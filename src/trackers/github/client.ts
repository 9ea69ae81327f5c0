import { createHash } from 'node:crypto';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { Octokit } from '@octokit/rest';
import Bottleneck from 'bottleneck';
import type { GitHubTrackerConfig, Limits } from '../../../config/schema.ts';
import type { Meter } from './allowance.ts';
import { identityOf } from './credentials.ts';
import { honestErrors, ownCounts } from './errors.ts';

export interface GitHubOptions {
  /** The name in the configuration. */
  readonly name: string;
  readonly config: GitHubTrackerConfig;
  /** A token, or the credential of an app; see `identityOf`. */
  readonly token: string;
  readonly limits: Limits;
  readonly userAgent: string;
  /** Told whenever a rate limit makes us wait. */
  readonly onWait?: ((until: Date, why: string) => void) | undefined;
}

/** How much longer this run may wait for rate limits. */
export interface Patience {
  left: number;
}

export type Api = Octokit;

/** Statuses that repeating does not change; 429 belongs to the throttling plugin, or the two would multiply. */
const DO_NOT_RETRY = [400, 401, 403, 404, 410, 422, 429, 451];
const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const Client = Octokit.plugin(honestErrors, throttling, retry, ownCounts);

/** A client that spaces its writes, waits for rate limits as long as it may, and repeats nothing but reads. */
export function createClient(options: GitHubOptions, patience: Patience, meter: Meter): Api {
  const wait = (why: string) => (seconds: number) => {
    const ms = seconds * 1000;
    if (ms > patience.left) return false;
    patience.left -= ms;
    options.onWait?.(new Date(Date.now() + ms), why);
    return true;
  };
  return new Client({
    ...identityOf(options.token),
    baseUrl: options.config.baseUrl.replace(/(?<!\/)\/+$/, ''),
    userAgent: options.userAgent,
    log: quiet,
    request: { fetch: boundedFetch(options.limits.timeout, meter) },
    retry: { doNotRetry: DO_NOT_RETRY, retries: 2, retryAfterBaseValue: 500 },
    throttle: {
      ...spacing(options),
      onRateLimit: wait("GitHub's hourly limit"),
      onSecondaryRateLimit: wait("GitHub's limit for bursts"),
    },
  });
}

/** One spacing for all trackers that share a token in this process, because GitHub counts by account. */
const spacings = new Map<string, { write: Bottleneck.Group; notifications: Bottleneck.Group }>();

function spacing({ config, token, limits }: GitHubOptions) {
  const account = createHash('sha256').update(`${config.baseUrl} ${token}`).digest('hex');
  const id = `${account} ${limits.createsPerMinute}`;
  const between = 60_000 / limits.createsPerMinute;
  const known = spacings.get(id) ?? {
    write: new Bottleneck.Group({ maxConcurrent: 1, minTime: Math.min(1000, between) }),
    notifications: new Bottleneck.Group({ maxConcurrent: 1, minTime: between }),
  };
  spacings.set(id, known);
  return known;
}

/**
 * A fetch that reads the whole answer within the time limit, so that a broken one is an error here and not an empty
 * text later. Writes follow no redirect: a 301 would turn a POST into a GET, and where a repository moved is asked for.
 */
function boundedFetch(timeout: number, meter: Meter): typeof fetch {
  return async (input, init) => {
    const reading = init?.method === 'GET';
    const answer = await fetch(input, {
      ...init,
      redirect: reading ? 'follow' : 'manual',
      signal: AbortSignal.timeout(timeout),
    });
    meter.hear(answer.headers);
    const text = await answer.text();
    if (reading && answer.ok) JSON.parse(text || 'null');
    const empty = answer.status === 204 || answer.status === 205 || answer.status === 304;
    return new Response(empty ? null : text, { status: answer.status, headers: answer.headers });
  };
}
