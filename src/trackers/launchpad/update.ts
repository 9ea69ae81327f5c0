import { TrackerError } from '../../errors.ts';
import { stateOf } from '../../refs/states.ts';
import type { Issue, Patch, Written } from '../tracker.ts';
import { type Answer, firstWords, refusesCredentials } from './answer.ts';
import { type Desk, parse, refused } from './desk.ts';
import { readBug, toIssue } from './issue.ts';
import { checkTexts, type Dropped, mergeTags, oneLine } from './rules.ts';
import { Bug } from './schema.ts';
import { assigneeWish, setOnTask, statusWish, type Wish } from './task.ts';
import { NoAnswer } from './transport.ts';

/** How often a write that met somebody else's is merged anew. */
const TRIES = 4;
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
  for (let tries = 0; tries < TRIES; tries += 1) {
    const bug = await readBug(desk, seen.id);
    if (bug === null) throw gone(desk, seen.id);
    conflicts(desk, seen, patch, bug);
    const merged = merge(bug, patch);
    if (Object.keys(merged.fields).length === 0) {
      dropped.push(...merged.dropped);
      return bug;
    }
    const { written, because } = await send(desk, bug, merged.fields);
    if (written === null && because === null) continue;
    dropped.push(...merged.dropped);
    if (written !== null) return written;
    dropped.push(...Object.keys(merged.fields).map((what) => ({ what, because: because ?? '' })));
    return bug;
  }
  throw conflict(desk, seen.id, 'others kept changing it at the same time');
}

/** The bug as written; or the reason why this account may not; or neither, when it has to be read anew. */
async function send(
  desk: Desk,
  bug: Bug,
  fields: Readonly<Record<string, unknown>>,
): Promise<{ written: Bug | null; because: string | null }> {
  const again = { written: null, because: null };
  const path = `/bugs/${bug.id}`;
  let answer: Answer;
  try {
    answer = await desk.http.patch(path, bug.http_etag, fields);
  } catch (error) {
    if (error instanceof NoAnswer) return again;
    throw error;
  }
  if (answer.status === 209 || answer.status === 200) {
    return { written: parse(desk, `bug ${bug.id}`, Bug, answer), because: null };
  }
  if (answer.status === 301 || answer.status === 412 || answer.status >= 500) return again;
  if (answer.status === 401 && !refusesCredentials(answer)) {
    return { written: null, because: `this account may not change it (401 ${firstWords(answer.body)})` };
  }
  if (answer.status === 404) throw gone(desk, String(bug.id));
  throw refused(desk, `a change of bug ${bug.id}`, answer);
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
