import type { ItemKey } from '../items/item.ts';
import type { Entry } from '../ledger/ledger.ts';
import type { Dialect, Issue } from '../trackers/tracker.ts';
import type { OwnIssue } from './input.ts';

/**
 * The issues of ours on one tracker, by key: those that the ledger has seen, in their newest form, and those among the
 * changed ones that carry a key of ours. The ledger's word on an issue's key goes before what its text says, so that a
 * text which a person copied or cut does not give it another key.
 */
export function ownIssues(
  entries: readonly Entry[],
  changed: readonly Issue[],
  dialect: Dialect,
): Map<ItemKey, OwnIssue[]> {
  const newest = new Map<string, Issue>();
  for (const { seen } of entries) if (seen !== null) newest.set(seen.id, seen);
  for (const issue of changed) newest.set(issue.id, issue);
  const keyOf = new Map(entries.flatMap(({ issue, key }) => (issue === null ? [] : [[issue.id, key] as const])));
  for (const { issue, deletedAt } of entries) if (issue !== null && deletedAt !== null) newest.delete(issue.id);
  const own = new Map<ItemKey, OwnIssue[]>();
  for (const issue of newest.values()) {
    const found = dialect.find(issue.body);
    const key = keyOf.get(issue.id) ?? found?.key;
    if (key === undefined) continue;
    const block = found?.key === key ? found : null;
    own.set(key, [...(own.get(key) ?? []), { issue, block }]);
  }
  return own;
}
