import { setTimeout as sleep } from 'node:timers/promises';
import type { Job } from 'bullmq';
import type { Outcome } from '../src/apply/outcome.ts';
import { EXIT, ExpectedError } from '../src/errors.ts';
import type { Queues } from './queues.ts';
import { forgotten, type RunResult } from './store.ts';

/** What is heard of a run: how many changes its plan has, each outcome once as it is reached, the end. */
export type Heard =
  | { readonly kind: 'planned'; readonly total: number }
  | { readonly kind: 'outcome'; readonly outcome: Outcome }
  | { readonly kind: 'limited'; readonly tracker: string; readonly until: Date }
  | { readonly kind: 'done'; readonly result: RunResult };

const LOOK_MS = 250;

/** Follows a run to its end. Throws what ended it early. Stops without a word when the signal says so: the run goes on. */
export async function* followRun(queues: Queues, run: string, signal?: AbortSignal): AsyncGenerator<Heard> {
  const { store } = queues;
  const heard = new Set<string>();
  let planned = false;
  while (signal?.aborted !== true) {
    const plan = planned ? null : await store.find(run, 'planned');
    if (plan !== null) {
      planned = true;
      yield { kind: 'planned', total: plan.outcomes.length + plan.jobs.length };
    }
    const result = await store.find(run, 'result');
    const report = await queues.get('report').getJob(`report-${run}`);
    const fresh = result !== null ? result.outcomes : await reachedBy(report, plan?.outcomes ?? []);
    for (const outcome of fresh) {
      if (heard.has(placeOf(outcome))) continue;
      heard.add(placeOf(outcome));
      yield { kind: 'outcome', outcome };
    }
    if (result !== null) return yield { kind: 'done', result };
    await throwIfEnded(queues, run, report);
    yield* limitsOf(queues);
    await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined);
  }
}

async function reachedBy(report: Job | undefined, early: readonly Outcome[]): Promise<readonly Outcome[]> {
  return report === undefined ? early : [...early, ...Object.values(await report.getChildrenValues<Outcome>())];
}

function placeOf({ key, tracker, issue, did }: Outcome): string {
  return `${key} ${tracker} ${did === 'updated' ? issue?.id : ''}`;
}

/** Throws when a step of the run failed for good: the first one knows why, the later ones only that it did. */
async function throwIfEnded(queues: Queues, run: string, report: Job | undefined): Promise<void> {
  const plan = await queues.get('notes').getJob(`plan-${run}`);
  if (plan === undefined && report === undefined && (await queues.store.find(run, 'request')) === null)
    throw forgotten(run);
  for (const job of [plan, report]) {
    if (job === undefined || (await job.getState()) !== 'failed') continue;
    const read = await queues.get('notes').getJob(`read-${run}`);
    const status = await queues.get('status').getJob(`status-${run}`);
    throw endOf(read?.failedReason ?? status?.failedReason ?? job.failedReason, run);
  }
}

function endOf(reason: string | undefined, run: string): ExpectedError {
  const [message = 'it failed', ...hint] = (reason ?? '').split('\n');
  return new ExpectedError(message, { exit: EXIT.partial, hint: hint[0] ?? `See: ptg-tracker failures (${run})` });
}

async function* limitsOf(queues: Queues): AsyncGenerator<Heard> {
  for (const [name, queue] of queues.all) {
    if (!name.startsWith('sync-')) continue;
    const ms = await queue.getRateLimitTtl();
    // The pace between two creates is no wait to speak of.
    if (ms > 10_000) yield { kind: 'limited', tracker: name.slice(5), until: new Date(Date.now() + ms) };
  }
}
