import { messageOf, TrackerError } from '../../errors.ts';
import type { Desk } from './desk.ts';
import { readTask } from './issue.ts';
import { type Patched, patchEntry, TRIES } from './patch.ts';
import type { Dropped } from './rules.ts';
import { lastPart, Task } from './schema.ts';

/** One field of a task that we would like to set. */
export interface Wish {
  /** For people: `importance Wishlist`. */
  readonly what: string;
  readonly fields: Readonly<Record<string, string | null>>;
  /** Why it is not to be set on this task as it is now: a person was faster, or it is so already; null to go on. */
  readonly unless: (task: Task) => string | null;
}

/**
 * Sets wishes on a task, each in a write of its own: Launchpad may keep the first fields of a write whose last one it
 * refuses. What is not permitted or not possible is told in `dropped` and stops nothing. Each write is safe to repeat.
 */
export async function setOnTask(
  desk: Desk,
  id: string,
  wishes: readonly Wish[],
): Promise<{ task: Task | null; dropped: Dropped[] }> {
  const dropped: Dropped[] = [];
  let task = await readTask(desk, id);
  for (const wish of wishes) {
    if (task === null) dropped.push({ what: wish.what, because: 'the bug cannot be seen any more' });
    else task = await setOne(desk, id, task, wish, dropped);
  }
  return { task, dropped };
}

async function setOne(desk: Desk, id: string, seen: Task, wish: Wish, dropped: Dropped[]): Promise<Task | null> {
  let task: Task | null = seen;
  let failure: TrackerError | null = null;
  for (let tries = 0; tries < TRIES && task !== null; tries += 1) {
    const reason = wish.unless(task);
    if (reason !== null) {
      if (reason !== '') dropped.push({ what: wish.what, because: reason });
      return task;
    }
    const patched: Patched<Task> = await patchEntry(desk, wish.what, Task, task.self_link, task.http_etag, wish.fields);
    if (patched.is === 'written') return patched.entry;
    // After a refusal too: what was set before it in the same write would stay.
    task = await readTask(desk, id);
    if (patched.is === 'refused') {
      dropped.push({ what: wish.what, because: patched.because });
      return task;
    }
    failure = patched.failure;
  }
  dropped.push({ what: wish.what, because: failure?.message ?? 'others kept changing the bug at the same time' });
  return task;
}

/** Wishes on a task after its bug was made: a failure of theirs must not hide that the bug is there. */
export async function trySetOnTask(
  desk: Desk,
  id: string,
  wishes: readonly Wish[],
): Promise<{ task: Task | null; dropped: Dropped[] }> {
  if (wishes.length === 0) return { task: null, dropped: [] };
  try {
    return await setOnTask(desk, id, wishes);
  } catch (error) {
    if (!(error instanceof TrackerError)) throw error;
    return { task: null, dropped: wishes.map(({ what }) => ({ what, because: messageOf(error) })) };
  }
}

/** Sets the importance of a bug that nobody has weighed yet. */
export function importanceWish(importance: string): Wish {
  return {
    what: `importance ${importance}`,
    fields: { importance },
    unless: (task) => {
      if (task.importance === importance) return '';
      return task.importance === 'Undecided' ? null : `people set it to ${task.importance}`;
    },
  };
}

/** Sets the milestone of a bug that has none. */
export function milestoneWish(desk: Desk, milestone: string): Wish {
  return {
    what: `milestone ${milestone}`,
    fields: { milestone_link: `/${desk.project}/+milestone/${encodeURIComponent(milestone)}` },
    unless: (task) => {
      if (task.milestone_link === null) return null;
      const present = lastPart(task.milestone_link);
      return present === milestone ? '' : `people set it to ${present}`;
    },
  };
}

/** Assigns an account, or nobody, where one of `instead` (null: nobody) is assigned now. */
export function assigneeWish(account: string | null, instead: readonly (string | null)[]): Wish {
  return {
    what: account === null ? 'taking the assignee away' : `assignee ${account}`,
    fields: { assignee_link: account === null ? null : `/~${encodeURIComponent(account)}` },
    unless: (task) => {
      const present = task.assignee_link === null ? null : lastPart(task.assignee_link);
      if (present === account) return '';
      return instead.includes(present) ? null : `people assigned ${present ?? 'nobody'}`;
    },
  };
}

/** Closes a task that is still as it was compared. */
export function statusWish(status: string, seen: string): Wish {
  return {
    what: `status ${status}`,
    fields: { status },
    unless: (task) => {
      if (task.status === status) return '';
      return task.status === seen ? null : `people set it to ${task.status}`;
    },
  };
}
