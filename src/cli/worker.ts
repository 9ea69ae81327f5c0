import type { Command } from 'commander';
import { act } from './act.ts';
import { duration, port, positive } from './flags.ts';
import type { Session } from './session.ts';

interface WorkerFlags {
  readonly concurrency?: number;
  readonly healthHost: string;
  readonly healthPort?: number;
  readonly drain: number;
}

/** `worker`: works on the queues until it is told to stop. */
export function workerCommand(program: Command): void {
  program
    .command('worker')
    .summary('work on the queues')
    .description(
      'Works on the queues in Redis until it is told to stop (SIGTERM, Ctrl-C): reads notes, files items, reports. Any ' +
        'number of them may run, on any number of machines; any of them may be killed at any time.',
    )
    .option('--concurrency <number>', 'items at once for each tracker', positive)
    .option('--health-host <address>', 'where /health, /ready, /status and /metrics are answered', '127.0.0.1')
    .option('--health-port <number>', 'the port of these; not answered without it', port)
    .option('--drain <duration>', 'how long jobs in hand may take after the signal to stop', duration, 30_000)
    .addHelpText(
      'after',
      `
Examples:
  REDIS_URL=redis://127.0.0.1:6379 ptg-tracker worker
  ptg-tracker worker --health-port 9100 --drain 1m`,
    )
    .action(act(worker));
}

async function worker(session: Session, flags: WorkerFlags): Promise<number> {
  const { runWorker } = await import('../../workers/main.ts');
  session.interrupt.finishing(
    'Finishing the jobs in hand; the others stay in the queues. Ctrl-C again ends it at once.',
  );
  return runWorker(await session.load(), {
    env: session.env,
    cwd: session.cwd,
    stop: session.interrupt.signal,
    drainMs: flags.drain,
    health: flags.healthPort === undefined ? null : { host: flags.healthHost, port: flags.healthPort },
    ...(flags.concurrency === undefined ? {} : { concurrency: { sync: flags.concurrency } }),
  });
}
