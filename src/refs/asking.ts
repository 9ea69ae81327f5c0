import { messageOf } from '../errors.ts';

/** An answer to a GET, its body as text. */
export interface GetAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Gets an address, or sends it a query; rejects when there is no answer. */
export type Get = (url: string, headers: Readonly<Record<string, string>>, query?: string) => Promise<GetAnswer>;

/** A service cannot be asked any more in this run: it does not answer, or asks us to stop. The message is a sentence. */
export class NotNow extends Error {
  override readonly name = 'NotNow';
}

export interface AskLimits {
  /** Between two requests to one host, in ms. */
  readonly gapMs: number;
  /** So many requests to one host a run; what is left over is asked next time. */
  readonly perHost: number;
}

export interface AskClock {
  now(): Date;
  sleep(ms: number): Promise<void>;
}

/** Over the network, following redirects; every address here is public, and no cookie is kept. */
export function networkGet(timeoutMs: number): Get {
  return async (url, headers, query) => {
    const send = query === undefined ? {} : { method: 'POST', body: query };
    const answer = await fetch(url, { headers, ...send, signal: AbortSignal.timeout(timeoutMs) });
    return { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() };
  };
}

/**
 * Asks one host, one request at a time. Once it does not answer twice in a row, asks us to slow down or has been asked
 * often enough, every further question is `NotNow` at once, so that a dead host costs a run two timeouts and no more.
 */
export class Asking {
  readonly #get: Get;
  readonly #limits: AskLimits;
  readonly #clock: AskClock;
  readonly #host: string;
  #asked = 0;
  #failed = 0;
  #last = Number.NEGATIVE_INFINITY;
  #over: string | null = null;

  constructor(host: string, get: Get, limits: AskLimits, clock: AskClock) {
    this.#host = host;
    this.#get = get;
    this.#limits = limits;
    this.#clock = clock;
  }

  /** The answer, whatever its status but a failure of the server. Throws `NotNow`. */
  async ask(url: string, headers: Readonly<Record<string, string>>, query?: string): Promise<GetAnswer> {
    if (this.#over !== null) throw new NotNow(this.#over);
    if (this.#asked >= this.#limits.perHost) throw new NotNow(`${this.#host} was asked often enough for one run`);
    await this.#pause();
    this.#asked += 1;
    let answer: GetAnswer;
    try {
      answer = await this.#get(url, headers, query);
    } catch (error) {
      throw this.#failure(`${this.#host} could not be reached: ${reasonOf(error)}`);
    }
    if (answer.status === 429 || (answer.status === 403 && answer.headers['x-ratelimit-remaining'] === '0')) {
      this.#over = `${this.#host} asks to come again later (its rate limit is used up)`;
      throw new NotNow(this.#over);
    }
    if (answer.status >= 500) throw this.#failure(`${this.#host} answered with an error (${answer.status})`);
    this.#failed = 0;
    return answer;
  }

  async #pause(): Promise<void> {
    const due = this.#last + this.#limits.gapMs - this.#clock.now().getTime();
    if (due > 0) await this.#clock.sleep(due);
    this.#last = this.#clock.now().getTime();
  }

  #failure(sentence: string): NotNow {
    this.#failed += 1;
    if (this.#failed >= 2) this.#over = sentence;
    return new NotNow(sentence);
  }
}

/** `fetch` hides the reason in its cause. */
function reasonOf(error: unknown): string {
  return messageOf(error instanceof Error && error.cause instanceof Error ? error.cause : error);
}

/** The JSON in a body; undefined when it is none. Gerrit puts `)]}'` before it. */
export function readJson(body: string): unknown {
  try {
    return JSON.parse(body.replace(/^\)\]\}'\s*/, ''));
  } catch {
    return undefined;
  }
}
