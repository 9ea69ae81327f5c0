import type { Allowance } from '../tracker.ts';

/** Remembers what GitHub's answers tell of how many requests it still takes. */
export class Meter {
  #last: Allowance | null = null;

  /** Hears the headers of an answer; those that tell nothing, or of another limit than that of all requests, are passed over. */
  hear(headers: Headers): void {
    const [left, limit, reset] = ['remaining', 'limit', 'reset'].map((name) => countIn(headers, `x-ratelimit-${name}`));
    if (left == null || limit == null || reset == null) return;
    if ((headers.get('x-ratelimit-resource') ?? 'core') !== 'core') return;
    this.#last = { left, limit, until: new Date(reset * 1000), at: new Date() };
  }

  last(): Allowance | null {
    return this.#last;
  }
}

function countIn(headers: Headers, name: string): number | null {
  const text = headers.get(name) ?? '';
  return /^\d{1,12}$/.test(text) ? Number(text) : null;
}
