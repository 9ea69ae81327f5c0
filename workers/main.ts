import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { LoadedConfig } from '../config/load.ts';
import { EXIT, type Exit, LedgerError } from '../src/errors.ts';
import { settingsTrouble } from '../src/ledger/redis-open.ts';
import { wire } from '../src/wire.ts';
import { callsOf, keepSharing } from './calls.ts';
import { deliver } from './deliver.ts';
import { serveHealth } from './health.ts';
import { makeLog } from './log.ts';
import { makeMetrics } from './metrics.ts';
import { openQueues, type Queues } from './queues.ts';
import { redisUrlOf } from './redis-url.ts';
import { applySchedules } from './schedules.ts';
import { type StartOptions, startWorkers } from './start.ts';

export interface WorkerOptions extends StartOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Where `/health`, `/ready`, `/status` and `/metrics` are answered; null for nowhere. */
  readonly health: { readonly host: string; readonly port: number } | null;
  /** How long jobs in hand may take after the signal to stop. */
  readonly drainMs: number;
  /** Told to stop: the jobs in hand are finished first. */
  readonly stop: AbortSignal;
  readonly log?: Logger;
}

/** Runs workers until they are told to stop. Waits for a Redis that is not there. Gives the exit status. */
export async function runWorker(loaded: LoadedConfig, options: WorkerOptions): Promise<Exit> {
  const { config, dir } = loaded;
  const { env, cwd, stop } = options;
  const log = options.log ?? makeLog({ secrets: secretsOf(loaded, env) });
  const queues = await queuesWhenThere(loaded, options, log);
  if (queues === null) return EXIT.fine;
  const cut = new AbortController();
  const wired = await wire(loaded, { env, cwd, signal: cut.signal, ledger: 'write', trackers: true, limits: 'throw' });
  const metrics = makeMetrics(queues);
  const smtp = { smtpUrl: env.SMTP_URL ?? null, from: env.MAIL_FROM ?? 'ptg-tracker@localhost', dir };
  const hands = { parts: wired, queues, log, metrics, deliver: toReaders(smtp) };
  const working = startWorkers(hands, options);
  const notReady = () =>
    stop.aborted ? 'draining' : queues.redis.status === 'ready' ? null : 'Redis cannot be reached';
  const health =
    options.health &&
    (await serveHealth({ ...options.health, metrics, notReady, calls: () => callsOf(wired.trackers.values()) }));
  const endSharing = keepSharing(hands);
  for (const sentence of await settingsTrouble(queues.redis)) log.warn(`Redis at ${queues.place}: ${sentence}`);
  log.info({ queues: [...queues.all.keys()], port: health?.port, redis: queues.place }, 'working');
  await keepSchedules(queues, config.schedules, stop, log);
  log.info({ deadlineMs: options.drainMs }, 'draining');
  const drained = await working.drain(options.drainMs);
  cut.abort();
  endSharing();
  if (!drained) log.warn('jobs in hand did not end in time: other workers settle them');
  await health?.close();
  await wired.close();
  await queues.close();
  log.info('stopped');
  return drained ? EXIT.fine : EXIT.partial;
}

function toReaders(smtp: Parameters<typeof deliver>[2]) {
  return (report: Parameters<typeof deliver>[0], to: readonly string[]) => deliver(report, to, smtp);
}

/** The queues, as soon as Redis answers; a refusal (a wrong password) is thrown. Null when told to stop before. */
async function queuesWhenThere(loaded: LoadedConfig, options: WorkerOptions, log: Logger): Promise<Queues | null> {
  const url = redisUrlOf(loaded.config, options.env);
  const trackers = Object.keys(loaded.config.trackers);
  while (!options.stop.aborted) {
    try {
      return await openQueues(url, { trackers, retries: null, startMs: 5_000 });
    } catch (error) {
      const refused = error instanceof LedgerError && error.cause instanceof Error && error.cause.name === 'ReplyError';
      if (!(error instanceof LedgerError) || refused || error.cause === undefined) throw error;
      log.warn({ reason: error.message }, 'waiting for Redis');
      await sleep(1_000, undefined, { signal: options.stop }).catch(() => undefined);
    }
  }
  return null;
}

const SCHEDULES_MS = 60_000;

/** Puts the schedules in place, and again should Redis have forgotten them; returns when told to stop. */
async function keepSchedules(
  queues: Queues,
  schedules: LoadedConfig['config']['schedules'],
  stop: AbortSignal,
  log: Logger,
): Promise<void> {
  // Without Redis the queues wait without end; we do not.
  const aborted = new Promise<null>((resolve) => stop.addEventListener('abort', () => resolve(null), { once: true }));
  while (!stop.aborted) {
    try {
      const applied = await Promise.race([applySchedules(queues, schedules), aborted]);
      if (applied === null) return;
      const { added, changed, removed } = applied;
      if (added.length + changed.length + removed.length > 0) log.info({ added, changed, removed }, 'schedules');
    } catch (error) {
      log.warn({ reason: String(error) }, 'schedules are not in place');
    }
    await sleep(SCHEDULES_MS, undefined, { signal: stop }).catch(() => undefined);
  }
}

function secretsOf({ config }: LoadedConfig, env: WorkerOptions['env']): string[] {
  const trackers = Object.values(config.trackers);
  const names = trackers.map((one) => (one.type === 'github' ? one.tokenEnv : one.credentialsEnv));
  return [...names, 'SMTP_URL'].flatMap((name) => env[name]?.trim() ?? []);
}
