import type { ServerResponse } from 'node:http';
import type { Fault } from './fault-plan.ts';
import { forward, type Incoming, type Outgoing, send } from './http.ts';

/** A request, what goes wrong with it, and where its answer goes. */
export interface Play {
  readonly fault: Fault | null;
  readonly request: Incoming;
  readonly response: ServerResponse;
  readonly target: string;
  readonly older: Map<string, Outgoing>;
  readonly record: (forwarded: boolean, status: number | null) => void;
}

/** Answers one request, rightly or wrongly. */
export async function play(scene: Play): Promise<void> {
  const { fault, request, response, target, record } = scene;
  if (fault === null) return answer(scene, await pass(scene));
  switch (fault.do) {
    case 'drop':
      if (fault.when === 'after') await pass(scene);
      record(fault.when === 'after', null);
      response.destroy();
      return;
    case 'answer':
      if (fault.when === 'after') await pass(scene);
      return answer(scene, page(fault), fault.when === 'after');
    case 'truncate':
      return truncate(scene, await pass(scene));
    case 'garbage':
      return answer(scene, { ...(await pass(scene)), body: '<html>An answer of something else</html>' });
    case 'slow':
      return slowly(scene, await pass(scene), fault.ms);
    case 'stale':
      return stale(scene, fault.instead);
    case 'redirect': {
      const location = `${request.path.replace(fault.from, fault.to)}`;
      const headers = { location: `http://${request.headers.host}${location}`, 'content-type': 'application/json' };
      return answer(scene, { status: fault.status, headers, body: '{"message":"Moved"}' }, false);
    }
    case 'without':
      return answer(scene, await forward(target, without(request, fault.fields)));
    default:
      return fault satisfies never;
  }
}

async function pass({ request, target, older, record }: Play): Promise<Outgoing> {
  record(true, null);
  const given = await forward(target, request);
  if (request.method === 'GET' && !older.has(request.path) && given.status === 200) older.set(request.path, given);
  return given;
}

function answer({ response, record }: Play, given: Outgoing, forwarded = true): void {
  record(forwarded, given.status);
  send(response, given);
}

function page(fault: Extract<Fault, { do: 'answer' }>): Outgoing {
  const json = fault.body?.startsWith('{') === true;
  const type = { 'content-type': json ? 'application/json; charset=utf-8' : 'text/html' };
  return { status: fault.status, headers: { ...type, ...fault.headers }, body: fault.body ?? '<html>Unicorn!</html>' };
}

/** Half of the answer under a length that promises all of it, then the connection ends. */
function truncate({ response, record }: Play, given: Outgoing): void {
  record(true, given.status);
  response.writeHead(given.status, { ...given.headers, 'content-length': Buffer.byteLength(given.body) + 1 });
  response.write(given.body.slice(0, Math.ceil(given.body.length / 2)), () => response.destroy());
}

function slowly(scene: Play, given: Outgoing, ms: number): void {
  const timer = setTimeout(() => answer(scene, given), ms);
  scene.response.on('close', () => clearTimeout(timer));
}

/** The first answer that this address ever gave; a given one where it gave none. */
async function stale(scene: Play, instead: string | undefined): Promise<void> {
  const first = scene.older.get(scene.request.path);
  if (first !== undefined) return answer(scene, first, false);
  const given = await pass(scene);
  const { etag: _, link: __, ...headers } = given.headers;
  answer(scene, instead === undefined ? given : { ...given, headers, body: instead });
}

function without(request: Incoming, fields: readonly string[]): Incoming {
  const given: unknown = JSON.parse(request.body || '{}');
  const kept = Object.entries(given as object).filter(([name]) => !fields.includes(name));
  return { ...request, body: JSON.stringify(Object.fromEntries(kept)) };
}
