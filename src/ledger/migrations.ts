/** Marks a file as one of our ledgers ("ptgt"), so that another program's database is never written to. */
export const APPLICATION_ID = 0x70746774;

/**
 * The steps from an empty file to the present form, each run once and in order; `PRAGMA user_version` counts them.
 * A step that was released is never edited: add another.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE entries (
    key TEXT PRIMARY KEY NOT NULL,
    tracker TEXT NOT NULL,
    target TEXT NOT NULL,
    claim_run TEXT,
    claim_at TEXT,
    claim_uncertain TEXT,
    issue_id TEXT,
    issue_url TEXT,
    item TEXT NOT NULL,
    wrote TEXT,
    seen TEXT,
    deleted_at TEXT
  );
  CREATE INDEX entries_by_target ON entries (target);
  CREATE TABLE events (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    run TEXT NOT NULL,
    key TEXT,
    tracker TEXT,
    what TEXT NOT NULL,
    because TEXT NOT NULL,
    issue TEXT
  );
  CREATE INDEX events_by_key ON events (key) WHERE key IS NOT NULL;
  CREATE TABLE cursors (target TEXT PRIMARY KEY NOT NULL, cursor TEXT NOT NULL);
  CREATE TABLE memos (name TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL);
  `,
];
