import type { Command } from 'commander';
import { EXIT, UsageError } from '../errors.ts';
import { EVERYTHING } from '../report/make.ts';
import { act } from './act.ts';
import { port } from './flags.ts';
import { openParts } from './parts.ts';
import type { Session } from './session.ts';

interface ServeFlags {
  readonly host: string;
  readonly port: number;
  readonly tokenEnv: string;
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** `serve`: the pages. */
export function serveCommand(program: Command): void {
  program
    .command('serve')
    .summary('the follow-up and the queues in a browser')
    .description(
      'Shows the follow-up at /, the queues at /queues (only for looking, unless a token is set), and answers /report.json, ' +
        '/metrics and /health. On loopback, unless told otherwise.',
    )
    .option('--host <address>', 'where to listen', '127.0.0.1')
    .option('--port <number>', 'the port; 0 for a free one', port, 8080)
    .option('--token-env <name>', 'the variable with the password that lets people change queues', 'PTG_TRACKER_TOKEN')
    .addHelpText(
      'after',
      '\nExamples:\n  ptg-tracker serve\n  REDIS_URL=redis://127.0.0.1:6379 ptg-tracker serve --port 9000',
    )
    .action(act(serve));
}

async function serve(session: Session, flags: ServeFlags): Promise<number> {
  const loaded = await session.load();
  const token = session.env[flags.tokenEnv]?.trim() || null;
  const isLoopback = LOOPBACK.has(flags.host) || flags.host === '::1';
  if (!isLoopback && token === null) {
    throw new UsageError(
      `${flags.host} can be reached by others, and ${flags.tokenEnv} holds no password`,
      'Set it, or listen on 127.0.0.1.',
    );
  }
  const queues = await queuesOf(session, loaded);
  const parts = await openParts(session, loaded, { ledger: 'read', trackers: false });
  const [{ followUp }, { makeMetrics }, { makeApp }, { listen }] = await Promise.all([
    import('../pipeline.ts'),
    import('../../workers/metrics.ts'),
    import('../web/app.ts'),
    import('../web/listen.ts'),
  ]);
  const { registry } = makeMetrics(queues);
  const choices = { filters: EVERYTHING, staleMs: loaded.config.stale, offline: true, full: false };
  const app = makeApp(
    {
      report: async () => (await followUp(parts, choices)).report,
      metrics: async () => ({ text: await registry.metrics(), type: registry.contentType }),
      trouble: () => (queues === null || queues.redis.status === 'ready' ? null : 'Redis cannot be reached'),
      queues,
    },
    { token, hosts: isLoopback ? LOOPBACK : null },
  );
  const server = await listen(app, { host: flags.host, port: flags.port });
  session.interrupt.finishing('Stopping.');
  session.out.write(`http://${flags.host}:${server.port}\n`);
  if (!session.interrupt.signal.aborted) {
    await new Promise((resolve) => session.interrupt.signal.addEventListener('abort', resolve, { once: true }));
  }
  await server.close();
  await parts.close();
  await queues?.close();
  return EXIT.fine;
}

/** Queues are shown where a Redis is named; one that is named and does not answer is an error. */
async function queuesOf(session: Session, { config }: Awaited<ReturnType<Session['load']>>) {
  const variable = typeof config.ledger === 'string' ? 'REDIS_URL' : config.ledger.redis.urlEnv;
  if ((session.env[variable] ?? '').trim() === '') return null;
  const [{ openQueues }, { redisUrlOf }] = await Promise.all([
    import('../../workers/queues.ts'),
    import('../../workers/redis-url.ts'),
  ]);
  return openQueues(redisUrlOf(config, session.env), { trackers: Object.keys(config.trackers), retries: 3 });
}
