import { z } from 'zod';
import type { Outcome } from '../src/apply/outcome.ts';
import { LedgerError } from '../src/errors.ts';
import type { Item } from '../src/items/item.ts';
import type { Connection } from '../src/ledger/redis-open.ts';
import type { Change } from '../src/plan/plan.ts';
import type { Report } from '../src/report/report.ts';
import { contentId } from './payloads.ts';
import { Texts } from './texts.ts';

/** What a run was asked for. */
export const RunRequest = z.strictObject({
  kind: z.enum(['sync', 'status']),
  /** Empty: those of the configuration. */
  notes: z.array(z.string()),
  only: z.array(z.string()).nullable(),
  maxCreates: z.number().int().nullable(),
  full: z.boolean(),
  /** Who gets the report: mail addresses, or files. */
  to: z.array(z.string()),
});
export type RunRequest = z.infer<typeof RunRequest>;

/** What reading the notes gave. */
export interface StoredFinding {
  readonly items: readonly Item[];
  /** The sources that were read. */
  readonly read: readonly string[];
  readonly failures: readonly string[];
}

/** What planning decided: outcomes that needed no write, and the jobs of the others. */
export interface StoredPlan {
  readonly outcomes: readonly Outcome[];
  readonly jobs: readonly Pick<Outcome, 'key' | 'title' | 'tracker'>[];
  /** Trackers that could not be used, a sentence each. */
  readonly errors: readonly string[];
}

/** What a run came to: `sync` has outcomes, `status` has a report. */
export interface RunResult {
  readonly outcomes: readonly Outcome[];
  readonly report: Report | null;
  readonly failures: readonly string[];
  readonly errors: readonly string[];
}

interface Parts {
  readonly request: RunRequest;
  readonly found: StoredFinding;
  readonly planned: StoredPlan;
  readonly result: RunResult;
}

/** How long what a run left behind is kept. */
const KEEP_SECONDS = 14 * 24 * 3600;

/** What jobs work on, under the ids that their payloads carry. It holds texts of notes, never secrets. */
export class Store {
  readonly #redis: Connection;
  readonly #texts: Texts;
  readonly #base: string;

  constructor(redis: Connection, prefix: string) {
    this.#redis = redis;
    this.#texts = new Texts(redis);
    this.#base = `${prefix}:store`;
  }

  /** Keeps a part of a run. */
  async put<K extends keyof Parts>(run: string, part: K, value: Parts[K]): Promise<void> {
    await this.#redis.set(`${this.#base}:${run}:${part}`, JSON.stringify(value), 'EX', KEEP_SECONDS);
  }

  /** A part of a run; null when it is not there (yet). */
  async find<K extends keyof Parts>(run: string, part: K): Promise<Parts[K] | null> {
    const text = await this.#redis.get(`${this.#base}:${run}:${part}`);
    return text === null ? null : (JSON.parse(text) as Parts[K]);
  }

  /** A part of a run that has to be there. */
  async get<K extends keyof Parts>(run: string, part: K): Promise<Parts[K]> {
    const value = await this.find(run, part);
    if (value === null) throw forgotten(run);
    return value;
  }

  /** What a run was asked for. */
  async request(run: string): Promise<RunRequest> {
    return RunRequest.parse(await this.get(run, 'request'));
  }

  /** Keeps changes and gives their ids. */
  async putChanges(changes: readonly Change[]): Promise<string[]> {
    const texts = changes.map((change) => JSON.stringify(change));
    const ids = texts.map(contentId);
    const writes = texts.map((text, index) => this.#redis.set(this.#content(ids[index]), text, 'EX', KEEP_SECONDS));
    await Promise.all(writes);
    return ids;
  }

  /** A change by its id. */
  async change(id: string, run: string): Promise<Change> {
    const text = await this.#texts.get(this.#content(id));
    if (text === null) throw forgotten(run);
    return JSON.parse(text) as Change;
  }

  /** Keeps the outcome of an item that failed: its job has no result. */
  async putFailed(run: string, outcome: Outcome): Promise<void> {
    const name = `${this.#base}:${run}:failed`;
    await this.#redis.hset(name, outcome.key, JSON.stringify(outcome));
    await this.#redis.expire(name, KEEP_SECONDS);
  }

  /** The outcomes of a run's items that failed, by key. */
  async failed(run: string): Promise<ReadonlyMap<string, Outcome>> {
    const texts = await this.#redis.hgetall(`${this.#base}:${run}:failed`);
    return new Map(Object.entries(texts).map(([key, text]) => [key, JSON.parse(text) as Outcome]));
  }

  #content(id: string | undefined): string {
    return `${this.#base}:content:${id}`;
  }
}

/** Redis lost what a run had put there. */
export function forgotten(run: string): LedgerError {
  return new LedgerError(`Redis no longer knows ${run}: it was emptied, or the run is over for long`, {
    hint: 'Run it again: nothing is filed twice.',
  });
}
