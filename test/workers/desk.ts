import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDialect } from '../../src/trackers/github/dialect.ts';
import type { Draft, Issue } from '../../src/trackers/tracker.ts';
import { anIssue } from '../builders.ts';

/** What happens to a create: the issue is made or not, and the answer comes, is lost, is an error of the server, or a limit. */
export type Fault = 'lost after' | 'lost before' | '500 after' | '502 before' | 'limited';

export interface DeskOptions {
  /** The part of creates that meet a fault, 0 to 1. */
  readonly faults?: number;
  readonly seed?: number;
  /** How long a create takes at most. */
  readonly latencyMs?: number;
  /** How long a limit lasts. */
  readonly limitMs?: number;
  /** Issues younger than this are not in the lists yet. */
  readonly listLagMs?: number;
}

/** An issue desk on loopback: keeps issues for many processes, loses answers as real services do, and counts. */
export interface Desk {
  readonly url: string;
  readonly issues: Map<string, Issue>;
  readonly faults: Map<Fault, number>;
  /** Requests by kind: `create`, `list`, `get`. */
  readonly calls: Map<string, number>;
  /** The next creates meet these, before anything that is drawn by lot. */
  readonly script: Fault[];
  /** How many issues carry each key. */
  perKey(): Map<string, number>;
  close(): Promise<void>;
}

const FAULTS: readonly Fault[] = ['lost after', 'lost before', '500 after', '502 before', 'limited'];

/** Opens the desk on a free port. */
export async function openDesk(options: DeskOptions = {}): Promise<Desk> {
  const { faults: share = 0, latencyMs = 0, listLagMs = 0, limitMs = 1_200 } = options;
  const random = lots(options.seed ?? 1);
  const dialect = createDialect('github.com');
  const desk = {
    url: '',
    issues: new Map<string, Issue>(),
    faults: new Map<Fault, number>(),
    calls: new Map<string, number>(),
    script: [] as Fault[],
    perKey() {
      const counts = new Map<string, number>();
      for (const { body } of desk.issues.values()) {
        const key = dialect.find(body)?.key ?? 'none';
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
      return counts;
    },
    async close() {
      server.closeAllConnections();
      server.close();
    },
  };
  const server = createServer((request, response) => void serve(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  desk.url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  return desk;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const at = new URL(request.url ?? '', desk.url);
    if (request.method === 'POST') return create(JSON.parse(await text(request)) as Draft, response);
    const id = at.pathname.split('/')[2];
    count(desk.calls, id === undefined ? 'list' : 'get');
    if (id !== undefined) return answer(response, 200, desk.issues.get(id) ?? null);
    const since = at.searchParams.get('since') ?? '';
    const shown = new Date(Date.now() - listLagMs).toISOString();
    const listed = [...desk.issues.values()].filter(({ updatedAt }) => updatedAt >= since && updatedAt <= shown);
    return answer(response, 200, listed);
  }

  async function create(draft: Draft, response: ServerResponse): Promise<void> {
    count(desk.calls, 'create');
    const drawn = random() < share ? FAULTS[Math.floor(random() * FAULTS.length)] : undefined;
    const fault = desk.script.shift() ?? drawn;
    if (latencyMs > 0) await sleep(random() * latencyMs);
    if (fault !== undefined) count(desk.faults, fault);
    if (fault === 'limited') return answer(response, 429, { until: new Date(Date.now() + limitMs).toISOString() });
    if (fault === '502 before') return answer(response, 502, {});
    if (fault === 'lost before') return void response.destroy();
    const issue = put(draft);
    if (fault === 'lost after') return void response.destroy();
    if (fault === '500 after') return answer(response, 500, {});
    return answer(response, 201, issue);
  }

  function put({ title, body, labels, assignees }: Draft): Issue {
    const id = String(desk.issues.size + 1);
    const at = new Date().toISOString();
    const issue = anIssue({ id, url: `${desk.url}/issues/${id}`, title, body, labels, assignees });
    desk.issues.set(id, { ...issue, createdAt: at, updatedAt: at });
    return { ...issue, createdAt: at, updatedAt: at };
  }
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

function count<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** Numbers drawn by lot, the same for the same seed. */
export function lots(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
