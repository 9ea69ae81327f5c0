import type { ServerResponse } from 'node:http';
import { type Chance, chosen, type Fault, matches, type Rule } from './fault-plan.ts';
import { forward, type Incoming, listen, type Outgoing, type Running, send } from './http.ts';

/** What goes wrong: by rules first (each request takes the first one that is due), else by chance. */
export interface FaultPlan {
  readonly rules?: readonly Rule[];
  readonly chance?: Chance;
}

/** A request as the proxy saw it. */
export interface Recorded {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Whether the tracker behind got it. */
  readonly forwarded: boolean;
  readonly fault: Fault | null;
  /** The status that the asker got; null when it got none. */
  readonly status: number | null;
}

export interface FaultProxy extends Running {
  /** Everything that came in, oldest first. */
  readonly requests: readonly Recorded[];
  /** The recorded requests of a method whose path holds a text. */
  sent(method: string, path?: string | RegExp): readonly Recorded[];
  /** From now on this plan; counting begins anew, and what was recorded is forgotten. */
  plan(plan: FaultPlan): void;
}

/** A proxy in front of a tracker on loopback that breaks things in a way that can be repeated. */
export async function startFaultProxy(options: {
  readonly target: string;
  readonly plan?: FaultPlan;
  readonly port?: number;
}): Promise<FaultProxy> {
  const requests: Recorded[] = [];
  const older = new Map<string, Outgoing>();
  const counts = new Map<object | string, number>();
  let plan = options.plan ?? {};
  const proxy: Running = await listen(async (request, response) => {
    const fault = choose(plan, request, counts);
    const slot = requests.length;
    const record = (forwarded: boolean, status: number | null) => {
      requests[slot] = { ...request, forwarded, fault, status };
    };
    record(false, null);
    await play({ fault, request, response, target: options.target, older, record });
  }, options.port);
  return {
    ...proxy,
    requests,
    sent: (method, path = '') => requests.filter((one) => matches({ method, path }, one)),
    plan: (next) => {
      plan = next;
      counts.clear();
      requests.length = 0;
    },
  };
}

function choose(plan: FaultPlan, request: Incoming, counts: Map<object | string, number>): Fault | null {
  const count = (what: object | string) => {
    const number = (counts.get(what) ?? 0) + 1;
    counts.set(what, number);
    return number;
  };
  // Every rule counts what it matches, so that "the 2nd POST" is the 2nd POST whatever else is planned.
  const due = (plan.rules ?? []).filter((rule) => {
    if (!matches(rule, request)) return false;
    const number = count(rule);
    const first = rule.nth ?? 1;
    return number >= first && number < first + (rule.times ?? (rule.nth === undefined ? Number.POSITIVE_INFINITY : 1));
  });
  if (due[0] !== undefined) return due[0].fault;
  if (plan.chance === undefined) return null;
  const what = `${request.method} ${request.path}`;
  return chosen(plan.chance, request, count(what));
}

interface Play {
  readonly fault: Fault | null;
  readonly request: Incoming;
  readonly response: ServerResponse;
  readonly target: string;
  readonly older: Map<string, Outgoing>;
  readonly record: (forwarded: boolean, status: number | null) => void;
}

async function play(scene: Play): Promise<void> {
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
