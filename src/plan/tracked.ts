import { isDeepStrictEqual } from 'node:util';
import { type Item, knownOf, type Ref } from '../items/item.ts';
import type { Entry } from '../ledger/ledger.ts';
import { nothing } from './changes.ts';
import { stays } from './duplicates.ts';
import { nameOf, type TrackerFacts } from './input.ts';
import type { Change } from './plan.ts';

/** An item whose work has an issue already is linked to that one, not filed again; null when the notes name none. */
export function tracked(
  item: Item,
  entry: Entry | null,
  facts: TrackerFacts | null,
  trackers: readonly TrackerFacts[],
): Change | null {
  const ref = item.tracked;
  if (ref === null) return null;
  const own = facts === null ? null : (stays(facts.issues.get(item.key) ?? [])?.issue ?? entry?.issue ?? null);
  if (own !== null && facts !== null && isSame(ref, own, facts)) return null;
  const before =
    own === null || facts === null ? [] : [`${nameOf(facts.type, own.id)} was filed for it before: left to you`];
  const issue = { id: ref.id ?? ref.url, url: ref.url };
  const tracker = trackers.find((one) => isOn(ref, one))?.name ?? null;
  const linked = nothing(item, tracker, `already tracked: ${ref.url}`, { issue, notes: before });
  // The ledger keeps it, so that status follows it up without the notes.
  const isKept = entry !== null && isDeepStrictEqual(entry.item, knownOf(item));
  return isKept ? linked : { ...linked, wrote: entry?.wrote ?? null };
}

/** Whether a ref of the notes is the issue that we filed ourselves. */
function isSame(ref: Ref, own: { readonly id: string; readonly url: string }, facts: TrackerFacts): boolean {
  if (ref.url === own.url) return true;
  if (facts.type === 'launchpad') return ref.kind === 'launchpad-bug' && ref.id === own.id;
  return ref.kind === 'github-issue' && ref.id?.toLowerCase() === `${facts.target}#${own.id}`.toLowerCase();
}

function isOn(ref: Ref, facts: TrackerFacts): boolean {
  if (facts.type === 'launchpad') return ref.kind === 'launchpad-bug' && ref.url.includes(`/${facts.target}/+bug/`);
  return ref.kind === 'github-issue' && ref.id?.toLowerCase().startsWith(`${facts.target.toLowerCase()}#`) === true;
}
