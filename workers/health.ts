import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Calls } from './calls.ts';
import type { Metrics } from './metrics.ts';

/** The health of a worker, over HTTP. */
export interface Health {
  readonly port: number;
  close(): Promise<void>;
}

export interface HealthOptions {
  readonly host: string;
  /** 0 for a free one. */
  readonly port: number;
  readonly metrics: Metrics;
  /** Why no jobs are taken just now; null when they are. */
  readonly notReady: () => string | null;
  /** How many requests the trackers still take. */
  readonly calls: () => Calls;
}

/**
 * Answers `/health` (the process lives), `/ready` (it takes jobs; 503 with the reason when not), `/status` (both, and the calls
 * that are left) and `/metrics`.
 */
export async function serveHealth({ host, port, metrics, notReady, calls }: HealthOptions): Promise<Health> {
  const server = createServer(async (request, response) => {
    const path = request.url?.split('?')[0];
    const why = notReady();
    if (path === '/metrics') {
      response.setHeader('content-type', metrics.registry.contentType);
      return response.end(await metrics.registry.metrics());
    }
    if (path === '/health') return response.end('alive\n');
    if (path === '/status') {
      response.setHeader('content-type', 'application/json');
      return response.end(
        `${JSON.stringify({ ready: why === null, because: why, calls: Object.fromEntries(calls()) })}\n`,
      );
    }
    response.statusCode = path === '/ready' ? (why === null ? 200 : 503) : 404;
    return response.end(
      path === '/ready' ? `${why ?? 'ready'}\n` : 'there are /health, /ready, /status and /metrics\n',
    );
  });
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  return {
    port: address === null || typeof address === 'string' ? port : address.port,
    async close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
