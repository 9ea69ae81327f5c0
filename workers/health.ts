import { once } from 'node:events';
import { createServer } from 'node:http';
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
}

/** Answers `/health` (the process lives), `/ready` (it takes jobs; 503 with the reason when not) and `/metrics`. */
export async function serveHealth({ host, port, metrics, notReady }: HealthOptions): Promise<Health> {
  const server = createServer(async (request, response) => {
    const path = request.url?.split('?')[0];
    const why = notReady();
    if (path === '/metrics') {
      response.setHeader('content-type', metrics.registry.contentType);
      return response.end(await metrics.registry.metrics());
    }
    if (path === '/health') return response.end('alive\n');
    response.statusCode = path === '/ready' ? (why === null ? 200 : 503) : 404;
    return response.end(path === '/ready' ? `${why ?? 'ready'}\n` : 'there are /health, /ready and /metrics\n');
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
