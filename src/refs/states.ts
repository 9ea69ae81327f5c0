import type { State } from '../trackers/tracker.ts';

/**
 * The words of each service for the state of a piece of work, and ours. Each table is total over the words that the
 * service is known to use; a word that it does not hold is `unknown`, and the word itself is kept for people to read.
 */

/** Bug task statuses as Launchpad writes them. `Fix Committed` counts as open there: the work is done, not released. */
const LAUNCHPAD = {
  New: 'open',
  Incomplete: 'open',
  Confirmed: 'open',
  Triaged: 'open',
  Deferred: 'open',
  'In Progress': 'in-progress',
  'Fix Committed': 'in-progress',
  'Fix Released': 'done',
  Opinion: 'dropped',
  Invalid: 'dropped',
  "Won't Fix": 'dropped',
  Expired: 'dropped',
  'Does Not Exist': 'dropped',
  /** Only on tasks that mirror a bug elsewhere. */
  Unknown: 'unknown',
} as const satisfies Record<string, State>;

/** The statuses that a search may name, all of them: a search without them hides closed bugs. */
export const LAUNCHPAD_STATUSES: readonly string[] = Object.keys(LAUNCHPAD).filter((status) => status !== 'Unknown');

/** What a Launchpad from before `Deferred` and `Does Not Exist` knows; it refuses a search that names those two. */
export const CLASSIC_STATUSES: readonly string[] = LAUNCHPAD_STATUSES.filter(
  (status) => status !== 'Deferred' && status !== 'Does Not Exist',
);

/** GitHub: the state, with the reason of a closed issue; pull requests add `merged` and `draft`. */
const GITHUB = {
  open: 'open',
  draft: 'in-progress',
  merged: 'done',
  closed: 'done',
  'closed (completed)': 'done',
  'closed (not_planned)': 'dropped',
  'closed (duplicate)': 'dropped',
  /** GitHub keeps `reopened` on an issue that is open again. */
  'open (reopened)': 'open',
  /** A pull request that was closed without a merge. */
  'closed (unmerged)': 'dropped',
} as const satisfies Record<string, State>;

/** Gerrit change statuses. */
const GERRIT = {
  NEW: 'in-progress',
  /** Changes of old servers that nobody had published. */
  DRAFT: 'in-progress',
  SUBMITTED: 'in-progress',
  MERGED: 'done',
  ABANDONED: 'dropped',
} as const satisfies Record<string, State>;

/** StoryBoard story statuses; it derives them from the story's tasks. */
const STORYBOARD = {
  active: 'open',
  merged: 'done',
  invalid: 'dropped',
} as const satisfies Record<string, State>;

/** StoryBoard task statuses. */
const STORYBOARD_TASK = {
  todo: 'open',
  inprogress: 'in-progress',
  review: 'in-progress',
  merged: 'done',
  invalid: 'dropped',
} as const satisfies Record<string, State>;

/** Launchpad blueprints: how far the work is, and the two ends of a blueprint that nobody will do. */
const BLUEPRINT = {
  'Not started': 'open',
  Started: 'in-progress',
  Complete: 'done',
  Obsolete: 'dropped',
  Superseded: 'dropped',
} as const satisfies Record<string, State>;

export const VOCABULARIES = {
  launchpad: LAUNCHPAD,
  blueprint: BLUEPRINT,
  github: GITHUB,
  gerrit: GERRIT,
  storyboard: STORYBOARD,
  'storyboard-task': STORYBOARD_TASK,
} as const satisfies Record<string, Readonly<Record<string, State>>>;

export type Vocabulary = keyof typeof VOCABULARIES;

/** Our word for theirs; `unknown` for a word that the service is not known to use. */
export function stateOf(vocabulary: Vocabulary, raw: string): State {
  const table: Readonly<Record<string, State>> = VOCABULARIES[vocabulary];
  return Object.hasOwn(table, raw) ? (table[raw] ?? 'unknown') : 'unknown';
}

/** The state of a whole that has parts (a bug's tasks, a story's tasks): done only when no part is left open. */
export function stateOfAll(parts: readonly State[]): State {
  const kinds = new Set(parts);
  if (kinds.size === 0) return 'unknown';
  if (kinds.has('in-progress')) return 'in-progress';
  if (kinds.has('open')) return kinds.has('done') ? 'in-progress' : 'open';
  if (kinds.has('done')) return 'done';
  return kinds.has('dropped') ? 'dropped' : 'unknown';
}
