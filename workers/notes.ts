import type { FlowJob, Job } from 'bullmq';
import type { Outcome } from '../src/apply/outcome.ts';
import { messageOf } from '../src/errors.ts';
import type { ItemKey } from '../src/items/item.ts';
import { findItems, planFor, readNotes, syncPlan } from '../src/pipeline.ts';
import type { Change } from '../src/plan/plan.ts';
import { startScheduled } from './enqueue.ts';
import type { Hands } from './hands.ts';
import { itemJobId, RunJob, StartJob } from './payloads.ts';
import { RETRIES, syncQueue } from './queues.ts';
import { reserve } from './reserve.ts';

/** The queue `notes`: what a schedule starts, the notes of a run read, and its plan made. */
export async function workOnNotes(job: Job, hands: Hands): Promise<unknown> {
  switch (job.name) {
    case 'start':
      return startScheduled(hands, StartJob.parse(job.data).schedule, job.id ?? '');
    case 'read':
      return read(RunJob.parse(job.data).run, hands);
    case 'plan':
      return plan(RunJob.parse(job.data).run, hands);
    default:
      throw new Error(`the queue notes does not know "${job.name}"`);
  }
}

async function read(run: string, { parts, queues, log }: Hands): Promise<{ readonly items: number }> {
  const request = await queues.store.request(run);
  const notes = await readNotes(parts, request.notes);
  const [failure] = notes.failures;
  if (notes.notes.length === 0 && failure !== undefined) throw failure;
  const { items, second } = await findItems(parts, notes);
  if (second !== null && second.warning !== null) log.warn({ run, reason: second.warning }, 'the model was not used');
  await queues.store.put(run, 'found', {
    items,
    read: notes.notes.map(({ source }) => source),
    failures: notes.failures.map(messageOf),
  });
  return { items: items.length };
}

/** Makes the plan, does what needs no write to a tracker, and enqueues one job for each change that does. */
async function plan(run: string, hands: Hands): Promise<{ readonly jobs: number }> {
  const { parts, queues } = hands;
  // An earlier attempt may have got this far before its worker died.
  if (await isEnqueued(run, queues)) return { jobs: 0 };
  const request = await queues.store.request(run);
  const found = await queues.store.get(run, 'found');
  const only = request.only === null ? null : new Set(request.only);
  const stated = { items: found.items, read: new Set(found.read) };
  const planned = await planFor(parts, stated, { only, maxCreates: request.maxCreates, run, full: request.full });
  const { writes, rest } = divide(planned.plan.changes, new Set(parts.trackers.keys()));
  const outcomes: Outcome[] = [];
  for await (const outcome of syncPlan(parts, { ...planned, plan: { ...planned.plan, changes: rest } }, run))
    outcomes.push(outcome);
  const held = await reserve(
    queues,
    run,
    writes.map(({ key }) => key),
  );
  const mine = writes.filter(({ key }) => !held.has(key));
  outcomes.push(...writes.flatMap((change) => elsewhere(change, held.get(change.key))));
  // Or an earlier attempt, taken for dead, was faster: its plan counts, this one has seen what came of it.
  if (await isEnqueued(run, queues)) return { jobs: 0 };
  await queues.store.put(run, 'planned', {
    outcomes,
    jobs: mine.map(({ key, title, tracker }) => ({ key, title, tracker })),
    errors: planned.errors.map(messageOf),
  });
  await enqueueItems(run, mine, hands);
  for (const outcome of outcomes) hands.metrics.outcome(outcome);
  return { jobs: mine.length };
}

async function isEnqueued(run: string, queues: Hands['queues']): Promise<boolean> {
  return (await queues.get('report').getJob(`report-${run}`)) !== undefined;
}

function divide(changes: readonly Change[], trackers: ReadonlySet<string>): Record<'writes' | 'rest', Change[]> {
  const isWrite = (change: Change): boolean =>
    change.do !== 'nothing' && change.do !== 'wait' && trackers.has(change.tracker ?? '');
  return { writes: changes.filter(isWrite), rest: changes.filter((change) => !isWrite(change)) };
}

function elsewhere({ key, title, tracker, notes }: Change, run: string | undefined): Outcome[] {
  if (run === undefined) return [];
  const because = `another run (${run}) is at it: the next one compares again`;
  return [{ key, title, tracker, did: 'nothing', issue: null, because, notes }];
}

async function enqueueItems(run: string, changes: readonly Change[], { queues }: Hands): Promise<void> {
  const ids = await queues.store.putChanges(changes);
  const jobs = changes.map((change, index) => ({ change, id: itemJobId(change), content: ids[index] ?? '' }));
  await forgetFailures(jobs, queues);
  const children: FlowJob[] = jobs.map(({ change, id, content }) => ({
    name: 'item',
    queueName: syncQueue(change.tracker ?? ''),
    prefix: queues.prefix,
    data: { run, key: change.key as ItemKey, change: content },
    // Its result goes to the report at once; were it kept, the same work could not be enqueued again.
    opts: { ...RETRIES, jobId: id, ignoreDependencyOnFailure: true, removeOnComplete: true },
  }));
  await queues.flow.add({
    name: 'report',
    queueName: 'report',
    prefix: queues.prefix,
    data: { run },
    opts: { ...RETRIES, jobId: `report-${run}` },
    children,
  });
}

/** The same work that failed in an earlier run makes way for this one. */
async function forgetFailures(
  jobs: readonly { readonly change: Change; readonly id: string }[],
  queues: Hands['queues'],
): Promise<void> {
  for (const tracker of new Set(jobs.map(({ change }) => change.tracker ?? ''))) {
    const queue = queues.get(syncQueue(tracker));
    const failed = new Set((await queue.getRanges(['failed'])).map(String));
    for (const { id } of jobs) if (failed.has(id)) await queue.remove(id);
  }
}
