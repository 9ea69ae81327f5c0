import { isDeepStrictEqual } from 'node:util';
import { type Item, knownOf } from '../items/item.ts';
import type { Entry, Wrote } from '../ledger/ledger.ts';
import { base, nothing } from './changes.ts';
import { draftOf, titleOf, type Wanted } from './draft.ts';
import { stays } from './duplicates.ts';
import { isClosed, nameOf, type OwnIssue, type PlanInput, type TrackerFacts } from './input.ts';
import { hasLabel, IGNORE_LABEL } from './labels.ts';
import { type Merged, merge } from './merge.ts';
import type { Change } from './plan.ts';
import { routeOf, routeTo } from './route.ts';

/** What becomes of an item whose issue is on the tracker: adopted, updated, or left with the reason; null when none is there. */
export function known(item: Item, entry: Entry | null, facts: TrackerFacts, input: PlanInput): Change | null {
  const own = stays(facts.issues.get(item.key) ?? []);
  if (own === null) return null;
  const { wanted, route } = wantedOf(item, entry, own, facts, input);
  const merged = merge(own, entry, wanted, facts, route);
  const stop = standStill(own, facts);
  const free = stop === null ? merged : held(stop, merged);
  if (entry === null || entry.issue?.id !== own.issue.id) return adopt(item, own, free, wanted, facts);
  if (free.patch !== null) return update(item, own, free, wanted, facts);
  const because = stop ?? (free.kept.join('; ') || 'up to date');
  const notes = stop === null ? [] : free.kept.slice(1);
  return { ...nothing(item, facts.name, because, { issue: own.issue, notes }), ...remembered(item, entry, free.wrote) };
}

/** Asks for a change of the ledger alone, where it does not hold the item as it is stated now. */
function remembered(item: Item, entry: Entry, wrote: Wrote): { readonly wrote?: Wrote } {
  const { at: _, ...before } = entry.wrote ?? { at: null };
  const isKept = isDeepStrictEqual(before, wrote) && isDeepStrictEqual(entry.item, knownOf(item));
  return isKept ? {} : { wrote };
}

function adopt(item: Item, own: OwnIssue, merged: Merged, wanted: Wanted, facts: TrackerFacts): Change {
  const { patch, fields, wrote, kept } = merged;
  const because = `${nameOf(facts.type, own.issue.id)} carries its key already: taken over, not filed again`;
  const notes = [...kept, ...(patch === null ? [] : wanted.notes)];
  return { ...base(item, facts), do: 'adopt', issue: own.issue, patch, fields, wrote, because, notes };
}

function update(item: Item, own: OwnIssue, merged: Merged, wanted: Wanted, facts: TrackerFacts): Change {
  const { fields, wrote, kept } = merged;
  const because = `changed since it was filed: ${Object.keys(fields).join(', ')}`;
  const notes = [...kept, ...wanted.notes];
  return {
    ...base(item, facts),
    do: 'update',
    issue: own.issue,
    patch: merged.patch ?? {},
    fields,
    wrote,
    because,
    notes,
  };
}

/** Why an issue is left alone as a whole; null when it is not. */
function standStill({ issue }: OwnIssue, facts: TrackerFacts): string | null {
  if (hasLabel(issue.labels, IGNORE_LABEL)) return `labelled ${IGNORE_LABEL}: left alone`;
  if (issue.duplicateOf !== null)
    return `marked as a duplicate of ${nameOf(facts.type, issue.duplicateOf)}: left as it is`;
  if (isClosed(issue)) return `${issue.state} on the tracker (${issue.raw}): left as it is`;
  return null;
}

/** The merge of an issue that is left alone: nothing is written, what would have been is said. */
function held(stop: string, merged: Merged): Merged {
  const moved = merged.patch === null ? [] : [`the notes differ by now: ${Object.keys(merged.fields).join(', ')}`];
  return { patch: null, fields: {}, wrote: merged.unwritten, unwritten: merged.unwritten, kept: [stop, ...moved] };
}

/** What the notes want of an issue that is there. A route that now leads elsewhere changes nothing on it. */
function wantedOf(item: Item, entry: Entry | null, own: OwnIssue, facts: TrackerFacts, input: PlanInput) {
  const taken = routeOf(item, input);
  const route = taken?.tracker === facts.name ? taken : routeTo(facts.name, item, input.routes);
  const wanted = draftOf(item, facts, route, input.people, entry, own.issue.assignees);
  const wrote = entry?.wrote ?? null;
  if (taken?.tracker === facts.name || wrote === null) return { wanted, route };
  return { wanted: asRoutedThen(item, wanted, wrote, entry, facts), route };
}

function asRoutedThen(
  item: Item,
  wanted: Wanted,
  wrote: Wanted['wrote'],
  entry: Entry | null,
  facts: TrackerFacts,
): Wanted {
  const title = titleOf(item.title, prefixOf(wrote.title, entry?.item.title ?? '', facts), facts);
  const kept = { title, labels: wrote.labels };
  return { ...wanted, draft: { ...wanted.draft, ...kept }, wrote: { ...wanted.wrote, ...kept } };
}

/** The prefix that the route of that time gave. */
function prefixOf(written: string, title: string, facts: TrackerFacts): string {
  const bare = titleOf(title, '', facts);
  return bare !== '' && written.endsWith(bare) ? written.slice(0, written.length - bare.length) : '';
}
