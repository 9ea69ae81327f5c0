import { randomUUID } from 'node:crypto';
import type { Config } from '../config/schema.ts';
import { ConfigError } from '../src/errors.ts';
import { runId } from './payloads.ts';
import { type Queues, RETRIES } from './queues.ts';
import type { RunRequest } from './store.ts';

/** Asks for a sync: read, plan, one job an item, report. Gives the run's id, by which it is followed. */
export async function enqueueSync(
  queues: Queues,
  request: Partial<Omit<RunRequest, 'kind'>>,
  run = runId(randomUUID()),
): Promise<string> {
  await queues.store.put(run, 'request', requestOf('sync', request));
  await queues.flow.add({
    name: 'plan',
    queueName: 'notes',
    prefix: queues.prefix,
    data: { run },
    opts: { ...RETRIES, jobId: `plan-${run}` },
    children: [
      {
        name: 'read',
        queueName: 'notes',
        prefix: queues.prefix,
        data: { run },
        opts: { ...RETRIES, jobId: `read-${run}`, failParentOnFailure: true },
      },
    ],
  });
  return run;
}

/** Asks for a report on what became of everything, brought to its readers. Gives the run's id. */
export async function enqueueStatus(
  queues: Queues,
  request: Partial<Omit<RunRequest, 'kind'>>,
  run = runId(randomUUID()),
): Promise<string> {
  await queues.store.put(run, 'request', requestOf('status', request));
  await queues.flow.add({
    name: 'report',
    queueName: 'report',
    prefix: queues.prefix,
    data: { run },
    opts: { ...RETRIES, jobId: `report-${run}` },
    children: [
      {
        name: 'status',
        queueName: 'status',
        prefix: queues.prefix,
        data: { run },
        opts: { ...RETRIES, jobId: `status-${run}`, failParentOnFailure: true },
      },
    ],
  });
  return run;
}

function requestOf(kind: RunRequest['kind'], request: Partial<Omit<RunRequest, 'kind'>>): RunRequest {
  return { notes: [], only: null, maxCreates: null, full: false, to: [], ...request, kind };
}

/** Starts what a schedule asks for. `seed` makes the run one and the same when its job is done twice. */
export async function startScheduled(
  { queues, parts }: { readonly queues: Queues; readonly parts: { readonly config: Config } },
  name: string,
  seed: string,
): Promise<string> {
  const schedule = parts.config.schedules[name];
  if (schedule === undefined) throw new ConfigError(null, [`there is no schedule ${name} in the configuration`]);
  const request = { notes: schedule.notes ?? [], to: schedule.to };
  const enqueue = schedule.run === 'sync' ? enqueueSync : enqueueStatus;
  return enqueue(queues, request, runId(`${name} ${seed}`));
}
