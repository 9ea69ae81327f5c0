import type { Item } from '../items/item.ts';

/** The items of each note, by its source. */
export function byNote(items: readonly Item[]): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(item.source.note);
    if (group === undefined) groups.set(item.source.note, [item]);
    else group.push(item);
  }
  return groups;
}
