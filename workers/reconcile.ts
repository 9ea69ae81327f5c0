import type { Outcome } from '../src/apply/outcome.ts';
import { type Parts, planFor, syncPlan } from '../src/pipeline.ts';
import type { Change } from '../src/plan/plan.ts';
import type { Hands } from './hands.ts';
import { narrow } from './narrow.ts';
import { noted, perform, type Reached } from './perform.ts';

/** One of the attempts of a job. */
export interface Attempt {
  readonly attempt: string;
  readonly run: string;
  /** Planned a short while ago: the tracker was pulled then. */
  readonly fresh: boolean;
}

/** Looks at the tracker, plans anew for this one item, and does that. */
export async function reconcile(stored: Change, { attempt, run, fresh }: Attempt, hands: Hands): Promise<Reached> {
  const { parts } = hands;
  const change = await planAnew(stored, attempt, fresh, parts);
  if (change !== null && change.do !== 'nothing') {
    const reached = await perform(change, attempt, parts);
    const { did } = reached.outcome;
    if (did === 'adopted' && stored.do === 'create') hands.metrics.duplicateAvoided(change.tracker ?? '');
    return reached;
  }
  const earlier = await doneEarlier(stored, run, parts);
  const outcome = earlier ?? unneeded(stored, change);
  if (earlier === null && outcome.did === 'adopted') hands.metrics.duplicateAvoided(outcome.tracker ?? '');
  return { outcome, taken: false };
}

async function planAnew(stored: Change, attempt: string, fresh: boolean, parts: Parts): Promise<Change | null> {
  const tracker = parts.trackers.get(stored.tracker ?? '');
  if (tracker === undefined) return null;
  const wide = { ...parts, trackers: new Map([[tracker.name, tracker]]) };
  const near = fresh ? await narrow(parts, tracker, stored.key) : wide;
  const item = 'item' in stored ? stored.item : null;
  const found = { items: item === null ? [] : [item], read: new Set<string>() };
  const choices = { only: new Set<string>([stored.key]), maxCreates: 1, run: attempt, full: false };
  const planned = await planFor(near, found, choices);
  const [error] = planned.errors;
  if (error !== undefined) throw noted(error, stored, parts);
  // What a whole pull showed is kept, so that the next one begins there.
  const looked = { ...planned, plan: { trackers: [], changes: [] } };
  if (!fresh) for await (const _ of syncPlan(wide, looked, attempt));
  return planned.plan.changes.find((change) => isSame(change, stored)) ?? null;
}

/** Whether a new change is about what the stored one was: closing a second issue is apart from the item's own issue. */
function isSame(change: Change, stored: Change): boolean {
  if (change.key !== stored.key || (change.do === 'close') !== (stored.do === 'close')) return false;
  return change.do !== 'close' || stored.do !== 'close' || change.issue.id === stored.issue.id;
}

/** An earlier attempt of this run may have done it and died before it could say so. */
async function doneEarlier(stored: Change, run: string, { ledger }: Parts): Promise<Outcome | null> {
  const events = await ledger.history(stored.key);
  const event = events.findLast(({ run: by, what }) => by.startsWith(`${run}.`) && DONE.has(what));
  const did = DONE.get(event?.what ?? '');
  if (event === undefined || did === undefined) return null;
  const issue = (await ledger.get(stored.key))?.issue ?? null;
  return { ...toldOf(stored), did, issue, because: event.because };
}

const DONE = new Map([
  ['created', 'created'],
  ['adopted', 'adopted'],
  ['updated', 'updated'],
  ['closed', 'updated'],
] as const) as ReadonlyMap<string, Outcome['did']>;

function unneeded(stored: Change, change: Change | null): Outcome {
  const issue = change !== null && 'issue' in change ? change.issue : null;
  if (stored.do === 'create' && issue !== null) {
    const because = 'an earlier attempt had filed it and died before it could say so';
    return { ...toldOf(stored), did: 'adopted', issue: { id: issue.id, url: issue.url }, because };
  }
  const because = change?.because ?? 'nothing is left to be done';
  return { ...toldOf(stored), did: 'nothing', issue: issue && { id: issue.id, url: issue.url }, because };
}

function toldOf({ key, title, tracker, notes }: Change): Pick<Outcome, 'key' | 'title' | 'tracker' | 'notes'> {
  return { key, title, tracker, notes };
}
