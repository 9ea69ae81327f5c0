import { randomUUID } from 'node:crypto';
import type { ItemKey } from '../items/item.ts';
import { CLOCKS_DIFFER_MS, type Claim, type Entry, type Event, type Ledger } from './ledger.ts';
import { Batch, type ValuesOf } from './redis-batch.ts';
import {
  type Connection,
  connectRedis,
  explainRedis,
  nameIn,
  placeOf,
  type RedisPatience,
  settingsTrouble,
} from './redis-open.ts';
import { type Fields, heldOf, laterOf, parseEvent, readFields, restOf } from './redis-row.ts';
import { FIELDS, type Operation } from './redis-scripts.ts';
import type { Checked } from './row.ts';

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
/** Of how many claims in hand we remember what we wrote: more than any process has. */
const MOST_CLAIMS = 10_000;

/** A claim that we won: what it wrote need not be written again. */
interface Won {
  readonly token: string;
  readonly entry: Entry;
}

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
  readonly #redis: Connection;
  readonly #base: string;
  readonly #batch: Batch;
  readonly #warn: (sentence: string) => void;
  readonly #won = new Map<ItemKey, Won>();
  #clock: { readonly ahead: number; readonly readAt: number } | null = null;
  #open = true;

  constructor(redis: Connection, place: string, name: string, warn: (sentence: string) => void) {
    this.#redis = redis;
    this.place = place;
    this.#base = `{ptg:${name}}:ledger`;
    this.#batch = new Batch(redis, this.#base, (error) => explainRedis(place, error));
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
    const fields = (await this.#script('read', key, [])) as Fields;
    return fields[0] == null ? null : (this.#told([readFields(fields)])[0] ?? null);
  }

  async entries(target?: string): Promise<readonly Entry[]> {
    const index = target === undefined ? `${this.#base}:keys` : `${this.#base}:target:${target}`;
    const keys = await this.#guard(() => this.#redis.smembers(index));
    return this.#sound(keys.sort());
  }

  async claim(entry: Entry & { readonly claim: Claim }, instead: Claim | null, event?: Event): Promise<boolean> {
    const { key, target, claim } = entry;
    const now = await this.now();
    const at = Date.parse(claim.at) > now.getTime() + CLOCKS_DIFFER_MS ? now.toISOString() : claim.at;
    const token = randomUUID();
    const values = [target, restOf(entry), claim.run, at, claim.uncertain ? '1' : '0', textOf(event)] as const;
    const isWon = (await this.#script('claim', key, [heldOf(instead), token, ...values])) === 1;
    if (isWon) this.#remember(key, { token, entry });
    return isWon;
  }

  async doubt(key: ItemKey, run: string): Promise<void> {
    await this.#script('doubt', key, [run]);
  }

  async release(key: ItemKey, run: string): Promise<void> {
    this.#won.delete(key);
    await this.#script('release', key, [run]);
  }

  async record(entry: Entry, event?: Event): Promise<void> {
    const { key, target, issue } = entry;
    const won = this.#won.get(key);
    this.#won.delete(key);
    const later = won === undefined || issue === null ? null : laterOf(entry, won.entry);
    if (won !== undefined && issue !== null && later !== null) {
      if ((await this.#script('settle', key, [won.token, issue.id, later, textOf(event)])) === 1) return;
    }
    await this.#script('record', key, [target, restOf(entry), issue?.id ?? '', textOf(event)]);
  }

  async forget(key: ItemKey): Promise<void> {
    await this.#script('forget', key, []);
  }

  cursor(target: string): Promise<string | null> {
    return this.#guard(() => this.#redis.hget(`${this.#base}:cursors`, target));
  }

  setCursor(target: string, cursor: string | null): Promise<void> {
    return this.#put('cursors', target, cursor);
  }

  async log(event: Event): Promise<void> {
    await this.#script('log', event.key ?? '', [textOf(event)]);
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

  #remember(key: ItemKey, won: Won): void {
    if (this.#won.size >= MOST_CLAIMS) this.#won.clear();
    this.#won.set(key, won);
  }

  #script<O extends Operation>(name: O, key: string, values: ValuesOf<O>): Promise<unknown> {
    return this.#batch.run(name, key, values);
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

function textOf(event: Event | undefined): string {
  return event === undefined ? '' : JSON.stringify(event);
}
