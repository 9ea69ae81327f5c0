import { createHash } from 'node:crypto';
import type { Incoming } from './http.ts';

/**
 * One thing that goes wrong. `before` and `after` tell whether the tracker behind got the request and did it.
 *
 * - `drop`: the connection ends without an answer. `answer`: another answer than the tracker's (500, 502, 410, a limit).
 * - `truncate`: half of the answer. `garbage`: an answer of the right status that is no JSON.
 * - `slow`: the answer comes only after `ms`. `stale`: an older answer of the same address, or `instead` when there is none.
 * - `redirect`: `from` in the path becomes `to`; not forwarded. `without`: these fields of the JSON body are lost on the way.
 */
export type Fault =
  | { readonly do: 'drop'; readonly when: When }
  | {
      readonly do: 'answer';
      readonly when: When;
      readonly status: number;
      readonly body?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | { readonly do: 'truncate' | 'garbage' }
  | { readonly do: 'slow'; readonly ms: number }
  | { readonly do: 'stale'; readonly instead?: string }
  | { readonly do: 'redirect'; readonly status: 301 | 302 | 307 | 308; readonly from: string; readonly to: string }
  | { readonly do: 'without'; readonly fields: readonly string[] };

type When = 'before' | 'after';

/** Which requests: by method and by a part of the path (with query). */
export interface Match {
  readonly method?: string;
  readonly path?: string | RegExp;
}

/** A fault for some requests: the `nth` one that matches (1 is the first) and `times` from there; all when neither is given. */
export interface Rule extends Match {
  readonly nth?: number;
  readonly times?: number;
  readonly fault: Fault;
}

/** Faults by chance. The same seed breaks the same requests, whatever the order in which they come. */
export interface Chance {
  readonly seed: number;
  /** 0 to 1. */
  readonly rate: number;
  readonly faults: readonly Fault[];
  /** Only these requests. */
  readonly only?: Match;
}

/** Whether a request is one of those that are meant. */
export function matches(match: Match, request: Pick<Incoming, 'method' | 'path'>): boolean {
  if (match.method !== undefined && match.method !== request.method) return false;
  const { path = '' } = match;
  return typeof path === 'string' ? request.path.includes(path) : path.test(request.path);
}

/** The fault that chance has for a request, decided by the seed, the request and how often it came. */
export function chosen(chance: Chance, request: Incoming, times: number): Fault | null {
  if (!matches(chance.only ?? {}, request)) return null;
  const hash = createHash('sha256').update(`${chance.seed} ${request.method} ${request.path} ${times}`).digest();
  if (hash.readUInt32BE(0) / 2 ** 32 >= chance.rate) return null;
  return chance.faults[hash.readUInt32BE(4) % chance.faults.length] ?? null;
}

/** A rate limit in GitHub's words: the hourly one with its reset, or the one for bursts; `retryAfter` in seconds. */
export function limit(options: {
  readonly status: 403 | 429;
  readonly kind: 'primary' | 'secondary';
  readonly retryAfter?: number;
  readonly reset?: Date;
}): Fault {
  const primary = options.kind === 'primary';
  const message = primary ? 'API rate limit exceeded for user' : 'You have exceeded a secondary rate limit';
  const headers = {
    ...(options.retryAfter === undefined ? {} : { 'retry-after': String(options.retryAfter) }),
    ...(primary ? { 'x-ratelimit-remaining': '0' } : {}),
    ...(options.reset === undefined ? {} : { 'x-ratelimit-reset': String(Math.ceil(options.reset.getTime() / 1000)) }),
  };
  return { do: 'answer', when: 'before', status: options.status, body: JSON.stringify({ message }), headers };
}
