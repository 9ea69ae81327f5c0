import type { Item } from '../items/item.ts';
import type { TrackerFacts } from './input.ts';
import type { Change } from './plan.ts';

export type Nothing = Extract<Change, { do: 'nothing' }>;

/** A change that writes nothing, with its reason. */
export function nothing(
  item: Item,
  tracker: string | null,
  because: string,
  more: { readonly issue?: Nothing['issue']; readonly notes?: readonly string[] } = {},
): Nothing {
  return {
    do: 'nothing',
    key: item.key,
    title: item.title,
    tracker,
    item,
    because,
    fields: {},
    notes: more.notes ?? [],
    issue: more.issue === undefined || more.issue === null ? null : { id: more.issue.id, url: more.issue.url },
  };
}

/** What all changes of an item on a tracker have in common. */
export function base(item: Item, facts: TrackerFacts) {
  return { key: item.key, title: item.title, tracker: facts.name, item };
}
