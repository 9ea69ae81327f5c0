import { messageOf } from '../errors.ts';
import type { Ref } from '../items/item.ts';
import { type AskClock, Asking, type AskLimits, type Get, NotNow } from './asking.ts';
import { type FollowedRef, unknownRef } from './followed.ts';
import { gerritChanges } from './gerrit.ts';
import { githubIssues } from './github.ts';
import { launchpadBlueprints, launchpadBugs } from './launchpad.ts';
import type { Memo } from './memo.ts';
import { isFresh, keepIn, type Remembered, recall } from './memory.ts';
import { type Found, type Hosts, hostOf, PUBLIC_HOSTS, type Service } from './service.ts';
import { storyboardStories } from './storyboard.ts';

export interface FollowOptions {
  readonly get: Get;
  /** Where answers are kept between runs; null asks every time. */
  readonly memo: Memo | null;
  readonly clock: AskClock;
  readonly limits: AskLimits & {
    /** An answer is believed so long; one about work that is over, longer. */
    readonly freshMs: number;
    readonly overFreshMs: number;
  };
  /** Raises GitHub's limit and opens what is private; null reads what is public. */
  readonly githubToken: string | null;
  readonly hosts?: Hosts;
}

/** Limits that are kind to public services: five requests a second, ten minutes fresh, a day once the work is over. */
export const FOLLOW_LIMITS = {
  gapMs: 200,
  perHost: 200,
  freshMs: 10 * 60_000,
  overFreshMs: 24 * 3_600_000,
} as const satisfies FollowOptions['limits'];

/** One thing to look at, under the name in its service; several refs may point to it. */
interface Wanted {
  readonly service: Service;
  readonly base: string;
  readonly id: string;
  readonly memory: Remembered | null;
}

/**
 * The present state of what refs point to, by the address of the ref: one entry each, whatever fails. What cannot be
 * reached is `unknown`, or as it was last seen, with a remark; kinds that have no state (pages, specs) are left out.
 */
export async function followRefs(
  refs: readonly Ref[],
  options: FollowOptions,
): Promise<ReadonlyMap<string, FollowedRef>> {
  const services = servicesOf(options);
  const wanted = new Map<string, Wanted>();
  const names = new Map<string, string>();
  const states = new Map<string, FollowedRef>();
  for (const ref of refs) {
    if (!FOLLOWED.has(ref.kind)) continue;
    const one = placeOf(services, ref);
    if (one === null) {
      states.set(ref.url, unknownRef(`${hostOf(ref.url) || ref.url} is not followed`));
      continue;
    }
    const name = `ref:${one.base}:${one.service.name}:${one.id}`;
    names.set(ref.url, name);
    if (!wanted.has(name)) wanted.set(name, { ...one, memory: await recall(options.memo, name) });
  }
  const found = await lookAtAll(wanted, options);
  for (const [url, name] of names) states.set(url, found.get(name) ?? unknownRef('it could not be looked up'));
  return states;
}

const FOLLOWED: ReadonlySet<string> = new Set([
  'launchpad-bug',
  'launchpad-blueprint',
  'github-issue',
  'github-pull',
  'gerrit-change',
  'storyboard-story',
]);

function servicesOf({ hosts = PUBLIC_HOSTS, githubToken }: FollowOptions): Service[] {
  return [
    launchpadBugs(hosts.launchpad),
    launchpadBlueprints(hosts.launchpad),
    githubIssues(hosts.github, githubToken),
    gerritChanges(hosts.gerrit),
    storyboardStories(hosts.storyboard),
  ];
}

function placeOf(services: readonly Service[], ref: Ref): Omit<Wanted, 'memory'> | null {
  for (const service of services) {
    const place = service.place(ref);
    if (place !== null) return { service, ...place };
  }
  return null;
}

/** Hosts side by side, the questions to one host one after the other. */
async function lookAtAll(
  wanted: ReadonlyMap<string, Wanted>,
  options: FollowOptions,
): Promise<ReadonlyMap<string, FollowedRef>> {
  const found = new Map<string, FollowedRef>();
  const hosts = new Map<string, [string, Wanted][]>();
  for (const [name, one] of wanted) {
    if (isFresh(one.memory, options.clock.now(), options.limits)) found.set(name, one.memory.thing);
    else hosts.set(one.base, [...(hosts.get(one.base) ?? []), [name, one]]);
  }
  const lookAtHost = async ([base, things]: [string, [string, Wanted][]]) => {
    const asking = new Asking(hostOf(base), options.get, options.limits, options.clock);
    for (const batch of batchesOf(things)) await lookAtBatch(asking, batch, found, options);
  };
  await Promise.all([...hosts].map(lookAtHost));
  return found;
}

async function lookAtBatch(
  asking: Asking,
  batch: readonly [string, Wanted][],
  found: Map<string, FollowedRef>,
  { memo, clock }: FollowOptions,
): Promise<void> {
  const [first] = batch;
  if (first === undefined) return;
  const { service, base } = first[1];
  const asked = batch.map(([, { id, memory }]) => ({ id, etag: memory?.etag ?? null }));
  let answers: ReadonlyMap<string, Found> | string;
  try {
    answers = await service.look(asking, base, asked);
  } catch (error) {
    // A service that fails in a way we did not think of must not take the report with it.
    answers =
      error instanceof NotNow ? error.message : `${service.name}'s answer could not be read: ${messageOf(error)}`;
  }
  for (const [name, one] of batch) {
    const now = typeof answers === 'string' ? stale(one.memory, answers) : settle(one, answers.get(one.id), clock);
    found.set(name, now.thing);
    if (now.keep !== null) await keepIn(memo, name, now.keep);
  }
}

/** What was last seen, when the service cannot be asked now. */
function stale(memory: Remembered | null, why: string): Settled {
  if (memory === null) return { thing: unknownRef(why), keep: null };
  const seen = `as seen on ${new Date(memory.at).toISOString().slice(0, 10)}: ${why}`;
  return { thing: { ...memory.thing, remarks: [...memory.thing.remarks, seen] }, keep: null };
}

interface Settled {
  readonly thing: FollowedRef;
  /** What is to be remembered; null leaves the memory as it is. */
  readonly keep: Remembered | null;
}

function settle({ memory }: Wanted, answer: Found | undefined, clock: AskClock): Settled {
  const at = clock.now().getTime();
  if (answer?.found === 'thing') {
    const { thing, etag } = answer;
    const kept = { ...thing, assignees: [...thing.assignees], remarks: [...thing.remarks] };
    return { thing, keep: { at, etag, thing: kept } };
  }
  if (answer?.found === 'same' && memory !== null) return { thing: memory.thing, keep: { ...memory, at } };
  return { thing: unknownRef(answer?.found === 'nothing' ? answer.remark : 'it could not be looked up'), keep: null };
}

/** Groups of one service's things, no larger than it takes at once. */
function batchesOf(things: readonly [string, Wanted][]): [string, Wanted][][] {
  const batches: [string, Wanted][][] = [];
  for (const thing of things) {
    const last = batches.at(-1);
    const [, first] = last?.[0] ?? [];
    if (last !== undefined && first?.service === thing[1].service && last.length < first.service.batch)
      last.push(thing);
    else batches.push([thing]);
  }
  return batches;
}
