import { type Job, UnrecoverableError } from 'bullmq';
import type { Outcome } from '../src/apply/outcome.ts';
import { claimTime } from '../src/ledger/ledger.ts';
import type { Parts } from '../src/pipeline.ts';
import type { Change } from '../src/plan/plan.ts';
import type { Hands } from './hands.ts';
import { ItemJob } from './payloads.ts';
import { perform, type Reached, throwIfRefusing } from './perform.ts';
import { reconcile } from './reconcile.ts';
import { later } from './verdict.ts';

/** A job that waited longer than this is compared with the tracker again before anything is written. */
const FRESH_MS = 3_600_000;
/** How often a create whose answer was lost is looked for, at most, before the next run takes over. */
const MOST_LOOKS = 60;
const LONGEST_WAIT_MS = 120_000;

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
