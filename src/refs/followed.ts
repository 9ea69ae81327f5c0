import type { State } from '../trackers/tracker.ts';

/** The present state of something that an item points to: a bug, an issue, a change under review, a story. */
export interface FollowedRef {
  readonly state: State;
  /** The service's own word; null when it could not be had. */
  readonly raw: string | null;
  readonly title: string | null;
  /** ISO 8601, UTC. */
  readonly updatedAt: string | null;
  readonly assignees: readonly string[];
  /** Why the state is unknown, and what else is to be said. */
  readonly remarks: readonly string[];
}

/** A ref whose state could not be had, with the reason. */
export function unknownRef(remark: string): FollowedRef {
  return { state: 'unknown', raw: null, title: null, updatedAt: null, assignees: [], remarks: [remark] };
}
