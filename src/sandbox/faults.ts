import { type Chance, chosen, type Fault, matches, type Rule } from './fault-plan.ts';
import { play } from './fault-play.ts';
import { type Incoming, listen, type Outgoing, type Running } from './http.ts';

/** What goes wrong: by rules first (each request takes the first one that is due), else by chance. */
export interface FaultPlan {
  readonly rules?: readonly Rule[];
  readonly chance?: Chance;
}

/** A request as the proxy saw it. */
interface Recorded {
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
