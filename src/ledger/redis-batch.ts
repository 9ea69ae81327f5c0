import type { Redis } from 'ioredis';
import { messageOf } from '../errors.ts';
import { type Operation, SCRIPT } from './redis-scripts.ts';

interface Asked {
  readonly name: Operation;
  readonly key: string;
  readonly values: readonly string[];
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** How many operations go together at most: Redis does nothing else meanwhile. */
const MOST = 100;

/** Sends the operations that are asked for in one turn of the event loop together; each gets its own result or its own error. */
export class Batch {
  readonly #redis: Redis;
  readonly #base: string;
  #asked: Asked[] = [];

  constructor(redis: Redis, base: string) {
    this.#redis = redis;
    this.#base = base;
  }

  /** Asks for an operation on the entry of a key. */
  run(name: Operation, key: string, values: readonly string[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#asked.length === 0) setImmediate(() => this.#flush());
      this.#asked.push({ name, key, values, resolve, reject });
    });
  }

  #flush(): void {
    const asked = this.#asked;
    this.#asked = [];
    for (let at = 0; at < asked.length; at += MOST) void this.#send(asked.slice(at, at + MOST));
  }

  async #send(asked: readonly Asked[]): Promise<void> {
    const args = asked.flatMap(({ name, key, values }) => [name, key, String(values.length), ...values]);
    try {
      const results = await this.#evaluate(args);
      for (const [index, one] of asked.entries()) {
        const result = results[index];
        if (typeof result === 'string' && result.startsWith('!')) one.reject(errorOf(result.slice(1)));
        else one.resolve(result);
      }
    } catch (error) {
      for (const one of asked) one.reject(error);
    }
  }

  async #evaluate(args: readonly string[]): Promise<readonly unknown[]> {
    try {
      return (await this.#redis.evalsha(SCRIPT.sha, 1, this.#base, ...args)) as unknown[];
    } catch (error) {
      // Redis was restarted, or has never seen it.
      if (!messageOf(error).startsWith('NOSCRIPT')) throw error;
      return (await this.#redis.eval(SCRIPT.text, 1, this.#base, ...args)) as unknown[];
    }
  }
}

/** An error of one operation, as Redis would have answered it. */
function errorOf(message: string): Error {
  const error = new Error(message);
  error.name = 'ReplyError';
  return error;
}
