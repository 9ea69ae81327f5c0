import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { messageOf } from '../errors.ts';
import type { ItemKey } from '../items/item.ts';
import type { Claim, Entry, Event, Ledger } from './ledger.ts';
import { connectRedis, explainRedis, nameIn, placeOf, type RedisPatience, settingsTrouble } from './redis-open.ts';
import { type Script, scriptOf } from './redis-scripts.ts';
import { type Checked, COLUMNS, claimCells, type Row, readEvent, readRow, toRow } from './row.ts';

export interface RedisLedgerOptions extends RedisPatience {
  /** Several ledgers may share one Redis; each has a name. Default: the one behind the # of the address. */
  readonly name?: string;
  /** Told of what was found damaged and left out, and of settings that could lose work. */
  readonly warn?: (sentence: string) => void;
}

/** How many entries are asked for at once. */
const BATCH = 500;

/** Opens the ledger that many machines share in one Redis or Valkey. Damaged rows are told to `warn` and left out. */
export async function openRedisLedger(url: string, options: RedisLedgerOptions = {}): Promise<Ledger> {
  const warn = options.warn ?? ((sentence: string) => process.emitWarning(sentence));
  const redis = await connectRedis(url, { ...options, batch: true });
  const ledger = new RedisLedger(redis, placeOf(url), options.name ?? nameIn(url), warn);
  const eviction = (await settingsTrouble(redis)).filter((sentence) => sentence.startsWith('maxmemory-policy'));
  for (const sentence of eviction) warn(`Redis at ${ledger.place}: ${sentence}`);
  return ledger;
}

class RedisLedger implements Ledger {
  readonly place: string;
  readonly #redis: Redis;
  readonly #base: string;
  readonly #warn: (sentence: string) => void;
  #open = true;

  constructor(redis: Redis, place: string, name: string, warn: (sentence: string) => void) {
    this.#redis = redis;
    this.place = place;
    this.#base = `{ptg:${name}}:ledger`;
    this.#warn = warn;
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
    const fields = fieldsOf(toRow(entry, entry.claim));
    return (await this.#script('claim', entry.key, ...held, randomUUID(), ...fields)) === 1;
  }

  async doubt(key: ItemKey, run: string): Promise<void> {
    await this.#script('doubt', key, run);
  }

  async release(key: ItemKey, run: string): Promise<void> {
    await this.#script('release', key, run);
  }

  async record(entry: Entry): Promise<void> {
    await this.#script('record', entry.key, ...fieldsOf(toRow(entry, null)));
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
    const damaged = rows.map(readRow).flatMap((row) => (row.ok ? [] : [row.problem]));
    return [...(await this.#guard(() => settingsTrouble(this.#redis))), ...damaged];
  }

  async close(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    if (this.#redis.status === 'ready') await this.#redis.quit().catch(() => {});
    this.#redis.disconnect();
  }

  async #sound(keys: readonly string[]): Promise<Entry[]> {
    return this.#told((await this.#rows(keys)).map(readRow));
  }

  #told<T>(rows: readonly Checked<T>[]): T[] {
    return rows.flatMap((row) => {
      if (row.ok) return [row.value];
      this.#warn(`${this.place}: ${row.problem}; left out`);
      return [];
    });
  }

  async #rows(keys: readonly string[]): Promise<Row[]> {
    const rows: Row[] = [];
    for (let at = 0; at < keys.length; at += BATCH) {
      const asked = keys.slice(at, at + BATCH).map((key) => this.#redis.hmget(this.#entry(key), ...FIELDS));
      for (const values of await this.#guard(() => Promise.all(asked))) if (values[0] != null) rows.push(rowOf(values));
    }
    return rows;
  }

  async #put(hash: string, name: string, value: string | null): Promise<void> {
    const key = `${this.#base}:${hash}`;
    await this.#guard(() => (value === null ? this.#redis.hdel(key, name) : this.#redis.hset(key, name, value)));
  }

  #script(name: Script, key: string, ...values: string[]): Promise<unknown> {
    const { text, sha } = scriptOf(name);
    const args = [this.#entry(key), this.#base, key, ...values];
    return this.#guard(async () => {
      try {
        return await this.#redis.evalsha(sha, 2, ...args);
      } catch (error) {
        // Redis was restarted, or has never seen it.
        if (!messageOf(error).startsWith('NOSCRIPT')) throw error;
        return this.#redis.eval(text, 2, ...args);
      }
    });
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

/** What scripts and lists need by itself; everything else is one text, which costs Redis and us less than many. */
const APART = ['key', 'target', 'claim_run', 'claim_at', 'claim_uncertain', 'issue_id'] as const;
const TOGETHER = COLUMNS.filter((column) => !(APART as readonly string[]).includes(column));
const FIELDS = [...APART, 'rest'] as const;

function fieldsOf(row: Row): string[] {
  const fields: string[] = ['rest', JSON.stringify(TOGETHER.map((column) => row[column]))];
  for (const column of APART) {
    const value = row[column];
    if (value !== null) fields.push(column, value);
  }
  return fields;
}

function rowOf(values: readonly (string | null)[]): Row {
  const rest = restOf(values[APART.length] ?? '');
  const apart = APART.map((column, index) => [column, values[index] ?? null]);
  const together = TOGETHER.map((column, index) => [column, rest[index] ?? null]);
  return Object.fromEntries([...apart, ...together]) as Row;
}

/** Nothing where it is damaged: the row then tells that it cannot be read. */
function restOf(text: string): readonly (string | null)[] {
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
