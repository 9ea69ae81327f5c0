import type { State } from '../trackers/tracker.ts';
import type { Report, ReportItem } from './report.ts';

/** What an earlier report saw. */
export interface Snapshot {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly items: ReadonlyMap<string, { readonly state: State; readonly stale: boolean }>;
}

/** One letter a state keeps a memory of thousands of items small; a stale item's letter is a capital. */
const LETTER = { open: 'o', 'in-progress': 'i', done: 'd', dropped: 'x', unknown: 'u' } satisfies Record<State, string>;

/** How many reports are remembered, and how far apart they stand, so that a month of daily reports can be compared. */
const MOST = 40;
const APART_MS = 12 * 3_600_000;

interface Remembered {
  readonly at: string;
  readonly items: Readonly<Record<string, string>>;
}

/** The memory with this report added; give it reports without filters. It is JSON text for the ledger to keep. */
export function remember(memory: string | null, report: Report): string {
  const items = Object.fromEntries(report.items.map((item) => [item.key, letterOf(item)]));
  const [last, before, ...rest] = read(memory);
  // Of reports in quick succession only the newest is worth comparing with later.
  const close = last && before && Date.parse(last.at) - Date.parse(before.at) < APART_MS;
  const kept = close ? [before, ...rest] : [last, before, ...rest];
  return JSON.stringify([{ at: report.at, items }, ...kept.filter((one) => one !== undefined)].slice(0, MOST));
}

/** The newest report of that time or before; the newest of all without a time; null when there is none. */
export function recall(memory: string | null, since: Date | null): Snapshot | null {
  const found = read(memory).find(({ at }) => since === null || Date.parse(at) <= since.getTime());
  if (found === undefined) return null;
  const entries = Object.entries(found.items).flatMap(([key, letter]) => {
    const seen = ofLetter(letter);
    return seen === null ? [] : ([[key, seen]] as const);
  });
  return { at: found.at, items: new Map(entries) };
}

function letterOf({ state, stale }: ReportItem): string {
  return stale ? LETTER[state].toUpperCase() : LETTER[state];
}

function ofLetter(letter: string): { state: State; stale: boolean } | null {
  const lower = letter.toLowerCase();
  const state = (Object.keys(LETTER) as State[]).find((one) => LETTER[one] === lower);
  return state === undefined ? null : { state, stale: letter !== lower };
}

/** A memory that cannot be read is no memory: it only costs the "since last time". */
function read(memory: string | null): readonly Remembered[] {
  if (memory === null) return [];
  try {
    const value: unknown = JSON.parse(memory);
    return Array.isArray(value) ? value.filter(isRemembered) : [];
  } catch {
    return [];
  }
}

function isRemembered(value: unknown): value is Remembered {
  if (typeof value !== 'object' || value === null || !('at' in value) || !('items' in value)) return false;
  const { at, items } = value;
  if (typeof at !== 'string' || Number.isNaN(Date.parse(at)) || typeof items !== 'object' || items === null)
    return false;
  return Object.values(items).every((letter) => typeof letter === 'string');
}
