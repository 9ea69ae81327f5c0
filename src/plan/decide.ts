import type { Item } from '../items/item.ts';
import type { Claim, Entry } from '../ledger/ledger.ts';
import { base, nothing } from './changes.ts';
import { draftOf } from './draft.ts';
import { homeOf, isHeld } from './home.ts';
import { nameOf, type PlanInput, type RouteRule, type TrackerFacts } from './input.ts';
import { known } from './known.ts';
import type { Change } from './plan.ts';
import { settle } from './settle.ts';
import { tracked } from './tracked.ts';

/** The one change of an item. Read it as a list of cases: the first that applies decides. */
export function decide(item: Item, entry: Entry | null, input: PlanInput): Change {
  const { facts, route } = homeOf(item, entry, input);
  return (
    notChosen(item, entry, facts, input) ??
    dropped(item, entry, facts, input) ??
    tracked(item, entry, facts, input.trackers) ??
    homeless(item, entry, facts, route) ??
    onTracker(item, entry, facts, route, input)
  );
}

function onTracker(
  item: Item,
  entry: Entry | null,
  facts: TrackerFacts | null,
  route: RouteRule | null,
  input: PlanInput,
): Change {
  if (facts === null) return nothing(item, null, 'no route takes it');
  return (
    unavailable(item, entry, facts) ??
    known(item, entry, facts, input) ??
    lost(item, entry, facts) ??
    doubtful(item, facts, input) ??
    unsettled(item, entry, facts, route, input) ??
    create(item, facts, route, input, null, 'not filed yet')
  );
}

function notChosen(item: Item, entry: Entry | null, facts: TrackerFacts | null, input: PlanInput): Change | null {
  const { only } = input.options;
  if (only === null || only.has(item.key)) return null;
  return nothing(item, facts?.name ?? null, 'not among the chosen ones', { issue: entry?.issue ?? null });
}

function dropped(item: Item, entry: Entry | null, facts: TrackerFacts | null, input: PlanInput): Change | null {
  if (!input.dropped.has(item.key)) return null;
  const issue = entry?.issue ?? null;
  const filed = issue === null ? '' : '; the issue that was filed before is left as it is';
  return nothing(item, facts?.name ?? null, `dropped in the review${filed}`, { issue });
}

/** An item without a place: no route takes it, or the place where it was filed is not in the configuration. */
function homeless(item: Item, entry: Entry | null, facts: TrackerFacts | null, route: RouteRule | null): Change | null {
  if (facts !== null) return null;
  if (entry !== null && isHeld(entry)) {
    const because = `it was filed on ${entry.target}, which is not in the configuration: left there`;
    return nothing(item, entry.tracker, because, { issue: entry.issue });
  }
  if (route === null) return nothing(item, null, 'no route takes it');
  return nothing(item, route.tracker, `its route leads to ${route.tracker}, which is not in the configuration`);
}

function unavailable(item: Item, entry: Entry | null, facts: TrackerFacts): Change | null {
  if (facts.unavailable === null) return null;
  return nothing(item, facts.name, facts.unavailable, { issue: entry?.issue ?? null });
}

/** An item whose issue the ledger knows and the tracker no longer shows. It is never filed a second time. */
function lost(item: Item, entry: Entry | null, facts: TrackerFacts): Change | null {
  if (entry === null || entry.issue === null) return null;
  const name = nameOf(facts.type, entry.issue.id);
  const gone = entry.deletedAt !== null || facts.lookedFor.get(item.key)?.what === 'gone';
  const because = gone
    ? `its issue ${name} was deleted on the tracker: not filed again`
    : `its issue ${name} could not be seen this time: left as it is`;
  return nothing(item, facts.name, because, { issue: entry.issue });
}

/** An item that may be a known one said anew is shown with both texts, and never guessed. */
function doubtful(item: Item, facts: TrackerFacts, input: PlanInput): Change | null {
  const doubt = input.doubts.find(({ key }) => key === item.key);
  if (doubt === undefined || doubt.maybe.length === 0) return null;
  const notes = [
    `now: “${item.quote}”`,
    ...doubt.maybe.map(({ key, quote }) => `before (${key}): “${quote}”`),
    ...(doubt.because === '' ? [] : [doubt.because]),
  ];
  const titles = doubt.maybe.map(({ title }) => `“${title}”`).join(' or ');
  return nothing(item, facts.name, `may be ${titles} said anew: settle it with review`, { notes });
}

function unsettled(
  item: Item,
  entry: Entry | null,
  facts: TrackerFacts,
  route: RouteRule | null,
  input: PlanInput,
): Change | null {
  if (entry === null || entry.claim === null) return null;
  const settled = settle(item.key, entry.claim, facts, input.options.now);
  if (settled.is === 'again') return create(item, facts, route, input, entry.claim, settled.because);
  if (settled.is === 'busy') return nothing(item, facts.name, settled.because);
  const { until, because } = settled;
  return { ...base(item, facts), do: 'wait', until, because, fields: {}, notes: [] };
}

function create(
  item: Item,
  facts: TrackerFacts,
  route: RouteRule | null,
  input: PlanInput,
  instead: Claim | null,
  because: string,
): Change {
  const { draft, wrote, notes } = draftOf(item, facts, route, input.people, null);
  const fields = {
    title: { from: null, to: draft.title },
    ...listField('labels', draft.labels),
    ...listField('assignees', draft.assignees),
    ...listField('milestone', draft.milestone === null ? [] : [draft.milestone]),
    ...listField('importance', draft.importance === null ? [] : [draft.importance]),
  };
  return { ...base(item, facts), do: 'create', draft, instead, wrote, because, fields, notes };
}

function listField(name: string, values: readonly string[]) {
  return values.length === 0 ? {} : { [name]: { from: null, to: values.join(', ') } };
}
