import { problem } from './github-rules.ts';
import type { Incoming, Outgoing } from './http.ts';

/** What GitHub allows an account; nothing is refused where a figure is absent. */
export interface Allowance {
  /** Requests an hour; GitHub allows 5,000. An answer that nothing changed (304) is free. */
  readonly hourly?: number;
  /** New issues and comments a minute; GitHub allows 80. */
  readonly contentPerMinute?: number;
}

/** Counts the requests of each account. */
export interface Meter {
  /** The refusal for a request that is one too many. */
  refuse(account: string, request: Incoming): Outgoing | null;
  /** Counts an answer and gives the headers that tell about it. */
  count(account: string, answer: Outgoing): Readonly<Record<string, string>>;
}

const HOUR = 3_600_000;
const MINUTE = 60_000;
const USUAL = 5_000;

/** A meter for one sandbox, with the wall clock. */
export function createMeter(allowance: Allowance): Meter {
  const used = new Map<string, { count: number; until: number }>();
  const created = new Map<string, number[]>();
  const hour = (account: string) => {
    const known = used.get(account);
    const current = known !== undefined && known.until > Date.now() ? known : { count: 0, until: Date.now() + HOUR };
    used.set(account, current);
    return current;
  };
  const headers = (account: string) => {
    const { count, until } = hour(account);
    const limit = allowance.hourly ?? USUAL;
    return {
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(Math.max(0, limit - count)),
      'x-ratelimit-used': String(count),
      'x-ratelimit-reset': String(Math.ceil(until / 1000)),
      'x-ratelimit-resource': 'core',
    };
  };
  return {
    refuse(account, request) {
      if (hour(account).count >= (allowance.hourly ?? Number.POSITIVE_INFINITY)) {
        return withHeaders(problem(403, `API rate limit exceeded for user ${account}.`), headers(account));
      }
      if (request.method !== 'POST' || !/\/(?:issues|comments)$/.test(request.path)) return null;
      const recent = (created.get(account) ?? []).filter((at) => at > Date.now() - MINUTE);
      created.set(account, [...recent, Date.now()]);
      if (recent.length < (allowance.contentPerMinute ?? Number.POSITIVE_INFINITY)) return null;
      const refusal = problem(403, 'You have exceeded a secondary rate limit. Please wait a few minutes.');
      return withHeaders(refusal, { ...headers(account), 'retry-after': '60' });
    },
    count(account, answer) {
      if (answer.status !== 304) hour(account).count += 1;
      return headers(account);
    },
  };
}

function withHeaders(answer: Outgoing, headers: Readonly<Record<string, string>>): Outgoing {
  return { ...answer, headers: { ...answer.headers, ...headers } };
}
