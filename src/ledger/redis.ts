import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { ItemKey } from '../items/item.ts';
import { CLOCKS_DIFFER_MS, type Claim, type Entry, type Event, type Ledger } from './ledger.ts';
import { Batch } from './redis-batch.ts';
import { connectRedis, explainRedis, nameIn, placeOf, type RedisPatience, settingsTrouble } from './redis-open.ts';
import type { Operation } from './redis-scripts.ts';
import { type Checked, claimCells, readEntry, readEvent } from './row.ts';

export interface RedisLedgerOptions extends RedisPatience {
  /** Several ledgers may share one Redis; each has a name. Default: the one behind the # of the address. */
  readonly name?: string;
  /** Told of what was found damaged and left out, and of settings that could lose work. */
  readonly warn?: (sentence: string) => void;
}

/** How long a comparison of our clock with that of Redis is good for. */
const CLOCK_MS = 60_000;
/** How many entries are asked for at once. */
const BATCH = 500;

/** Opens the ledger that many machines share in one Redis or Valkey. Damaged rows are told to `warn` and left out. */
export async function openRedisLedger(url: string, options: RedisLedgerOptions = {}): Promise<Ledger> {
  const warn = options.warn ?? ((sentence: string) => process.emitWarning(sentence));
  const redis = await connectRedis(url, options);
  const ledger = new RedisLedger(redis, placeOf(url), options.name ?? nameIn(url), warn);
  const eviction = (await settingsTrouble(redis)).filter((sentence) => sentence.startsWith('maxmemory-policy'));
  for (const sentence of eviction) warn(`Redis at ${ledger.place}: ${sentence}`);
  return ledger;
}

class RedisLedger implements Ledger {
  readonly place: string;
  readonly #redis: Redis;
  readonly #base: string;
  readonly #batch: Batch;
  readonly #warn: (sentence: string) => void;
  #clock: { readonly ahead: number; readonly readAt: number } | null = null;
  #open = true;

  constructor(redis: Redis, place: string, name: string, warn: (sentence: string) => void) {
    this.#redis = redis;
    this.place = place;
    this.#base = `{ptg:${name}}:ledger`;
    this.#batch = new Batch(redis, this.#base);
    this.#warn = warn;
  }

  /** Redis' clock, which all machines share; it is compared with ours once a minute. */
  async now(): Promise<Date> {
    const asked = Date.now();
    const clock = this.#clock;
    if (clock === null || asked < clock.readAt || asked - clock.readAt > CLOCK_MS) {
      const [seconds, micros] = await this.#guard(() => this.#redis.time());
      const theirs = Number(seconds) * 1000 + Math.floor(Number(micros) / 1000);
      this.#clock = { ahead: theirs - Date.now(), readAt: Date.now() };
    }
    return new Date(Date.now() + (this.#clock?.ahead ?? 0));
  }

  async get(key: ItemKey): Promise<Entry | null> {
    return (await this.#sound([key]))[0] ?? null;
  }

  async entries(target?: string): Promise<readonly Entry[]> {
    const index = target === undefined ? `${this.#base}:keys` : `${this.#base}:target:${target}`;
    const keys = await this.#guard(() => this.#redis.smembers(index));
    return this.#sound(keys.sort());
  }

  async claim(entry: Entry & { readonly claim: Claim }, instead: Claim | null): Promise<boolean> {
    const held = Object.values(claimCells(instead)).map((value) => value ?? '');
    const now = await this.now();
    const isAhead = Date.parse(entry.claim.at) > now.getTime() + CLOCKS_DIFFER_MS;
    const fields = fieldsOf(entry, isAhead ? { ...entry.claim, at: now.toISOString() } : entry.claim);
    return (await this.#script('claim', entry.key, ...held, randomUUID(), ...fields)) === 1;
  }

  async doubt(key: ItemKey, run: string): Promise<void> {
    await this.#script('doubt', key, run);
  }

  async release(key: ItemKey, run: string): Promise<void> {
    await this.#script('release', key, run);
  }

  async record(entry: Entry): Promise<void> {
    await this.#script('record', entry.key, ...fieldsOf(entry, null));
  }

  async forget(key: ItemKey): Promise<void> {
    await this.#script('forget', key);
  }

  cursor(target: string): Promise<string | null> {
    return this.#guard(() => this.#redis.hget(`${this.#base}:cursors`, target));
  }

  setCursor(target: string, cursor: string | null): Promise<void> {
    return this.#put('cursors', target, cursor);
  }

  async log(event: Event): Promise<void> {
    await this.#script('log', event.key ?? '', JSON.stringify(event));
  }

  async history(key?: ItemKey): Promise<readonly Event[]> {
    const list = key === undefined ? `${this.#base}:events` : `${this.#base}:events:${key}`;
    const texts = await this.#guard(() => this.#redis.lrange(list, 0, -1));
    return this.#told(texts.map(parseEvent));
  }

  memo(name: string): Promise<string | null> {
    return this.#guard(() => this.#redis.hget(`${this.#base}:memos`, name));
  }

  setMemo(name: string, value: string | null): Promise<void> {
    return this.#put('memos', name, value);
  }

  async check(): Promise<readonly string[]> {
    const keys = await this.#guard(() => this.#redis.smembers(`${this.#base}:keys`));
    const rows = await this.#rows(keys.sort());
    const damaged = rows.map(readFields).flatMap((row) => (row.ok ? [] : [row.problem]));
    return [...(await this.#guard(() => settingsTrouble(this.#redis))), ...damaged];
  }

  async close(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    if (this.#redis.status === 'ready') await this.#redis.quit().catch(() => {});
    this.#redis.disconnect();
  }

  async #sound(keys: readonly string[]): Promise<Entry[]> {
    return this.#told((await this.#rows(keys)).map(readFields));
  }

  #told<T>(rows: readonly Checked<T>[]): T[] {
    return rows.flatMap((row) => {
      if (row.ok) return [row.value];
      this.#warn(`${this.place}: ${row.problem}; left out`);
      return [];
    });
  }

  async #rows(keys: readonly string[]): Promise<Fields[]> {
    const rows: Fields[] = [];
    for (let at = 0; at < keys.length; at += BATCH) {
      const asked = keys.slice(at, at + BATCH).map((key) => this.#redis.hmget(this.#entry(key), ...FIELDS));
      for (const values of await this.#guard(() => Promise.all(asked))) if (values[0] != null) rows.push(values);
    }
    return rows;
  }

  async #put(hash: string, name: string, value: string | null): Promise<void> {
    const key = `${this.#base}:${hash}`;
    await this.#guard(() => (value === null ? this.#redis.hdel(key, name) : this.#redis.hset(key, name, value)));
  }

  #script(name: Operation, key: string, ...values: string[]): Promise<unknown> {
    return this.#guard(() => this.#batch.run(name, key, values));
  }

  #entry(key: string): string {
    return `${this.#base}:entry:${key}`;
  }

  async #guard<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw explainRedis(this.place, error);
    }
  }
}

/** What scripts need by itself; everything else is one text, which costs Redis and us less than many. */
const FIELDS = ['key', 'target', 'claim_run', 'claim_at', 'claim_uncertain', 'issue_id', 'rest'] as const;
type Fields = readonly (string | null)[];

function fieldsOf(entry: Entry, claim: Claim | null): string[] {
  const { key, target, tracker, issue, item, wrote, seen, deletedAt } = entry;
  const fields = ['key', key, 'target', target];
  fields.push('rest', JSON.stringify([tracker, issue?.url ?? null, item, wrote, seen, deletedAt]));
  if (issue !== null) fields.push('issue_id', issue.id);
  for (const [name, value] of Object.entries(claimCells(claim))) if (value !== null) fields.push(name, value);
  return fields;
}

function readFields([key, target, run, at, uncertain, issueId, rest]: Fields): Checked<Entry> {
  const [tracker, url, item, wrote, seen, deletedAt] = restOf(rest ?? '');
  const claim = run == null ? null : { run, at, uncertain: uncertain === '1' };
  const issue = issueId == null ? null : { id: issueId, url };
  return readEntry({ key, tracker, target, item, claim, issue, wrote, seen, deletedAt }, `entry ${key}`);
}

/** Nothing where it is damaged: the entry then tells that it cannot be read. */
function restOf(text: string): readonly unknown[] {
  try {
    const rest: unknown = JSON.parse(text);
    return Array.isArray(rest) ? rest : [];
  } catch {
    return [];
  }
}

function parseEvent(text: string): Checked<Event> {
  try {
    return readEvent(JSON.parse(text));
  } catch {
    return { ok: false, problem: 'event is damaged: it is not JSON' };
  }
}
