import { z } from 'zod';
import type { ItemKey, KnownItem, RefKind } from '../items/item.ts';
import type { Issue, State } from '../trackers/tracker.ts';
import type { Claim, Entry, Event, Wrote } from './ledger.ts';

/** The columns of an entry, as both ledgers store them: the claim and the issue apart, so that claiming needs no JSON. */
export const COLUMNS = [
  'key',
  'tracker',
  'target',
  'claim_run',
  'claim_at',
  'claim_uncertain',
  'issue_id',
  'issue_url',
  'item',
  'wrote',
  'seen',
  'deleted_at',
] as const;
export type Column = (typeof COLUMNS)[number];
/** An entry as text; an absent value is null. */
export type Row = Readonly<Record<Column, string | null>>;

/** A word of a closed list, checked only for being one: a newer version may know more of them. */
function word<T extends string>() {
  return z.custom<T>((value) => typeof value === 'string' && value !== '', 'a word is missing');
}

// Loose, so that fields of a newer version survive being read and written by an older one.
const Source = z.looseObject({ note: z.string(), lineStart: z.number(), lineEnd: z.number() });
const Ref = z.looseObject({ url: z.string(), kind: word<RefKind>(), id: z.string().nullable() });

const Item: z.ZodType<KnownItem> = z.looseObject({
  kind: word<KnownItem['kind']>(),
  title: z.string(),
  quote: z.string(),
  section: z.array(z.string()),
  owners: z.array(z.looseObject({ name: z.string(), github: z.string().nullable(), launchpad: z.string().nullable() })),
  refs: z.array(Ref),
  tracked: Ref.nullable(),
  due: z.looseObject({ text: z.string(), date: z.string().nullable() }).nullable(),
  source: Source,
  alsoIn: z.array(Source),
  note: z.looseObject({
    source: z.string(),
    url: z.string().nullable(),
    title: z.string(),
    author: z.string().nullable(),
    date: z.string().nullable(),
  }),
});

const IssueSeen: z.ZodType<Issue> = z.looseObject({
  id: z.string(),
  url: z.string(),
  title: z.string(),
  body: z.string(),
  state: word<State>(),
  raw: z.string(),
  labels: z.array(z.string()),
  assignees: z.array(z.string()),
  author: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
  duplicateOf: z.string().nullable(),
});

const WroteFields = z.looseObject({
  title: z.string(),
  block: z.string(),
  labels: z.array(z.string()),
  assignees: z.array(z.string()),
  at: z.string().exactOptional(),
}) satisfies z.ZodType<Wrote>;

const Key = word<ItemKey>();

const EntryShape: z.ZodType<Entry> = z.object({
  key: Key,
  tracker: z.string(),
  target: z.string(),
  item: Item,
  claim: z.object({ run: z.string(), at: z.string(), uncertain: z.boolean() }).nullable(),
  issue: z.object({ id: z.string(), url: z.string() }).nullable(),
  wrote: WroteFields.nullable(),
  seen: IssueSeen.nullable(),
  deletedAt: z.string().nullable(),
});

const EventShape: z.ZodType<Event> = z.object({
  at: z.string(),
  run: z.string(),
  key: Key.nullable(),
  tracker: z.string().nullable(),
  what: z.string(),
  because: z.string(),
  issue: z.string().nullable(),
});

/** A row that was read, or a sentence about what is wrong with it. */
export type Checked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: string };

/** An entry as the columns of a row; without a claim where `claim` is null. */
export function toRow(entry: Entry, claim: Claim | null): Row {
  return {
    key: entry.key,
    tracker: entry.tracker,
    target: entry.target,
    ...claimCells(claim),
    issue_id: entry.issue?.id ?? null,
    issue_url: entry.issue?.url ?? null,
    item: JSON.stringify(entry.item),
    wrote: entry.wrote === null ? null : JSON.stringify(entry.wrote),
    seen: entry.seen === null ? null : JSON.stringify(entry.seen),
    deleted_at: entry.deletedAt,
  };
}

/** A claim as the columns of a row. */
export function claimCells(claim: Claim | null): Pick<Row, 'claim_run' | 'claim_at' | 'claim_uncertain'> {
  if (claim === null) return { claim_run: null, claim_at: null, claim_uncertain: null };
  return { claim_run: claim.run, claim_at: claim.at, claim_uncertain: claim.uncertain ? '1' : '0' };
}

/** Reads a row; a damaged one is told, not thrown. */
export function readRow(row: Row): Checked<Entry> {
  const claim =
    row.claim_run === null ? null : { run: row.claim_run, at: row.claim_at, uncertain: row.claim_uncertain === '1' };
  const issue = row.issue_id === null ? null : { id: row.issue_id, url: row.issue_url };
  return checked(`entry ${row.key}`, EntryShape, () => ({
    key: row.key,
    tracker: row.tracker,
    target: row.target,
    claim,
    issue,
    item: JSON.parse(row.item ?? 'null'),
    wrote: JSON.parse(row.wrote ?? 'null'),
    seen: JSON.parse(row.seen ?? 'null'),
    deletedAt: row.deleted_at,
  }));
}

/** Reads an entry that came as plain data (an export); `what` names it where it is damaged. */
export function readEntry(data: unknown, what = 'entry'): Checked<Entry> {
  return checked(what, EntryShape, () => data);
}

/** Reads an event that came as plain data. */
export function readEvent(data: unknown): Checked<Event> {
  return checked('event', EventShape, () => data);
}

function checked<T>(what: string, shape: z.ZodType<T>, data: () => unknown): Checked<T> {
  try {
    const read = shape.safeParse(data());
    if (read.success) return { ok: true, value: read.data };
    const issue = read.error.issues[0];
    return { ok: false, problem: `${what} is damaged at ${issue?.path.join('.') || 'its top'}: ${issue?.message}` };
  } catch {
    return { ok: false, problem: `${what} is damaged: it is not JSON` };
  }
}
