import type { Verdict } from './fields.ts';
import { hasLabel } from './labels.ts';

export interface ListPatch {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

type ListVerdict = Verdict<ListPatch, readonly string[]>;

/**
 * Labels one by one: those that the notes newly ask for are added, those that we wrote and no longer want are taken
 * away, those that people added or removed stay so.
 */
export function mergeLabels(
  base: readonly string[],
  theirs: readonly string[],
  ours: readonly string[],
  mayRemove: boolean,
): ListVerdict {
  const add = minus(minus(ours, base), theirs).filter((label) => !movedOn(label, theirs));
  const stale = minus(base, ours);
  const remove = mayRemove ? both(stale, theirs) : [];
  const gone = minus(both(ours, base), theirs);
  return {
    write: add.length + remove.length === 0 ? null : { add, remove },
    kept: gone.length === 0 ? null : `${gone.join(', ')} not on it: left off`,
    base: mayRemove ? ours : [...ours, ...stale],
  };
}

/** Triage moves `rfe` on to `rfe-confirmed` and further; putting `rfe` back would undo it. */
function movedOn(label: string, theirs: readonly string[]): boolean {
  return theirs.some((other) => other.toLowerCase().startsWith(`${label.toLowerCase()}-`));
}

/** Assignees as a whole: once people have changed who does it, the notes no longer decide. */
export function mergeAssignees(
  base: readonly string[] | null,
  theirs: readonly string[],
  ours: readonly string[],
): ListVerdict {
  if (sameSet(theirs, ours)) return { write: null, kept: null, base: ours };
  if (base !== null && sameSet(theirs, base)) {
    const write = { add: minus(ours, theirs), remove: minus(base, ours) };
    return { write, kept: null, base: ours };
  }
  return { write: null, kept: assigneesKept(base, theirs, ours), base: base ?? ours };
}

function assigneesKept(base: readonly string[] | null, theirs: readonly string[], ours: readonly string[]): string {
  const now = theirs.length === 0 ? 'nobody' : theirs.join(', ');
  const wanted = ours.length === 0 ? 'nobody' : ours.join(', ');
  if (base === null) return `assigned to ${now}, by the notes to ${wanted}: left as it is`;
  if (sameSet(base, ours)) return `assigned to ${now} by a person: left as it is`;
  return `assigned to ${now} by a person, while the notes now name ${wanted}: left as it is`;
}

function minus(a: readonly string[], b: readonly string[]): string[] {
  return a.filter((label) => !hasLabel(b, label));
}

function both(a: readonly string[], b: readonly string[]): string[] {
  return a.filter((label) => hasLabel(b, label));
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return minus(a, b).length === 0 && minus(b, a).length === 0;
}
