import { type Job, UnrecoverableError } from 'bullmq';
import type { Outcome } from '../src/apply/outcome.ts';
import type { ItemKey } from '../src/items/item.ts';
import type { Hands } from './hands.ts';
import { RunJob } from './payloads.ts';
import { unreserve } from './reserve.ts';
import type { StoredPlan } from './store.ts';

/** The queue `report`: the end of every run. A sync's outcomes are put together; a status report goes to its readers. */
export async function workOnReport(job: Job, hands: Hands): Promise<{ readonly items: number }> {
  const { run } = RunJob.parse(job.data);
  const request = await hands.queues.store.request(run);
  return request.kind === 'sync' ? endSync(run, job, hands) : deliver(run, request.to, hands);
}

async function endSync(run: string, job: Job, { queues, log }: Hands): Promise<{ readonly items: number }> {
  const planned = await queues.store.get(run, 'planned');
  const reached = await outcomesOf(job, planned, await queues.store.failed(run));
  // Two attempts may have planned at the same time: what a job of this run came to goes before what either of them saw.
  const stray = new Set(reached.map(({ key }) => key));
  for (const { key } of planned.jobs) stray.delete(key);
  const outcomes = [...planned.outcomes.filter(({ key }) => !stray.has(key)), ...reached];
  const found = await queues.store.get(run, 'found');
  const { errors } = planned;
  await queues.store.put(run, 'result', { outcomes, report: null, failures: found.failures, errors });
  await unreserve(
    queues,
    run,
    planned.jobs.map(({ key }) => key),
  );
  log.info({ run, ...countOf(outcomes) }, 'sync done');
  return { items: outcomes.length };
}

/** One outcome for each job, also for those that failed for good or were taken away. */
async function outcomesOf(job: Job, planned: StoredPlan, failures: ReadonlyMap<string, Outcome>): Promise<Outcome[]> {
  const reached = Object.values(await job.getChildrenValues<Outcome>());
  const done = new Set(reached.map(({ key }) => key));
  const reasons = new Map<string, string>();
  for (const [child, reason] of Object.entries(await job.getIgnoredChildrenFailures()))
    reasons.set(keyIn(child), reason);
  const others = planned.jobs.filter(({ key }) => !done.has(key));
  return [
    ...reached,
    ...others.map((one) => failures.get(one.key) ?? failed(one, reasons.get(one.key) ?? 'its job was discarded')),
  ];
}

function failed(job: StoredPlan['jobs'][number], because: string): Outcome {
  return { ...job, did: 'failed', issue: null, because, notes: [] };
}

/** The item's key in the name of its job: `prefix:queue:key-content`. */
function keyIn(child: string): ItemKey | string {
  return child.slice(child.lastIndexOf(':') + 1).split('-')[0] ?? '';
}

/** How many outcomes there are of each kind. */
export function countOf(outcomes: readonly Outcome[]): Partial<Record<Outcome['did'], number>> {
  const counts: Partial<Record<Outcome['did'], number>> = {};
  for (const { did } of outcomes) counts[did] = (counts[did] ?? 0) + 1;
  return counts;
}

async function deliver(run: string, to: readonly string[], hands: Hands): Promise<{ readonly items: number }> {
  const { report } = await hands.queues.store.get(run, 'result');
  if (report === null) throw new UnrecoverableError('there is no report to deliver');
  const missed = await hands.deliver(report, to);
  if (missed.length > 0) throw new Error(missed.join('\n'));
  return { items: report.items.length };
}
