import type { Connection } from '../src/ledger/redis-open.ts';

interface Asked {
  readonly name: string;
  readonly resolve: (text: string | null) => void;
  readonly reject: (error: unknown) => void;
}

/** How many texts are asked for with one command at most. */
const MOST = 16;

/** Reads texts from Redis: those that are asked for in one turn of the event loop with one command. */
export class Texts {
  readonly #redis: Connection;
  #asked: Asked[] = [];

  constructor(redis: Connection) {
    this.#redis = redis;
  }

  /** The text of that name; null when there is none. */
  get(name: string): Promise<string | null> {
    return new Promise((resolve, reject) => {
      if (this.#asked.length === 0) setImmediate(() => void this.#flush());
      this.#asked.push({ name, resolve, reject });
      if (this.#asked.length === MOST) void this.#flush();
    });
  }

  async #flush(): Promise<void> {
    const asked = this.#asked;
    this.#asked = [];
    if (asked.length === 0) return;
    try {
      const texts = await this.#redis.mget(asked.map(({ name }) => name));
      for (const [index, { resolve }] of asked.entries()) resolve(texts[index] ?? null);
    } catch (error) {
      for (const { reject } of asked) reject(error);
    }
  }
}
