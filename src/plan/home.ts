import type { Item } from '../items/item.ts';
import type { Entry } from '../ledger/ledger.ts';
import { type PlanInput, type RouteRule, type TrackerFacts, targetOf } from './input.ts';
import { routeOf } from './route.ts';

/** Where an item belongs; `facts` is null when that tracker is not in the configuration or there is no route. */
export interface Home {
  readonly facts: TrackerFacts | null;
  readonly route: RouteRule | null;
}

/**
 * The tracker of an item: where it was filed or where its create is under way, else where an issue with its key
 * stands, else where its route leads. A route that changes later moves nothing.
 */
export function homeOf(item: Item, entry: Entry | null, input: PlanInput): Home {
  const route = routeOf(item, input);
  if (entry !== null && isHeld(entry)) return { facts: trackerOf(entry, input.trackers), route };
  const routed = input.trackers.find(({ name }) => name === route?.tracker) ?? null;
  const marked = (facts: TrackerFacts) => (facts.issues.get(item.key) ?? []).length > 0;
  if (routed !== null && marked(routed)) return { facts: routed, route };
  return { facts: input.trackers.find(marked) ?? routed, route };
}

/** Whether an entry ties its item to a tracker: an issue or an unsettled create is there. */
export function isHeld(entry: Entry): boolean {
  return entry.issue !== null || entry.claim !== null;
}

/** The configured tracker that an entry was filed on: by what it is, not by what it is called. */
export function trackerOf(entry: Pick<Entry, 'target'>, trackers: readonly TrackerFacts[]): TrackerFacts | null {
  const target = entry.target.toLowerCase();
  return trackers.find((facts) => targetOf(facts).toLowerCase() === target) ?? null;
}
