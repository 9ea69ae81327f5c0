import { type Job, UnrecoverableError } from 'bullmq';
import type { Outcome } from '../src/apply/outcome.ts';
import { type ExpectedError, TrackerError } from '../src/errors.ts';
import { claimTime } from '../src/ledger/ledger.ts';
import { type Parts, planFor, syncPlan } from '../src/pipeline.ts';
import type { Change } from '../src/plan/plan.ts';
import type { Tracker } from '../src/trackers/tracker.ts';
import type { Hands } from './hands.ts';
import { narrow } from './narrow.ts';
import { ItemJob } from './payloads.ts';
import { later } from './verdict.ts';

/** A job that waited longer than this is compared with the tracker again before anything is written. */
const FRESH_MS = 3_600_000;
/** How often a create whose answer was lost is looked for, at most, before the next run takes over. */
const MOST_LOOKS = 60;
const LONGEST_WAIT_MS = 120_000;

/** Trackers that refuse everything (a wrong token, a missing repository) are left alone for a minute. */
const refusing = new WeakMap<Tracker, { readonly until: number; readonly error: TrackerError }>();

/**
 * The queue `sync-<tracker>`: one item. The first attempt does what was planned. Every further one (a retry, a dead worker's job,
 * a pause) looks at the tracker and plans anew for this item, so that no retry ever enters at the create.
 */
export async function syncItem(job: Job, token: string | undefined, hands: Hands): Promise<Outcome> {
  const { run, key, change: content } = ItemJob.parse(job.data);
  const { parts } = hands;
  if (parts.signal.aborted) throw await later(job, token, Date.now());
  const stored = await hands.queues.store.change(content, run);
  throwIfRefusing(stored, parts);
  // Each attempt has a name of its own: a late one must not give back the claim of the next.
  const attempt = `${run}.${job.attemptsStarted}`;
  const fresh = Date.now() - job.timestamp < FRESH_MS;
  const again = () => reconcile(stored, { attempt, run, fresh }, hands);
  const first = job.attemptsStarted <= 1 && fresh;
  const reached = first ? await perform(stored, attempt, parts) : await again();
  // What the plan expected was no longer so: compare again rather than leave it to the next run.
  const last = first && reached.outcome.did === 'nothing' ? await again() : reached;
  const settled = last.outcome;
  const open = await openUntil(last, stored, parts);
  if (open !== null && job.attemptsStarted < MOST_LOOKS) throw await later(job, token, open);
  hands.log.info({ job: job.id, key, did: settled.did, issue: settled.issue?.id }, 'item');
  hands.metrics.outcome(settled);
  if (settled.did !== 'failed') return settled;
  // It goes to the failures, where people see it and try it again; the report finds the outcome in the store.
  await hands.queues.store.putFailed(run, settled);
  throw new UnrecoverableError(settled.because);
}

interface Reached {
  readonly outcome: Outcome;
  /** A create that found its key in somebody's hands: theirs will be the issue, unless they give the key back. */
  readonly taken: boolean;
}

/** Does one change and nothing else. What meets the next items too is thrown. */
async function perform(change: Change, attempt: string, parts: Parts): Promise<Reached> {
  const troubles: ExpectedError[] = [];
  let reached: Outcome | null = null;
  // A limit is waited for by the queue, not here.
  const unwaiting = { ...parts, config: { ...parts.config, limits: { ...parts.config.limits, maxWait: 0 } } };
  const planned = { plan: { trackers: [], changes: [change] }, held: [], errors: [] };
  for await (const outcome of syncPlan(unwaiting, planned, attempt, { onTrouble: (error) => troubles.push(error) }))
    reached = outcome;
  const trouble = troubles[0];
  if (trouble !== undefined && reached?.did !== 'created') throw noted(trouble, change, parts);
  if (reached === null) throw new Error(`no outcome for ${change.key}`);
  return { outcome: reached, taken: change.do === 'create' && reached.did === 'nothing' };
}

interface Attempt {
  readonly attempt: string;
  readonly run: string;
  /** Planned a short while ago: the tracker was pulled then. */
  readonly fresh: boolean;
}

/** Looks at the tracker, plans anew for this one item, and does that. */
async function reconcile(stored: Change, { attempt, run, fresh }: Attempt, hands: Hands): Promise<Reached> {
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

/** When to look again for an issue that may or may not exist; null when that is settled. */
async function openUntil({ outcome, taken }: Reached, { key, tracker }: Change, parts: Parts): Promise<number | null> {
  if (outcome.did !== 'uncertain' && outcome.did !== 'nothing') return null;
  const entry = await parts.ledger.get(key);
  if (entry === null || entry.claim === null || entry.issue !== null) return taken ? Date.now() + 500 : null;
  const settleMs = parts.trackers.get(tracker ?? '')?.limits.settleAfterMs ?? 0;
  const now = await claimTime(parts.ledger, parts.now);
  const left = Date.parse(entry.claim.at) + settleMs - now.getTime();
  return Date.now() + Math.min(Math.max(left, 0) + 200, LONGEST_WAIT_MS);
}

function noted(error: ExpectedError, change: Change, { trackers }: Parts): ExpectedError {
  const tracker = trackers.get(change.tracker ?? '');
  if (
    tracker !== undefined &&
    error instanceof TrackerError &&
    error.endsTheRun &&
    error.refusal.kind !== 'unreachable'
  )
    refusing.set(tracker, { until: Date.now() + 60_000, error });
  return error;
}

function throwIfRefusing(change: Change, { trackers }: Parts): void {
  const tracker = trackers.get(change.tracker ?? '');
  const refusal = tracker === undefined ? undefined : refusing.get(tracker);
  if (refusal !== undefined && refusal.until > Date.now()) throw refusal.error;
}
