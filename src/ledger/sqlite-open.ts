import { access, constants, mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type Database from 'libsql';
import { LedgerError, messageOf } from '../errors.ts';
import { APPLICATION_ID, MIGRATIONS } from './migrations.ts';

/** An open SQLite database. */
export type Connection = InstanceType<typeof Database>;

/**
 * Opens a ledger's file, making its folder and its tables where they are missing. Several processes may do so at once.
 * A folder made by us keeps itself out of git.
 */
export async function connect(file: string, busyMs = 10_000): Promise<Connection> {
  if (file !== ':memory:') await makeFolder(file);
  const { default: Libsql } = await import('libsql');
  const deadline = Date.now() + busyMs;
  for (;;) {
    let db: Connection | null = null;
    try {
      db = new Libsql(file, { timeout: busyMs });
      setUp(db, file);
      return db;
    } catch (error) {
      db?.close();
      // Turning WAL on needs the file alone and does not wait for its turn.
      if (codeOf(error) !== 'SQLITE_BUSY' || Date.now() > deadline) throw explain(file, error);
      await wait(20 + Math.random() * 50);
    }
  }
}

function setUp(db: Connection, file: string): void {
  const version = numberOf(db, 'user_version');
  if (version > MIGRATIONS.length)
    throw new LedgerError(`The ledger ${file} was written by a newer version of ptg-tracker (format ${version})`, {
      hint: `This version reads formats up to ${MIGRATIONS.length}: update ptg-tracker, or name another file under "ledger".`,
    });
  if (version === 0) refuseStranger(db, file);
  if (file !== ':memory:' && textOf(db, 'journal_mode') !== 'wal') db.pragma('journal_mode = WAL');
  // A claim must be on disk before the create goes out, also when the power fails.
  db.pragma('synchronous = FULL');
  if (version < MIGRATIONS.length) migrate(db, MIGRATIONS);
}

/** Closes a connection; what the journal beside the file holds is brought into it, unless others are at work there. */
export function disconnect(db: Connection): void {
  try {
    db.pragma('busy_timeout = 0');
    db.pragma('wal_checkpoint(TRUNCATE)');
  } catch {
    // The journal stays beside the file, which is as safe.
  } finally {
    db.close();
  }
}

/** Runs the steps that are missing, all or none; safe when several processes do it at once. */
export function migrate(db: Connection, steps: readonly string[]): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    for (const step of steps.slice(numberOf(db, 'user_version'))) db.exec(step);
    db.pragma(`application_id = ${APPLICATION_ID}`);
    db.pragma(`user_version = ${steps.length}`);
    db.exec('COMMIT');
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

/** A file without a format of ours may only be an empty one. */
function refuseStranger(db: Connection, file: string): void {
  const tables = db.prepare('SELECT name FROM sqlite_master LIMIT 1').all();
  if (tables.length > 0 && numberOf(db, 'application_id') !== APPLICATION_ID)
    throw new LedgerError(`${file} is a database of another program`, {
      hint: 'Name another file under "ledger" in the configuration.',
    });
}

async function makeFolder(file: string): Promise<void> {
  const folder = dirname(file);
  try {
    const made = await mkdir(folder, { recursive: true });
    if (made !== undefined) await writeFile(join(folder, '.gitignore'), '*\n');
    await access(folder, constants.W_OK);
  } catch (error) {
    throw new LedgerError(`The ledger's folder ${folder} cannot be used: ${messageOf(error)}`, {
      hint: 'Make it writable, or name another file under "ledger" in the configuration.',
      cause: error,
    });
  }
  if ((await stat(file).catch(() => null))?.isDirectory())
    throw new LedgerError(`The ledger ${file} is a folder, not a file`, {
      hint: 'Name a file under "ledger" in the configuration, such as .ptg-tracker/ledger.db.',
    });
}

function numberOf(db: Connection, pragma: string): number {
  return Number(textOf(db, pragma));
}

function textOf(db: Connection, pragma: string): string {
  const row = db.prepare(`PRAGMA ${pragma}`).raw().get();
  return Array.isArray(row) ? String(row[0]) : '';
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

const RENAME = 'Move it away and run again: the ledger is rebuilt from the trackers, nothing is filed twice.';

/** SQLite's words, by the front of its codes, in ours. */
const TROUBLE: readonly (readonly [code: string, what: string, hint: string])[] = [
  ['SQLITE_BUSY', 'is locked by another program', 'Let the other program end, then run again.'],
  ['SQLITE_LOCKED', 'is locked by another program', 'Let the other program end, then run again.'],
  ['SQLITE_NOTADB', 'is not a ledger: it is not a database', RENAME],
  ['SQLITE_CORRUPT', 'is damaged', RENAME],
  ['SQLITE_ERROR', 'is damaged: its tables are not as they should be', RENAME],
  ['SQLITE_READONLY', 'is read-only', 'Make the file and its folder writable for you, or name another file.'],
  ['SQLITE_PERM', 'is not accessible', 'Make the file and its folder writable for you, or name another file.'],
  ['SQLITE_CANTOPEN', 'cannot be opened', 'Make the file and its folder readable and writable for you.'],
  ['SQLITE_FULL', 'cannot be written: the disk is full', 'Make room, then run again: what was done is kept.'],
  [
    'SQLITE_IOERR',
    'cannot be read or written: the disk reports an error',
    'Check the disk; keep it off network folders.',
  ],
];

/** An error of SQLite as a `LedgerError`; anything else comes back as it was. */
export function explain(file: string, error: unknown): unknown {
  if (error instanceof LedgerError) return error;
  const message = messageOf(error);
  const code = message.startsWith('ConnectionFailed') ? 'SQLITE_CANTOPEN' : codeOf(error);
  const trouble = TROUBLE.find(([front]) => code.startsWith(front));
  if (trouble === undefined) return error;
  return new LedgerError(`The ledger ${file} ${trouble[1]} (${message})`, { hint: trouble[2], cause: error });
}
