import type { Claim, Entry, Event } from './ledger.ts';
import { type Checked, claimCells, readEntry, readEvent } from './row.ts';

/** The fields of an entry, in the order of `FIELDS`. */
export type Fields = readonly (string | null)[];

/** What needs no field of its own, as one text: that costs Redis and us less than many. */
export function restOf({ tracker, issue, item, wrote, seen, deletedAt }: Entry): string {
  return JSON.stringify([tracker, issue?.url ?? null, item, wrote, seen, deletedAt]);
}

/**
 * What has come to an entry since its claim was written, as one text; null when more has changed than goes there.
 * What is the same object is the same: nothing in an entry is ever written over.
 */
export function laterOf(entry: Entry, claimed: Entry): string | null {
  const { issue, seen, deletedAt, wrote } = entry;
  const isSame = (['item', 'tracker', 'target'] as const).every((name) => entry[name] === claimed[name]);
  if (!isSame || (wrote === null) !== (claimed.wrote === null)) return null;
  return JSON.stringify([issue?.url ?? null, seen, deletedAt, changesOf(wrote ?? {}, claimed.wrote ?? {})]);
}

function changesOf(now: object, before: object): object {
  const old = new Map(Object.entries(before));
  return Object.fromEntries(Object.entries(now).filter(([name, value]) => old.get(name) !== value));
}

/** A claim as the one text by which the script compares it; empty when there is none. */
export function heldOf(claim: Claim | null): string {
  return claim === null ? '' : Object.values(claimCells(claim)).join(' ');
}

/** Reads an entry; a damaged one is told, not thrown. */
export function readFields([key, target, run, at, uncertain, issueId, rest, later]: Fields): Checked<Entry> {
  const [tracker, first, item, written, ...before] = listIn(rest);
  const [url, seen, deletedAt, changes] = later == null ? [first, ...before] : listIn(later);
  const claim = run == null ? null : { run, at, uncertain: uncertain === '1' };
  const issue = issueId == null ? null : { id: issueId, url };
  const wrote = written == null || changes === undefined ? written : { ...written, ...Object(changes) };
  return readEntry({ key, tracker, target, item, claim, issue, wrote, seen, deletedAt }, `entry ${key}`);
}

/** Reads a line of the journal; a damaged one is told, not thrown. */
export function parseEvent(text: string): Checked<Event> {
  try {
    return readEvent(JSON.parse(text));
  } catch {
    return { ok: false, problem: 'event is damaged: it is not JSON' };
  }
}

/** Nothing where it is damaged: the entry then tells that it cannot be read. */
function listIn(text: string | null | undefined): readonly unknown[] {
  try {
    const list: unknown = JSON.parse(text ?? '');
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
}
