import type Database from 'libsql';
import type { ItemKey } from '../items/item.ts';
import { CLOCKS_DIFFER_MS, type Claim, type Entry, type Event, type Ledger } from './ledger.ts';
import { type Checked, COLUMNS, claimCells, type Row, readEvent, readRow, toRow } from './row.ts';
import { type Connection, connect, disconnect, explain } from './sqlite-open.ts';

/** Told of what was found damaged and left out. */
export type Warn = (sentence: string) => void;

export interface SqliteOptions {
  readonly warn?: Warn;
  /** How long another process may hold the file before we give up. */
  readonly busyMs?: number;
  /** This machine's clock, or a test's. */
  readonly clock?: () => Date;
}

type Statement = Database.Statement<unknown[]>;

const LIST = COLUMNS.join(', ');
const MARKS = COLUMNS.map(() => '?').join(', ');
const SETS = COLUMNS.map((column) => `${column} = excluded.${column}`).join(', ');
const UPSERT = `INSERT INTO entries (${LIST}) VALUES (${MARKS}) ON CONFLICT (key) DO UPDATE SET ${SETS}`;
/** One statement, so that exactly one of many processes changes the row. */
const CLAIM = `${UPSERT} WHERE entries.issue_id IS NULL AND (entries.claim_run IS NULL
  OR (entries.claim_run = ? AND entries.claim_at = ? AND entries.claim_uncertain = ?))`;

/**
 * Opens the ledger in an SQLite file (`:memory:` for one that nobody keeps); the file and its folder are made when missing.
 * Damaged rows are told to `warn` and left out.
 */
export async function openSqliteLedger(file: string, options: SqliteOptions = {}): Promise<Ledger> {
  const warn = options.warn ?? ((sentence: string) => process.emitWarning(sentence));
  const db = await connect(file, options.busyMs);
  try {
    redate(db, options.clock?.() ?? new Date());
  } catch (error) {
    db.close();
    throw explain(file, error);
  }
  return new SqliteLedger(db, file, warn);
}

/** Claims of a clock that was ahead, as after a time that was set wrongly, would last until that time comes. */
function redate(db: Connection, now: Date): void {
  const bound = new Date(now.getTime() + CLOCKS_DIFFER_MS).toISOString();
  const ahead = db.prepare('SELECT 1 FROM entries WHERE claim_at > ? LIMIT 1').all(bound);
  if (ahead.length > 0) db.prepare('UPDATE entries SET claim_at = ? WHERE claim_at > ?').run(now.toISOString(), bound);
}

class SqliteLedger implements Ledger {
  readonly place: string;
  readonly #db: Connection;
  readonly #warn: Warn;
  readonly #statements = new Map<string, Statement>();
  #open = true;

  constructor(db: Connection, place: string, warn: Warn) {
    this.#db = db;
    this.place = place;
    this.#warn = warn;
  }

  /** A file has no clock but that of the machine which it lies on. */
  async now(): Promise<Date | null> {
    return null;
  }

  async get(key: ItemKey): Promise<Entry | null> {
    return this.#readable(this.#all(`SELECT ${LIST} FROM entries WHERE key = ?`, key).map(rowOf))[0] ?? null;
  }

  async entries(target?: string): Promise<readonly Entry[]> {
    const rows =
      target === undefined
        ? this.#all(`SELECT ${LIST} FROM entries ORDER BY key`)
        : this.#all(`SELECT ${LIST} FROM entries WHERE target = ? ORDER BY key`, target);
    return this.#readable(rows.map(rowOf));
  }

  async claim(entry: Entry & { readonly claim: Claim }, instead: Claim | null, event?: Event): Promise<boolean> {
    const orphan = claimCells(instead);
    const values = valuesOf(toRow(entry, entry.claim));
    return this.#told(event, () => {
      return this.#run(CLAIM, ...values, orphan.claim_run, orphan.claim_at, orphan.claim_uncertain) === 1;
    });
  }

  async doubt(key: ItemKey, run: string): Promise<void> {
    this.#run(`UPDATE entries SET claim_uncertain = '1' WHERE key = ? AND claim_run = ?`, key, run);
  }

  async release(key: ItemKey, run: string): Promise<void> {
    const set = 'claim_run = NULL, claim_at = NULL, claim_uncertain = NULL';
    this.#run(`UPDATE entries SET ${set} WHERE key = ? AND claim_run = ?`, key, run);
  }

  async record(entry: Entry, event?: Event): Promise<void> {
    this.#told(event, () => this.#run(UPSERT, ...valuesOf(toRow(entry, null))) === 1);
  }

  async forget(key: ItemKey): Promise<void> {
    this.#run('DELETE FROM entries WHERE key = ?', key);
  }

  async cursor(target: string): Promise<string | null> {
    return textIn(this.#all('SELECT cursor AS text FROM cursors WHERE target = ?', target));
  }

  async setCursor(target: string, cursor: string | null): Promise<void> {
    if (cursor === null) this.#run('DELETE FROM cursors WHERE target = ?', target);
    else this.#run('INSERT OR REPLACE INTO cursors (target, cursor) VALUES (?, ?)', target, cursor);
  }

  async log(event: Event): Promise<void> {
    this.#tell(event);
  }

  #tell(event: Event): void {
    const { at, run, key, tracker, what, because, issue } = event;
    const sql = 'INSERT INTO events (at, run, key, tracker, what, because, issue) VALUES (?, ?, ?, ?, ?, ?, ?)';
    this.#run(sql, at, run, key, tracker, what, because, issue);
  }

  async history(key?: ItemKey): Promise<readonly Event[]> {
    const select = 'SELECT at, run, key, tracker, what, because, issue FROM events';
    const rows =
      key === undefined ? this.#all(`${select} ORDER BY id`) : this.#all(`${select} WHERE key = ? ORDER BY id`, key);
    return this.#sound(rows.map(readEvent));
  }

  async memo(name: string): Promise<string | null> {
    return textIn(this.#all('SELECT value AS text FROM memos WHERE name = ?', name));
  }

  async setMemo(name: string, value: string | null): Promise<void> {
    if (value === null) this.#run('DELETE FROM memos WHERE name = ?', name);
    else this.#run('INSERT OR REPLACE INTO memos (name, value) VALUES (?, ?)', name, value);
  }

  async check(): Promise<readonly string[]> {
    const file = this.#all('PRAGMA integrity_check(10)').map((row) => String(Object.values(row)[0]));
    const rows = this.#all(`SELECT ${LIST} FROM entries ORDER BY key`).map((row) => readRow(rowOf(row)));
    return [...file.filter((line) => line !== 'ok'), ...rows.flatMap((row) => (row.ok ? [] : [row.problem]))];
  }

  async close(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    this.#statements.clear();
    disconnect(this.#db);
  }

  /** Does a write, and tells the event in the same transaction when it was done. */
  #told(event: Event | undefined, write: () => boolean): boolean {
    if (event === undefined) return write();
    return this.#guard(() =>
      this.#db
        .transaction(() => {
          const isDone = write();
          if (isDone) this.#tell(event);
          return isDone;
        })
        .immediate(),
    );
  }

  #readable(rows: readonly Row[]): Entry[] {
    return this.#sound(rows.map(readRow));
  }

  #sound<T>(rows: readonly Checked<T>[]): T[] {
    return rows.flatMap((row) => {
      if (row.ok) return [row.value];
      this.#warn(`${this.place}: ${row.problem}; left out`);
      return [];
    });
  }

  #all(sql: string, ...values: (string | null)[]): Record<string, unknown>[] {
    return this.#guard(() => this.#prepared(sql).all(...values)) as Record<string, unknown>[];
  }

  #run(sql: string, ...values: (string | null)[]): number {
    return this.#guard(() => this.#prepared(sql).run(...values).changes);
  }

  #prepared(sql: string): Statement {
    const statement = this.#statements.get(sql) ?? this.#db.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #guard<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw explain(this.place, error);
    }
  }
}

function valuesOf(row: Row): (string | null)[] {
  return COLUMNS.map((column) => row[column]);
}

function rowOf(record: Record<string, unknown>): Row {
  const cells = COLUMNS.map((column) => [column, record[column] == null ? null : String(record[column])]);
  return Object.fromEntries(cells) as Row;
}

function textIn(rows: readonly Record<string, unknown>[]): string | null {
  const text = rows[0]?.text;
  return typeof text === 'string' ? text : null;
}
