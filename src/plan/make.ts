import type { ItemKey } from '../items/item.ts';
import type { Entry } from '../ledger/ledger.ts';
import { nothing } from './changes.ts';
import { decide } from './decide.ts';
import { surplus } from './duplicates.ts';
import { trackerOf } from './home.ts';
import type { PlanInput, TrackerFacts } from './input.ts';
import { capped } from './limit.ts';
import type { Change, Plan, PlannedTracker } from './plan.ts';
import { vanished } from './vanished.ts';

/**
 * The changes that would bring the trackers in line with the notes: exactly one for each item, one for each known
 * item that is no longer in the notes, one for each second issue of ours with one key. Pure: it looks at nothing itself.
 */
export function makePlan(input: PlanInput): Plan {
  const entries = new Map(input.entries.map((entry) => [entry.key, entry]));
  return {
    trackers: input.trackers.map(planned),
    changes: [
      ...capped(decided(entries, input), input.options.maxCreates),
      ...vanished(input, (entry) => trackerOf(entry, input.trackers)),
      ...doubles(entries, input),
    ],
  };
}

function decided(entries: ReadonlyMap<ItemKey, Entry>, input: PlanInput): Change[] {
  const stated = new Set<ItemKey>();
  return input.items.map((item) => {
    if (stated.has(item.key)) return nothing(item, null, 'stated twice with one key: the first one stands for both');
    stated.add(item.key);
    return decide(item, entries.get(item.key) ?? null, input);
  });
}

/** The second issues of all trackers; with `--only`, those of the chosen keys. */
function doubles(entries: ReadonlyMap<ItemKey, Entry>, input: PlanInput): Change[] {
  const { only } = input.options;
  return input.trackers
    .filter((facts) => facts.unavailable === null)
    .flatMap((facts) =>
      [...facts.issues.keys()]
        .filter((key) => only === null || only.has(key))
        .flatMap((key) => surplus(key, entries, facts)),
    );
}

function planned({ name, type, target, unavailable }: TrackerFacts): PlannedTracker {
  return unavailable === null ? { name, type, target } : { name, type, target, unavailable };
}
