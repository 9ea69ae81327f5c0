import { stateOf } from '../../refs/states.ts';
import type { Issue } from '../tracker.ts';
import { bugPage, type Desk, parse, refused } from './desk.ts';
import { Bug, lastPart, Page, Task } from './schema.ts';
import { isOn } from './search.ts';

/** What stands for a title or a text that this account may not see. */
const HIDDEN = '(hidden from this account)';

/** A bug, or null when it is not there for us: deleted, or made private without us. */
export async function readBug(desk: Desk, id: string): Promise<Bug | null> {
  const what = `bug ${id}`;
  const answer = await desk.http.read(what, `/bugs/${encodeURIComponent(id)}`);
  if (answer.status === 200) return parse(desk, what, Bug, answer);
  const error = refused(desk, what, answer);
  if (error.refusal.kind === 'missing' || error.refusal.kind === 'forbidden') return null;
  throw error;
}

/** The task of a bug that speaks for it: the one on our project, else its first; null when none can be seen. */
export async function readTask(desk: Desk, id: string): Promise<Task | null> {
  const what = `the tasks of bug ${id}`;
  const answer = await desk.http.read(what, `/bugs/${encodeURIComponent(id)}/bug_tasks`);
  if (answer.status === 401 || answer.status === 404) return null;
  if (answer.status !== 200) throw refused(desk, what, answer);
  const tasks = parse(desk, what, Page, answer).entries.flatMap((entry) => {
    const task = Task.safeParse(entry);
    return task.success ? [task.data] : [];
  });
  return tasks.find((task) => isOn(task, desk.project)) ?? tasks[0] ?? null;
}

/** The bug as an issue. Of a duplicate the other bug's state counts: that is where the work goes on. */
export async function toIssue(desk: Desk, bug: Bug, task: Task | null): Promise<Issue> {
  const duplicateOf = bug.duplicate_of_link === null ? null : lastPart(bug.duplicate_of_link);
  const other = duplicateOf === null ? null : await readTask(desk, duplicateOf);
  const status = (duplicateOf === null ? task : other)?.status ?? 'Unknown';
  const created = bug.date_created ?? new Date(0).toISOString();
  return {
    id: String(bug.id),
    url: bugPage(desk, String(bug.id)),
    title: bug.title ?? HIDDEN,
    body: bug.description ?? HIDDEN,
    state: stateOf('launchpad', status),
    raw: duplicateOf === null ? status : `${status} (duplicate of ${duplicateOf})`,
    labels: bug.tags,
    assignees: task?.assignee_link ? [lastPart(task.assignee_link)] : [],
    author: bug.owner_link === null ? null : lastPart(bug.owner_link),
    createdAt: new Date(created).toISOString(),
    updatedAt: new Date(bug.date_last_updated ?? created).toISOString(),
    duplicateOf,
  };
}
