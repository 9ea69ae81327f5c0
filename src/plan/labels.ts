import type { Item } from '../items/item.ts';
import type { RouteRule, TrackerFacts } from './input.ts';

/** The label that stops us on an issue. */
export const IGNORE_LABEL = 'ptg-tracker-ignore';

/**
 * The labels or tags that an issue of ours gets. GitHub: the tracker's, the kind, the route's. Launchpad: the
 * tracker's and the route's only, because its projects ask not to be given new tags.
 */
export function labelsFor(item: Pick<Item, 'kind'>, facts: TrackerFacts, route: RouteRule | null): string[] {
  const kind = facts.type === 'github' ? [item.kind] : [];
  const own = [...facts.labels, ...kind, ...(route?.labels ?? []), ...(route?.tags ?? [])];
  return unique(own).filter((label) => !saysRfeWrongly(label, item, facts));
}

/** A Launchpad route that names `rfe` means it for RFEs; an action that takes it is no request for the drivers. */
function saysRfeWrongly(label: string, item: Pick<Item, 'kind'>, facts: TrackerFacts): boolean {
  return facts.type === 'launchpad' && label === 'rfe' && item.kind !== 'rfe' && !facts.labels.includes(label);
}

/** Each label once; trackers do not tell them apart by case. */
function unique(labels: readonly string[]): string[] {
  const seen = new Map<string, string>();
  for (const label of labels) if (!seen.has(label.toLowerCase())) seen.set(label.toLowerCase(), label);
  return [...seen.values()];
}

/** Whether a list holds a label, whatever its case. */
export function hasLabel(labels: readonly string[], label: string): boolean {
  const wanted = label.toLowerCase();
  return labels.some((other) => other.toLowerCase() === wanted);
}
