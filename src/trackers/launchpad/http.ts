import { messageOf, TrackerError } from '../../errors.ts';
import { type Answer, comeAgain, refusal } from './answer.ts';
import type { LaunchpadCredentials } from './oauth.ts';
import { type Clock, Pace } from './pace.ts';
import { NoAnswer, openTransport, type Query, type Request } from './transport.ts';

export interface HttpOptions {
  readonly name: string;
  readonly baseUrl: string;
  readonly credentials: LaunchpadCredentials | null;
  readonly userAgent: string;
  readonly limits: { readonly createsPerMinute: number; readonly timeout: number; readonly maxWait: number };
  readonly onWait: ((until: Date, why: string) => void) | null;
  readonly clock: Clock;
}

/** Pauses before a read is tried again. */
const PAUSES = [500, 1500] as const;
/** What a read gets from a server in passing trouble; worth another try. */
const PASSING = [500, 502, 503, 504];
const REDIRECTS = [301, 302, 303, 307, 308];

/** Requests to Launchpad, one at a time and paced. Reads are repeated when they fail in passing; writes are sent once. */
export class LaunchpadHttp {
  /** The versioned root, without a slash at its end. */
  readonly root: string;
  readonly #options: HttpOptions;
  readonly #pace: Pace;
  readonly #send: (request: Request) => Promise<Answer>;

  constructor(options: HttpOptions) {
    this.root = `${options.baseUrl.replace(/(?<!\/)\/+$/, '')}/devel`;
    this.#options = options;
    this.#pace = new Pace(options.limits.createsPerMinute, options.clock);
    this.#send = openTransport({ ...options, timeout: options.limits.timeout });
  }

  /** The address of a path below the root; a link of Launchpad's is brought to our host, so that no other sees the secret. */
  address(pathOrLink: string): string {
    if (pathOrLink.startsWith('/')) return this.root + pathOrLink;
    const link = new URL(pathOrLink);
    return this.root + link.pathname.replace(/^\/(?:devel|beta|1\.0)(?=\/|$)/, '') + link.search;
  }

  /** The answer to a read, after passing failures and redirects; it may still be a refusal. Throws `unreachable`, `busy`. */
  async read(what: string, pathOrLink: string, query: Query = {}): Promise<Answer> {
    let request: Request = { method: 'GET', url: this.address(pathOrLink), params: query };
    for (let hops = 0; ; hops += 1) {
      const answer = await this.#readPatiently(what, request);
      const { location } = answer.headers;
      if (!REDIRECTS.includes(answer.status) || location === undefined || hops === 3) return answer;
      request = { method: 'GET', url: this.#follow(what, request.url, location) };
    }
  }

  /** Reads without following a redirect, so that where it points to can be told. */
  async peek(what: string, path: string): Promise<Answer> {
    return this.#readPatiently(what, { method: 'GET', url: this.address(path) });
  }

  /** Sends a named operation's form, once; `mayI` is awaited right before, and what it throws is thrown. Throws `NoAnswer`. */
  async post(
    pathOrLink: string,
    form: Readonly<Record<string, string>>,
    kind: 'create' | 'write',
    mayI?: () => Promise<void>,
  ): Promise<Answer> {
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const data = new URLSearchParams(form).toString();
    return this.#pace.run(kind, async () => {
      await mayI?.();
      return this.#send({ method: 'POST', url: this.address(pathOrLink), data, headers });
    });
  }

  /**
   * Changes fields of an entry, once, if it is still the one with this etag. Throws `NoAnswer`. The content type is
   * exactly this: Launchpad hashes it into the etag, and a charset would make every write a 412.
   */
  async patch(pathOrLink: string, etag: string, fields: Readonly<Record<string, unknown>>): Promise<Answer> {
    const headers = { 'Content-Type': 'application/json', 'If-Match': etag };
    const data = JSON.stringify(fields);
    return this.#pace.run('write', () => this.#send({ method: 'PATCH', url: this.address(pathOrLink), data, headers }));
  }

  async #readPatiently(what: string, request: Request): Promise<Answer> {
    let waited = 0;
    for (let attempt = 0; ; ) {
      const answer = await this.#readOnce(what, request, attempt < PAUSES.length);
      if (answer?.status === 429) {
        waited += await this.waitFor(what, answer, waited);
        continue;
      }
      const pause = PAUSES[attempt];
      if (answer !== null && (pause === undefined || !PASSING.includes(answer.status))) return answer;
      await this.#options.clock.sleep(pause ?? 0);
      attempt += 1;
    }
  }

  /** Null means: no answer came, and another try is allowed. */
  async #readOnce(what: string, request: Request, again: boolean): Promise<Answer | null> {
    try {
      return await this.#pace.run('read', () => this.#send(request));
    } catch (error) {
      if (again && error instanceof NoAnswer && error.mayHaveArrived) return null;
      throw this.unreachable(what, error);
    }
  }

  /** The failure to get any answer, as one sentence. */
  unreachable(what: string, error: unknown): TrackerError {
    return new TrackerError(
      this.#options.name,
      { kind: 'unreachable' },
      `Launchpad could not be reached at ${new URL(this.root).host} for ${what}: ${messageOf(error)}`,
      { cause: error, hint: 'Check baseUrl and the network, then run it again' },
    );
  }

  /** Waits as Launchpad asks, at most as long as a run may; gives how long that was. Throws `busy`. */
  async waitFor(what: string, answer: Answer, waited: number): Promise<number> {
    const { clock, limits, onWait, name } = this.#options;
    const now = clock.now();
    const until = comeAgain(answer, now);
    const wait = Math.max(until.getTime() - now.getTime(), 1000);
    if (waited + wait > limits.maxWait) throw refusal(name, what, answer, now);
    onWait?.(until, "waiting for Launchpad's limit");
    await clock.sleep(wait);
    return wait;
  }

  /** Redirects stay on our host, whatever host they name; one that leads nowhere then is another service's. */
  #follow(what: string, from: string, location: string): string {
    const next = this.address(new URL(location, from).href);
    if (next !== from.replace(/\?.*$/s, '')) return next;
    throw new TrackerError(
      this.#options.name,
      { kind: 'broken' },
      `Launchpad sends ${what} on to another host, ${new URL(location, from).origin}, where the credentials are not sent`,
      { hint: 'Write the API root as baseUrl, such as https://api.launchpad.net' },
    );
  }
}
