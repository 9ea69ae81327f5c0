import { TrackerError } from '../../src/errors.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import type { Tracker } from '../../src/trackers/tracker.ts';

/** The four guards against a second issue; each can be switched off, to see that the suite notices. */
export const GUARDS = ['claim', 'marker', 'pull', 'single-post'] as const;
export type Guard = (typeof GUARDS)[number];

/** The ledger with a claim that everybody wins. */
export function unguardedLedger(ledger: Ledger, without: Guard | null): Ledger {
  if (without !== 'claim') return ledger;
  return over(ledger, {
    claim: async (entry, instead, event) => {
      if (!(await ledger.claim(entry, instead, event)) && (await ledger.get(entry.key))?.issue == null)
        await ledger.record(entry);
      return true;
    },
  });
}

/** The tracker without its mark in what it creates, without its look at what changed, or with a create that is sent again. */
export function unguardedTracker(tracker: Tracker, without: Guard | null): Tracker {
  switch (without) {
    case 'claim':
      // Nor does anybody look at the claim again right before the create is sent.
      return over(tracker, { create: (draft) => tracker.create(draft) });
    case 'marker':
      return over(tracker, {
        create: (draft, mayI) =>
          tracker.create({ ...draft, body: tracker.dialect.find(draft.body)?.content ?? draft.body }, mayI),
      });
    case 'pull':
      return over(tracker, { changes: async (cursor) => ({ issues: [], cursor, unchanged: true }) });
    case 'single-post':
      return over(tracker, {
        create: async (draft, mayI) => {
          try {
            return await tracker.create(draft, mayI);
          } catch (error) {
            if (error instanceof TrackerError && error.refusal.kind === 'uncertain') return tracker.create(draft);
            throw error;
          }
        },
      });
    default:
      return tracker;
  }
}

/** An object with some of its methods exchanged; the others work on the object itself. */
export function over<T extends object>(object: T, methods: Partial<T>): T {
  return new Proxy(object, {
    get: (target, name) => {
      if (Object.hasOwn(methods, name)) return Reflect.get(methods, name);
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
