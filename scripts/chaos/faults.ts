import { type Fault, limit, type Rule } from '../../src/sandbox/fault-plan.ts';
import type { FaultPlan } from '../../src/sandbox/faults.ts';
import type { Random } from './random.ts';

type Type = 'github' | 'launchpad';

/** Longer than a request may take here. */
export const TIMEOUT_MS = 3_000;
const LATER_MS = 3_600_000;

/** What goes wrong with any request, by the name under which it is counted. */
const ANY: Readonly<Record<string, () => Fault>> = {
  'dropped before it arrived': () => ({ do: 'drop', when: 'before' }),
  'dropped after it was done': () => ({ do: 'drop', when: 'after' }),
  '500 before': () => ({ do: 'answer', when: 'before', status: 500 }),
  '500 after': () => ({ do: 'answer', when: 'after', status: 500 }),
  '502 before': () => ({ do: 'answer', when: 'before', status: 502 }),
  '502 after': () => ({ do: 'answer', when: 'after', status: 502 }),
  '504 before': () => ({ do: 'answer', when: 'before', status: 504 }),
  '504 after': () => ({ do: 'answer', when: 'after', status: 504 }),
  'truncated answer': () => ({ do: 'truncate' }),
  'answer that is no JSON': () => ({ do: 'garbage' }),
  'hourly limit, 403': () =>
    limit({ status: 403, kind: 'primary', reset: new Date(Date.now() + LATER_MS), retryAfter: 3_600 }),
  'hourly limit, 403, no retry-after': () =>
    limit({ status: 403, kind: 'primary', reset: new Date(Date.now() + LATER_MS) }),
  'hourly limit, 429': () =>
    limit({ status: 429, kind: 'primary', reset: new Date(Date.now() + LATER_MS), retryAfter: 3_600 }),
  'hourly limit, 429, no retry-after': () =>
    limit({ status: 429, kind: 'primary', reset: new Date(Date.now() + LATER_MS) }),
  'limit for bursts, 403': () => limit({ status: 403, kind: 'secondary', retryAfter: 1 }),
  'limit for bursts, 403, no retry-after': () => limit({ status: 403, kind: 'secondary' }),
  'limit for bursts, 429': () => limit({ status: 429, kind: 'secondary', retryAfter: 1 }),
  'limit for bursts, 429, no retry-after': () => limit({ status: 429, kind: 'secondary' }),
};
const SLOW = 'answer after the time-out';
const STALE = 'stale list';
const DISABLED = '410';
const LABELS = 'labels dropped';

/** The writes and lists of each service. */
const PLACES = {
  github: { create: /\/issues$/, change: /\/issues\/\d+/, list: /\/issues\?/, nothing: '[]' },
  launchpad: {
    create: /\/bugs$/,
    change: /\/(?:bugs|\+bug)\/\d+/,
    list: /searchTasks/,
    nothing: '{"total_size":0,"start":0,"entries":[]}',
  },
} as const satisfies Record<Type, object>;

/** Faults of one run, with the names under which they are counted. */
export interface Drawn {
  readonly plan: FaultPlan;
  readonly names: ReadonlyMap<Fault, string>;
}

/** No faults at all. */
export const NO_FAULTS: Drawn = { plan: {}, names: new Map() };

/** Draws what goes wrong in one run on one service: some requests by number, or any request by chance. */
export function drawFaults(random: Random, type: Type): Drawn {
  const names = new Map<Fault, string>();
  const named = (name: string, fault: Fault): Fault => {
    names.set(fault, name);
    return fault;
  };
  const any = (): Fault => {
    const name = random.pick(Object.keys(ANY));
    return named(name, (ANY[name] ?? (() => ({ do: 'truncate' as const })))());
  };
  if (random.chance(0.2)) {
    const chance = { seed: random.below(1_000_000), rate: 0.08 + 0.2 * random.next(), faults: [any(), any(), any()] };
    return { plan: { chance }, names };
  }
  const draw = () => drawRule(random, type, any, named);
  return { plan: { rules: Array.from({ length: 1 + random.below(3) }, draw) }, names };
}

function drawRule(random: Random, type: Type, any: () => Fault, named: (name: string, fault: Fault) => Fault): Rule {
  const { create, change, list, nothing } = PLACES[type];
  const onCreate = { method: 'POST', path: create, nth: 1 + random.below(5) };
  const onList = { method: 'GET', path: list, nth: 1, times: 1 + random.below(2) };
  const lot = random.next();
  if (lot < 0.5) return { ...onCreate, times: random.chance(0.3) ? 2 : 1, fault: any() };
  if (lot < 0.56) return { ...onCreate, fault: named(SLOW, { do: 'slow', ms: TIMEOUT_MS + 500 }) };
  if (lot < 0.66) return { ...onList, fault: named(STALE, { do: 'stale', instead: nothing }) };
  if (lot < 0.72) return { method: 'GET', path: list, nth: 1, times: random.pick([1, 9]), fault: any() };
  if (lot < 0.8) return { ...onCreate, fault: named(DISABLED, disabled()) };
  if (lot < 0.86 && type === 'github')
    return { ...onCreate, fault: named(LABELS, { do: 'without', fields: ['labels'] }) };
  return { method: 'PATCH', path: change, nth: 1 + random.below(2), fault: any() };
}

function disabled(): Fault {
  const body = JSON.stringify({ message: 'Issues are disabled for this repo' });
  return { do: 'answer', when: 'before', status: 410, body };
}

/** Whether a fault shows an older state, so that a second issue is to be expected, and to be closed afterwards. */
export function isStale(name: string): boolean {
  return name === STALE;
}

/** What goes wrong with the creates of workers: nothing for which a queue pauses longer than a round lasts. */
export function drawWorkerFaults(random: Random, type: Type): Drawn {
  const names = new Map<Fault, string>();
  // Launchpad has other words for its limit; a 403 of GitHub's would be a missing permission there.
  const fit = type === 'github' ? /^(?!.*limit)|^limit for bursts, \d+$/ : /^(?!.*limit)/;
  const short = Object.entries(ANY).filter(([name]) => fit.test(name));
  const rules = Array.from({ length: 1 + random.below(3) }, (): Rule => {
    const [name, make] = random.pick(short);
    const fault = make();
    names.set(fault, name);
    return { method: 'POST', path: PLACES[type].create, nth: 1 + random.below(6), fault };
  });
  return { plan: { rules }, names };
}
