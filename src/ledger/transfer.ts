import { LedgerError } from '../errors.ts';
import type { ItemKey } from '../items/item.ts';
import type { Entry, Event, Ledger } from './ledger.ts';
import { readEntry, readEvent } from './row.ts';

const FORMAT = 1;

/** A ledger as lines of JSON: a line that names the format, then entries, cursors, the memos that are asked for, and the journal. */
export async function* exportLedger(ledger: Ledger, memos: readonly string[] = []): AsyncGenerator<string> {
  yield JSON.stringify({ ledger: 'ptg-tracker', format: FORMAT });
  const entries = await ledger.entries();
  for (const entry of entries) yield JSON.stringify({ entry });
  for (const target of new Set(entries.map((entry) => entry.target))) {
    const cursor = await ledger.cursor(target);
    if (cursor !== null) yield JSON.stringify({ cursor: { target, cursor } });
  }
  for (const name of memos) {
    const value = await ledger.memo(name);
    if (value !== null) yield JSON.stringify({ memo: { name, value } });
  }
  for (const event of await ledger.history()) yield JSON.stringify({ event });
}

/** What an import did. */
export interface Imported {
  /** Entries that were taken over. */
  readonly entries: number;
  /** Entries that stayed as they were, since the ledger knew their issue or a run holds them. */
  readonly kept: number;
  readonly events: number;
  /** Lines that could not be read, a sentence each; the others were taken. */
  readonly problems: readonly string[];
}

/** Takes over an export. It only adds: an issue or a claim that the ledger knows stays, and importing twice changes nothing. */
export async function importLedger(ledger: Ledger, lines: AsyncIterable<string> | Iterable<string>): Promise<Imported> {
  const done = { entries: 0, kept: 0, events: 0, problems: [] as string[] };
  const known = new Set((await ledger.history()).map((event) => eventText(event)));
  const cursors: (readonly [target: string, cursor: string])[] = [];
  let number = 0;
  for await (const line of lines) {
    number++;
    if (number === 1) checkHeader(line);
    else if (line.trim() !== '') {
      const problem = await takeLine(line);
      if (problem !== null) done.problems.push(`line ${number}: ${problem}`);
    }
  }
  if (number === 0) checkHeader('');
  // A cursor is true only with all that was seen up to it.
  if (done.problems.length === 0)
    for (const [target, cursor] of cursors)
      if ((await ledger.cursor(target)) === null) await ledger.setCursor(target, cursor);
  return done;

  async function takeLine(line: string): Promise<string | null> {
    const data = parse(line);
    if (data === null) return 'is not JSON';
    if ('entry' in data) {
      const entry = readEntry(data.entry);
      if (!entry.ok) return entry.problem;
      done[(await takeEntry(ledger, entry.value)) ? 'entries' : 'kept']++;
    } else if ('event' in data) {
      const event = readEvent(data.event);
      if (!event.ok) return event.problem;
      if (known.has(eventText(event.value))) return null;
      await ledger.log(event.value);
      done.events++;
    } else if (isPair(data.cursor, 'target', 'cursor')) cursors.push([data.cursor.target, data.cursor.cursor]);
    else if (isPair(data.memo, 'name', 'value')) await ledger.setMemo(data.memo.name, data.memo.value);
    else return 'holds nothing that this version knows';
    return null;
  }
}

async function takeEntry(ledger: Ledger, entry: Entry): Promise<boolean> {
  const { claim } = entry;
  if (claim !== null) return ledger.claim({ ...entry, claim }, null);
  const there = await ledger.get(entry.key);
  if (there !== null && (there.issue !== null || there.claim !== null)) return false;
  await ledger.record(entry);
  return true;
}

function checkHeader(line: string): void {
  const header = parse(line);
  if (header?.ledger !== 'ptg-tracker')
    throw new LedgerError('This is not an exported ledger', { hint: 'Make one with: ptg-tracker ledger export' });
  if (typeof header.format !== 'number' || header.format > FORMAT)
    throw new LedgerError(`The export was written by a newer version of ptg-tracker (format ${header.format})`, {
      hint: 'Update ptg-tracker here, then import it.',
    });
}

function parse(line: string): Record<string, unknown> | null {
  try {
    const data: unknown = JSON.parse(line);
    return typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function isPair<A extends string, B extends string>(data: unknown, a: A, b: B): data is Record<A | B, string> {
  const pair = data as Record<string, unknown> | null | undefined;
  return typeof pair?.[a] === 'string' && typeof pair[b] === 'string';
}

function eventText({ at, run, key, what, because, issue }: Event): string {
  return JSON.stringify([at, run, key, what, because, issue]);
}

/** What a look through the ledger found. */
export interface LedgerCheck {
  readonly entries: number;
  /** What is wrong, a sentence each. */
  readonly problems: readonly string[];
  /** Keys whose create is on its way or whose answer was lost; the next sync settles them. */
  readonly claimed: readonly ItemKey[];
}

/** Looks through the whole ledger: damage, settings that could lose work, two items that share an issue. */
export async function checkLedger(ledger: Ledger): Promise<LedgerCheck> {
  const problems = [...(await ledger.check())];
  const entries = await ledger.entries();
  const owners = new Map<string, ItemKey>();
  for (const { key, target, issue } of entries) {
    if (issue === null) continue;
    const other = owners.get(`${target} ${issue.id}`);
    if (other !== undefined) problems.push(`entries ${other} and ${key} both have issue ${issue.id} of ${target}`);
    owners.set(`${target} ${issue.id}`, key);
  }
  const claimed = entries.filter((entry) => entry.claim !== null).map((entry) => entry.key);
  return { entries: entries.length, problems, claimed };
}
