import type { Change, Plan } from '../plan/plan.ts';
import { lane } from './lane.ts';
import type { Outcome } from './outcome.ts';
import type { ApplyParts } from './parts.ts';
import { together } from './together.ts';

export type { ApplyParts, Progress } from './parts.ts';

/**
 * Does what a plan says: exactly one outcome for each of its changes. Trackers work beside each other, each one serially.
 * Expected failures become outcomes; those that end the work on a tracker are told to `onTrouble` besides.
 */
export async function* apply(plan: Plan, parts: ApplyParts): AsyncGenerator<Outcome> {
  const halt = { because: null };
  const lanes = new Map<string | null, Change[]>();
  for (const change of plan.changes) {
    const changes = lanes.get(change.tracker) ?? [];
    lanes.set(change.tracker, changes);
    changes.push(change);
  }
  const unavailable = new Map(plan.trackers.map((tracker) => [tracker.name, tracker.unavailable]));
  yield* together(
    [...lanes].map(([name, changes]) => {
      const tracker = name === null ? null : (parts.trackers.get(name) ?? null);
      const place = { name, tracker, unavailable: unavailable.get(name ?? '') ?? null };
      return lane(place, changes, parts, halt);
    }),
  );
}
