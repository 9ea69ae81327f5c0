import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import Libsql from 'libsql';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LedgerError } from '../../src/errors.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite.ts';
import { connect, explain, migrate } from '../../src/ledger/sqlite-open.ts';
import { describeLedger } from './contract.ts';
import { aKey, anEntry, anEvent, claimed, filed } from './entries.ts';

let root: string;
let count = 0;
let file: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'ledger-'));
});
beforeEach(() => {
  file = join(root, `${count++}`, 'ledger.db');
});
afterAll(() => rm(root, { recursive: true }));

describe('the SQLite ledger', () => {
  describeLedger(async () => join(root, `${count++}`, 'ledger.db'));
});

describe('the place of an SQLite ledger', () => {
  it('is made with a .gitignore when it is missing', async () => {
    const ledger = await openSqliteLedger(file);
    await ledger.close();

    expect(await readFile(join(file, '..', '.gitignore'), 'utf8')).toBe('*\n');
  });

  it('gets no .gitignore when the folder was there', async () => {
    await mkdir(join(file, '..'));
    const ledger = await openSqliteLedger(file);
    await ledger.close();

    expect(existsSync(join(file, '..', '.gitignore'))).toBe(false);
  });

  it('may be memory', async () => {
    const ledger = await openSqliteLedger(':memory:');

    expect(await ledger.claim(claimed('a'), null)).toBe(true);
    await ledger.close();
  });

  it('claims nothing when the journal cannot be written', async () => {
    const ledger = await openSqliteLedger(file);
    const raw = new Libsql(file);
    raw.exec('DROP TABLE events');
    raw.close();

    await expect(ledger.claim(claimed('a'), null, anEvent())).rejects.toThrow();
    expect(await ledger.get(aKey())).toBeNull();
    await ledger.close();
  });

  it('can be opened by several at once before it exists', async () => {
    const ledgers = await Promise.all(Array.from({ length: 4 }, () => openSqliteLedger(file)));
    const won = await Promise.all(ledgers.map((ledger, n) => ledger.claim(claimed(`run-${n}`), null)));

    expect(won.filter(Boolean)).toHaveLength(1);
    for (const ledger of ledgers) await ledger.close();
  });
});

describe('a damaged row', () => {
  it('is told and left out, and still refuses a claim', async () => {
    const warnings: string[] = [];
    const ledger = await openSqliteLedger(file, { warn: (sentence) => warnings.push(sentence) });
    await ledger.record(filed());
    await ledger.record(filed({ key: aKey(1) }));
    await ledger.record(filed({ key: aKey(2) }));
    const raw = new Libsql(file);
    raw.prepare('UPDATE entries SET item = ? WHERE key = ?').run('{"kind": "acti', aKey(1));
    raw.prepare('UPDATE entries SET seen = ? WHERE key = ?').run('{"id": 7}', aKey(2));
    raw.close();

    expect((await ledger.entries()).map((entry) => entry.key)).toEqual([aKey()]);
    expect(warnings).toEqual([
      `${file}: entry ${aKey(1)} is damaged: it is not JSON; left out`,
      expect.stringContaining(`entry ${aKey(2)} is damaged at seen.`),
    ]);
    expect(await ledger.get(aKey(1))).toBeNull();
    expect(await ledger.claim(claimed('a', { key: aKey(1) }), null)).toBe(false);
    expect(await ledger.check()).toHaveLength(2);
    await ledger.close();
  });

  it('keeps fields that a newer version added', async () => {
    const ledger = await openSqliteLedger(file);
    const newer = { ...anEntry().item, mood: 'sunny' };
    await ledger.record(anEntry({ item: newer }));

    expect((await ledger.get(aKey()))?.item).toEqual(newer);
    await ledger.close();
  });
});

interface Trouble {
  readonly when: string;
  readonly says: RegExp;
  readonly make: () => Promise<unknown>;
}

const TROUBLES: readonly Trouble[] = [
  {
    when: 'the file is not a database',
    says: /is not a ledger: it is not a database/,
    make: () => writeFile(file, 'just some text\n'.repeat(500)),
  },
  {
    when: 'the file is cut off',
    says: /is damaged/,
    make: async () => {
      await (await openSqliteLedger(file)).close();
      await truncate(file, 5_000);
    },
  },
  {
    when: 'a newer version wrote it',
    says: /newer version of ptg-tracker \(format 99\)/,
    make: async () => {
      const db = await connect(file);
      db.pragma('user_version = 99');
      db.close();
    },
  },
  {
    when: 'it belongs to another program',
    says: /is a database of another program/,
    make: async () => {
      const db = new Libsql(file);
      db.exec('CREATE TABLE photos (name TEXT)');
      db.close();
    },
  },
  { when: 'the file is a folder', says: /is a folder, not a file/, make: () => mkdir(file) },
];

describe('opening an SQLite ledger', () => {
  it.each(TROUBLES)('says in a sentence with a hint that $when', async ({ make, says }) => {
    await mkdir(join(file, '..'));
    await make();

    const error = await openAndUse(file).catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(LedgerError);
    expect(String(error)).toMatch(says);
    expect((error as LedgerError).hint).toMatch(/\.$/);
  });

  it('says that its folder cannot be made below a file', async () => {
    await mkdir(join(file, '..'));
    await writeFile(file, '');

    await expect(openSqliteLedger(join(file, 'deeper', 'ledger.db'))).rejects.toThrow(/folder .* cannot be used/);
  });

  it('says that another program has locked it, and works again afterwards', async () => {
    const ledger = await openSqliteLedger(file, { busyMs: 50 });
    const other = new Libsql(file);
    other.exec('BEGIN EXCLUSIVE');

    await expect(ledger.claim(claimed('a'), null)).rejects.toThrow(/is locked by another program/);
    await expect(openSqliteLedger(file, { busyMs: 50 }).then((second) => second.record(filed()))).rejects.toThrow(
      /is locked by another program/,
    );
    other.exec('ROLLBACK');
    expect(await ledger.claim(claimed('a'), null)).toBe(true);
    other.close();
    await ledger.close();
  });

  it('says that the disk is full', async () => {
    const db = await connect(file);
    db.pragma('max_page_count = 12');
    const fill = (): void => {
      for (let n = 0; n < 50; n++) db.prepare('INSERT INTO memos VALUES (?, ?)').run(`m${n}`, 'x'.repeat(4_000));
    };

    expect(() => guarded(fill)).toThrow(/the disk is full/);
    db.close();
  });

  it('says that it is read-only to somebody who may not write', async () => {
    await (await openSqliteLedger(file)).close();
    await chmod(root, 0o755);
    await chmod(join(file, '..'), 0o555);
    await chmod(file, 0o444);

    const said = await asNobody(file);

    expect(said).toMatch(/^LedgerError: .*(cannot be used|read-only|cannot be opened)/);
    await chmod(join(file, '..'), 0o755);
  });

  it('undoes a migration that fails half-way', async () => {
    const db = await connect(file);

    expect(() => migrate(db, ['', 'CREATE TABLE extra (a TEXT)', 'CREATE TABLE extra (a TEXT)'])).toThrow(/exists/);
    expect(db.prepare("SELECT name FROM sqlite_master WHERE name = 'extra'").all()).toEqual([]);
    migrate(db, ['', 'CREATE TABLE extra (a TEXT)']);
    expect(db.prepare("SELECT name FROM sqlite_master WHERE name = 'extra'").all()).toHaveLength(1);
    db.close();
  });
});

async function openAndUse(place: string): Promise<void> {
  const ledger = await openSqliteLedger(place);
  try {
    await ledger.entries();
  } finally {
    await ledger.close();
  }
}

function guarded(work: () => void): void {
  try {
    work();
  } catch (error) {
    throw explain(file, error);
  }
}

/** Opens a ledger in another process that has no special rights, and tells the error. */
async function asNobody(place: string): Promise<string> {
  const script = join(import.meta.dirname, 'as-nobody.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, place], { stdio: ['ignore', 'pipe', 'inherit'] });
  return text(child.stdout);
}
