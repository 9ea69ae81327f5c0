import { messageOf } from '../errors.ts';
import type { Connection } from './redis-open.ts';
import { type OPERATIONS, type Operation, SCRIPT } from './redis-scripts.ts';

/** As many values as an operation takes. */
export type ValuesOf<O extends Operation> = Texts<(typeof OPERATIONS)[O]>;
type Texts<N extends number, Taken extends readonly string[] = []> = Taken['length'] extends N
  ? Taken
  : Texts<N, readonly [...Taken, string]>;

interface Asked {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * How many operations go together at most. More would cost less in all, but Redis would begin later: it works on
 * one part while the next one is put together.
 */
const MOST = 16;

/** Sends the operations that are asked for in one turn of the event loop together; each gets its own result or its own error. */
export class Batch {
  readonly #redis: Connection;
  readonly #base: string;
  readonly #explain: (error: unknown) => unknown;
  #asked: Asked[] = [];
  #args: string[] = [];

  /** `explain` turns what Redis says into what is thrown. */
  constructor(redis: Connection, base: string, explain: (error: unknown) => unknown) {
    this.#redis = redis;
    this.#base = base;
    this.#explain = explain;
  }

  /** Asks for an operation on the entry of a key. */
  run<O extends Operation>(name: O, key: string, values: ValuesOf<O> & readonly string[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#asked.length === 0) setImmediate(() => this.#flush());
      this.#asked.push({ resolve, reject });
      this.#args.push(name, key, ...values);
      if (this.#asked.length === MOST) this.#flush();
    });
  }

  #flush(): void {
    if (this.#asked.length === 0) return;
    const asked = this.#asked;
    const args = this.#args;
    this.#asked = [];
    this.#args = [];
    void this.#send(asked, args);
  }

  async #send(asked: readonly Asked[], args: readonly string[]): Promise<void> {
    try {
      const results = await this.#evaluate(args);
      for (const [index, one] of asked.entries()) {
        const result = results[index];
        if (typeof result === 'string' && result.startsWith('!')) one.reject(this.#explain(errorOf(result.slice(1))));
        else one.resolve(result);
      }
    } catch (error) {
      for (const one of asked) one.reject(this.#explain(error));
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
