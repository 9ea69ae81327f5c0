import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { HonoAdapter } from '@bull-board/hono';
import { serveStatic } from '@hono/node-server/serve-static';
import type { Hono } from 'hono';
import type { Queues } from '../../workers/queues.ts';

/** Bull Board over our queues, to be mounted at `/queues`. */
export function board(queues: Queues, readOnlyMode: boolean): Hono {
  const adapter = new HonoAdapter(serveStatic);
  adapter.setBasePath('/queues');
  createBullBoard({
    queues: [...queues.all.values()].map((queue) => new BullMQAdapter(queue, { readOnlyMode })),
    serverAdapter: adapter,
  });
  return adapter.registerPlugin();
}
