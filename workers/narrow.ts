import type { ItemKey } from '../src/items/item.ts';
import type { Ledger } from '../src/ledger/ledger.ts';
import type { Parts } from '../src/pipeline.ts';
import type { Tracker } from '../src/trackers/tracker.ts';

/**
 * The parts as one item sees them: its tracker, its entry, its issue. Looking at one item then costs the same whether the ledger
 * holds ten or a hundred thousand. What is written goes to the real ledger and the real tracker.
 */
export async function narrow(parts: Parts, tracker: Tracker, key: ItemKey): Promise<Parts> {
  const entry = await parts.ledger.get(key);
  const ledger = over<Ledger>(parts.ledger, { entries: async () => (entry === null ? [] : [entry]) });
  const look = over<Tracker>(tracker, {
    // The run has pulled before it planned; since then only this item's own issue can matter to it.
    async changes(cursor) {
      const issue = entry?.issue == null ? null : await tracker.get(entry.issue.id);
      return { issues: issue === null ? [] : [issue], cursor, unchanged: false };
    },
  });
  return { ...parts, ledger, trackers: new Map([[tracker.name, look]]) };
}

/** The same object with some methods of its own. */
function over<T extends object>(object: T, methods: Partial<T>): T {
  return new Proxy(object, {
    get(target, name) {
      const own = Reflect.get(methods, name);
      const value = own ?? Reflect.get(target, name, target);
      return typeof value === 'function' && own === undefined ? value.bind(target) : value;
    },
  });
}
