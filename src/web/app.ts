import { Hono } from 'hono';
import { basicAuth } from 'hono/basic-auth';
import { secureHeaders } from 'hono/secure-headers';
import type { Queues } from '../../workers/queues.ts';
import type { Report } from '../report/report.ts';
import { board } from './board.ts';

/** What the pages show; nothing is worked out here. */
export interface Sources {
  /** The follow-up by what is known; asks no tracker. */
  readonly report: () => Promise<Report>;
  /** Prometheus' text, and its content type. */
  readonly metrics: () => Promise<{ readonly text: string; readonly type: string }>;
  /** Why nothing works at the moment; null when it does. */
  readonly trouble: () => string | null;
  /** Null where no Redis is configured. */
  readonly queues: Queues | null;
}

export interface AppOptions {
  /** Lets people who have it change queues; without one the queues are shown only. */
  readonly token: string | null;
  /** Names under which the pages may be asked for; a page of another site that resolves to us is refused. Null for any. */
  readonly hosts: ReadonlySet<string> | null;
}

/** The pages: the follow-up at `/`, the queues at `/queues`, and `/report.json`, `/metrics`, `/health`. */
export function makeApp(sources: Sources, options: AppOptions): Hono {
  const app = new Hono();
  app.use(async (context, next) => {
    const host = (context.req.header('host') ?? '').replace(/:\d+$/, '').toLowerCase();
    if (options.hosts !== null && !options.hosts.has(host)) return context.text('this name is not served here\n', 421);
    return next();
  });
  app.use(
    '/',
    secureHeaders({
      contentSecurityPolicy: { defaultSrc: ["'none'"], styleSrc: ["'unsafe-inline'"], imgSrc: ['data:'] },
    }),
  );
  app.get('/', async (context) => {
    const { renderHtml } = await import('../report/html.ts');
    return context.html(renderHtml(await sources.report()));
  });
  app.get('/report.json', async (context) => {
    const { renderJson } = await import('../report/json.ts');
    return context.body(renderJson(await sources.report()), 200, { 'content-type': 'application/json' });
  });
  app.get('/health', (context) => {
    const trouble = sources.trouble();
    return context.text(`${trouble ?? 'fine'}\n`, trouble === null ? 200 : 503);
  });
  app.get('/metrics', async (context) => {
    const { text, type } = await sources.metrics();
    return context.body(text, 200, { 'content-type': type });
  });
  if (options.token !== null)
    app.use('/queues/*', basicAuth({ verifyUser: (_name, password) => same(password, options.token ?? '') }));
  if (sources.queues === null)
    app.get('/queues', (context) => context.text('there are no queues: no Redis is configured\n', 404));
  else app.route('/queues', board(sources.queues, options.token === null));
  return app;
}

/** Compares in a time that does not depend on where the texts differ. */
function same(given: string, wanted: string): boolean {
  let difference = given.length ^ wanted.length;
  for (let at = 0; at < wanted.length; at += 1) difference |= (given.charCodeAt(at) || 0) ^ wanted.charCodeAt(at);
  return difference === 0;
}
