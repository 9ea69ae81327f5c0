import type { Issue, Patch } from '../tracker.ts';

/** Whether each field is as it was compared, or already as the patch wants it. */
export function isUnmoved(seen: Issue, now: Issue, patch: Patch): boolean {
  const closed = patch.close !== undefined && now.raw.startsWith('closed');
  const patched = (before: readonly string[], add: readonly string[] = [], remove: readonly string[] = []) =>
    [...before, ...add].filter((name) => !has(remove, name));
  return (
    [seen.title, patch.title].includes(now.title) &&
    [lines(seen.body), lines(patch.body)].includes(lines(now.body)) &&
    (seen.raw === now.raw || closed) &&
    between(now.labels, seen.labels, patched(seen.labels, patch.addLabels, patch.removeLabels)) &&
    between(now.assignees, seen.assignees, patched(seen.assignees, patch.addAssignees, patch.removeAssignees))
  );
}

/** Whether a set lies between what was and what is wanted: nothing else added, nothing else gone. */
function between(now: readonly string[], before: readonly string[], after: readonly string[]): boolean {
  const kept = before.filter((name) => has(after, name));
  return now.every((name) => has(before, name) || has(after, name)) && kept.every((name) => has(now, name));
}

/** The names that are not there yet. */
export function missing(names: readonly string[] = [], there: readonly string[]): string[] {
  return names.filter((name) => !has(there, name));
}

/** The names that are there. */
export function present(names: readonly string[] = [], there: readonly string[]): string[] {
  return names.filter((name) => has(there, name));
}

function has(names: readonly string[], name: string): boolean {
  return names.some((one) => one.toLowerCase() === name.toLowerCase());
}

function lines(text: string | undefined): string | undefined {
  return text?.replace(/\r\n?/g, '\n');
}
