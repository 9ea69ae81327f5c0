import { TrackerError } from '../../errors.ts';
import { stateOf } from '../../refs/states.ts';
import type { Issue, Patch, Written } from '../tracker.ts';
import { type Desk, refused } from './desk.ts';
import { readBug, toIssue } from './issue.ts';
import { type Patched, patchEntry, TRIES } from './patch.ts';
import { checkTexts, type Dropped, mergeTags, oneLine } from './rules.ts';
import { Bug } from './schema.ts';
import { assigneeWish, setOnTask, statusWish, type Wish } from './task.ts';

/** The tag with which people stop us on a bug. */
const IGNORE = 'ptg-tracker-ignore';

/**
 * Writes what the patch names, and only on what is still as it was compared: a field that a person changed since is a
 * `conflict`. Changes that do not touch ours are merged with, tags one by one. Each write is safe to repeat.
 */
export async function updateBug(desk: Desk, seen: Issue, patch: Patch): Promise<Written> {
  checkTexts(desk.name, {
    ...(patch.title === undefined ? {} : { title: oneLine(patch.title) }),
    ...(patch.body === undefined ? {} : { body: patch.body }),
  });
  const dropped: Dropped[] = [];
  const bug = await writeBug(desk, seen, patch, dropped);
  const wishes = wishesOf(seen, patch, dropped);
  if (wishes.length === 0) return { issue: await withoutTask(desk, seen, bug), dropped };
  const { task, dropped: more } = await setOnTask(desk, seen.id, wishes);
  return { issue: await toIssue(desk, bug, task), dropped: [...dropped, ...more] };
}

async function writeBug(desk: Desk, seen: Issue, patch: Patch, dropped: Dropped[]): Promise<Bug> {
  let failure: TrackerError | null = null;
  for (let tries = 0; tries < TRIES; tries += 1) {
    const bug = await readBug(desk, seen.id);
    if (bug === null) throw gone(desk, seen.id);
    conflicts(desk, seen, patch, bug);
    const { fields, dropped: kept } = merge(bug, patch);
    const names = Object.keys(fields);
    const patched: Patched<Bug> =
      names.length === 0
        ? { is: 'written', entry: bug }
        : await patchEntry(desk, `a change of bug ${seen.id}`, Bug, `/bugs/${bug.id}`, bug.http_etag, fields);
    if (patched.is === 'unsure') {
      failure = patched.failure;
      continue;
    }
    dropped.push(...kept);
    if (patched.is === 'written') return patched.entry;
    refusedFields(desk, seen.id, patched, names, dropped);
    return bug;
  }
  throw failure ?? conflict(desk, seen.id, 'others kept changing it at the same time');
}

/** A missing permission leaves the fields as they are, and is told; a value that is refused is a failure of this item. */
function refusedFields(
  desk: Desk,
  id: string,
  { answer, because }: Extract<Patched<Bug>, { is: 'refused' }>,
  names: readonly string[],
  dropped: Dropped[],
): void {
  if (answer.status === 404) throw gone(desk, id);
  if (answer.status !== 401) throw refused(desk, `a change of bug ${id}`, answer);
  dropped.push(...names.map((what) => ({ what, because })));
}

function conflicts(desk: Desk, seen: Issue, patch: Patch, bug: Bug): void {
  if (bug.tags.includes(IGNORE) && !seen.labels.includes(IGNORE)) {
    throw conflict(desk, seen.id, `people gave it the tag ${IGNORE} meanwhile`);
  }
  const wanted = patch.title === undefined ? null : oneLine(patch.title);
  if (wanted !== null && bug.title !== seen.title && bug.title !== wanted) {
    throw conflict(desk, seen.id, 'its title was changed meanwhile');
  }
  if (patch.body === undefined) return;
  const present = comparable(bug.description ?? '');
  if (present !== comparable(seen.body) && present !== comparable(patch.body)) {
    throw conflict(desk, seen.id, 'its description was changed meanwhile');
  }
}

/** The fields that differ from what the patch wants. */
function merge(bug: Bug, patch: Patch): { fields: Record<string, unknown>; dropped: Dropped[] } {
  const fields: Record<string, unknown> = {};
  const title = patch.title === undefined ? undefined : oneLine(patch.title);
  if (title !== undefined && title !== bug.title) fields.title = title;
  if (patch.body !== undefined && comparable(patch.body) !== comparable(bug.description ?? '')) {
    fields.description = patch.body;
  }
  const { tags, dropped } = mergeTags(bug.tags, patch.addLabels ?? [], patch.removeLabels ?? []);
  if (tags !== null) fields.tags = tags;
  if (patch.close?.as === 'duplicate' && bug.duplicate_of_link === null) {
    fields.duplicate_of_link = `/bugs/${patch.close.of}`;
  }
  return { fields, dropped };
}

function wishesOf(seen: Issue, patch: Patch, dropped: Dropped[]): Wish[] {
  const [assignee, ...others] = patch.addAssignees ?? [];
  const away = patch.removeAssignees ?? [];
  for (const account of others) {
    dropped.push({ what: `assignee ${account}`, because: 'a Launchpad bug has one assignee a project' });
  }
  const wishes: Wish[] = [];
  if (assignee !== undefined) wishes.push(assigneeWish(assignee, [null, ...away]));
  else if (away.length > 0) wishes.push(assigneeWish(null, away));
  const as = patch.close?.as;
  if (as === 'done' || as === 'dropped') {
    wishes.push(statusWish(as === 'done' ? 'Fix Released' : 'Invalid', seen.raw));
  }
  return wishes;
}

/** The issue after a write that left the task alone: its state is as it was seen, unless it became a duplicate. */
async function withoutTask(desk: Desk, seen: Issue, bug: Bug): Promise<Issue> {
  if (bug.duplicate_of_link !== null) return toIssue(desk, bug, null);
  const issue = await toIssue(desk, bug, null);
  return { ...issue, state: stateOf('launchpad', seen.raw), raw: seen.raw, assignees: seen.assignees };
}

/** Launchpad trims what stands at the end, and knows one kind of line end. */
function comparable(text: string): string {
  return text.replace(/\r\n?/g, '\n').trimEnd();
}

function gone(desk: Desk, id: string): TrackerError {
  return new TrackerError(
    desk.name,
    { kind: 'gone', id },
    `Bug ${id} is not there any more, or hidden from this account`,
  );
}

function conflict(desk: Desk, id: string, why: string): TrackerError {
  return new TrackerError(desk.name, { kind: 'conflict', id }, `Bug ${id} was left alone: ${why}`);
}
