/** Real time, or a test's. */
export interface Clock {
  now(): Date;
  /** Resolves after so many milliseconds. */
  sleep(ms: number): Promise<void>;
}

export const realClock: Clock = {
  now: () => new Date(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/** One request at a time, and writes no closer together than they may be. */
export class Pace {
  readonly #clock: Clock;
  readonly #gaps: { readonly create: number; readonly write: number };
  #queue: Promise<unknown> = Promise.resolve();
  #lastWrite = Number.NEGATIVE_INFINITY;
  #lastCreate = Number.NEGATIVE_INFINITY;

  /** Launchpad asks for about one write a second; a rate above what a configuration allows means a test's server. */
  constructor(createsPerMinute: number, clock: Clock) {
    this.#clock = clock;
    const unpaced = createsPerMinute > 80;
    this.#gaps = unpaced ? { create: 0, write: 0 } : { create: Math.max(1000, 60_000 / createsPerMinute), write: 1000 };
  }

  /** Runs the request when all before it are done and its gap has passed. */
  async run<T>(kind: 'read' | 'write' | 'create', request: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(async () => {
      await this.#wait(kind);
      return request();
    });
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  async #wait(kind: 'read' | 'write' | 'create'): Promise<void> {
    if (kind === 'read') return;
    const now = this.#clock.now().getTime();
    const due = Math.max(
      this.#lastWrite + this.#gaps.write,
      kind === 'create' ? this.#lastCreate + this.#gaps.create : 0,
    );
    if (due > now) await this.#clock.sleep(due - now);
    this.#lastWrite = this.#clock.now().getTime();
    if (kind === 'create') this.#lastCreate = this.#lastWrite;
  }
}
