import { createHash } from 'node:crypto';
import { UsageError } from '../errors.ts';
import type { Item } from '../items/item.ts';
import type { Issue } from '../trackers/tracker.ts';
import { nameOf, type PlanInput, type TrackerFacts, targetOf } from './input.ts';
import { writes } from './json.ts';
import type { Plan } from './plan.ts';

/** What a plan was made from, in short: enough to see later that something moved, and what. */
export interface Seen {
  readonly items: Readonly<Record<string, { readonly title: string; readonly note: string; readonly hash: string }>>;
  /** By `github:owner/repo #12`. `updatedAt` only where the plan writes: there a comment matters too. */
  readonly issues: Readonly<
    Record<string, { readonly title: string; readonly hash: string; readonly updatedAt: string | null }>
  >;
}

/** A plan in a file, to be looked at and done later. */
export interface SavedPlan {
  readonly version: 1;
  readonly at: string;
  readonly notes: readonly string[];
  readonly seen: Seen;
  readonly plan: Plan;
}

const VERSION = 1;

/** The plan as the text of a file. `notes` are the notes as they were given. */
export function savePlan(plan: Plan, input: PlanInput, notes: readonly string[]): string {
  const at = input.options.now.toISOString();
  const saved: SavedPlan = { version: VERSION, at, notes, seen: seenOf(plan, input), plan };
  return `${JSON.stringify(saved, null, 2)}\n`;
}

/** Reads a saved plan. Throws a `UsageError` that names the file when it is none, or one of another version. */
export async function loadPlan(text: string, file: string): Promise<SavedPlan> {
  const value = parsed(text, file);
  const version = typeof value === 'object' && value !== null && 'version' in value ? value.version : undefined;
  if (typeof version === 'number' && version !== VERSION) {
    throw new UsageError(`${file} is a plan of version ${version}; this program reads version ${VERSION}`, AGAIN);
  }
  const { SavedPlan: schema } = await import('./saved-schema.ts');
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [first] = result.error.issues;
  const where = first === undefined || first.path.length === 0 ? '' : ` at ${first.path.join('.')}`;
  throw new UsageError(`${file} is not a saved plan: ${first?.message ?? 'unreadable'}${where}`, AGAIN);
}

const AGAIN = 'Make it with: ptg-tracker plan --out plan.json';

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(`${file} is not a saved plan: it is not JSON`, AGAIN);
  }
}

/** What moved since a plan was saved, one sentence each; empty when it may be done as it stands. */
export function movedSince(saved: SavedPlan, input: PlanInput): string[] {
  const now = seenOf(saved.plan, input);
  return [...movedItems(saved.seen, now), ...movedTrackers(saved.plan, input), ...movedIssues(saved.seen, now)];
}

function movedItems(then: Seen, now: Seen): string[] {
  const keys = new Set([...Object.keys(then.items), ...Object.keys(now.items)]);
  return [...keys].flatMap((key) => {
    const [before, after] = [then.items[key], now.items[key]];
    if (before === undefined) return after === undefined ? [] : [`${after.note}: “${after.title}” is new`];
    if (after === undefined) return [`${before.note}: “${before.title}” is no longer there`];
    return before.hash === after.hash ? [] : [`${after.note}: “${before.title}” is stated otherwise now`];
  });
}

function movedTrackers(plan: Plan, input: PlanInput): string[] {
  const now = new Map(input.trackers.map((facts) => [facts.name, facts]));
  return plan.trackers.flatMap((tracker) => {
    const facts = now.get(tracker.name);
    if (facts === undefined) return [`${tracker.name} is no longer in the configuration`];
    if (targetOf(facts) !== targetOf(tracker))
      return [`${tracker.name} is ${targetOf(facts)} now, and was ${targetOf(tracker)}`];
    return facts.unavailable === null ? [] : [`${tracker.name}: ${facts.unavailable}`];
  });
}

function movedIssues(then: Seen, now: Seen): string[] {
  const names = new Set([...Object.keys(then.issues), ...Object.keys(now.issues)]);
  return [...names].flatMap((name) => {
    const [before, after] = [then.issues[name], now.issues[name]];
    if (before === undefined) return after === undefined ? [] : [`${name} “${after.title}” is new`];
    if (after === undefined) return [`${name} “${before.title}” is no longer there`];
    const same = before.hash === after.hash && before.updatedAt === after.updatedAt;
    return same ? [] : [`${name} “${before.title}” was changed by somebody`];
  });
}

function seenOf(plan: Plan, input: PlanInput): Seen {
  const written = new Set(
    plan.changes.filter(writes).flatMap((change) => ('issue' in change ? (change.issue?.url ?? []) : [])),
  );
  return {
    items: Object.fromEntries(input.items.map((item) => [item.key, seenItem(item)])),
    issues: Object.fromEntries(input.trackers.flatMap((facts) => seenIssues(facts, written))),
  };
}

function seenItem(item: Item) {
  const { confidence: _, ...stated } = item;
  return { title: item.title, note: item.source.note, hash: hashOf(stated) };
}

function seenIssues(facts: TrackerFacts, written: ReadonlySet<string>) {
  return [...facts.issues.values()].flat().map(({ issue }) => {
    const { id, title, url, updatedAt } = issue;
    const seen = { title, hash: hashOf(contentOf(issue)), updatedAt: written.has(url) ? updatedAt : null };
    return [`${targetOf(facts)} ${nameOf(facts.type, id)}`, seen] as const;
  });
}

function contentOf({ title, body, state, raw, labels, assignees, duplicateOf }: Issue) {
  return { title, body, state, raw, labels: [...labels].sort(), assignees: [...assignees].sort(), duplicateOf };
}

function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value, sortedKeys)).digest('hex').slice(0, 32);
}

function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
