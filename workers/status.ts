import type { Job } from 'bullmq';
import { messageOf } from '../src/errors.ts';
import { followUp } from '../src/pipeline.ts';
import { EVERYTHING } from '../src/report/make.ts';
import type { Hands } from './hands.ts';
import { RunJob } from './payloads.ts';

/** The queue `status`: asks the trackers what became of everything, and leaves the report for those who are to have it. */
export async function workOnStatus(job: Job, { parts, queues }: Hands): Promise<{ readonly items: number }> {
  const { run } = RunJob.parse(job.data);
  const { full } = await queues.store.request(run);
  const choices = { filters: EVERYTHING, staleMs: parts.config.stale, offline: false, full };
  const { report, errors } = await followUp(parts, choices);
  await queues.store.put(run, 'result', { outcomes: [], report, failures: [], errors: errors.map(messageOf) });
  return { items: report.items.length };
}
