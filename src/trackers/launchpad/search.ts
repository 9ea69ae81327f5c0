import { CLASSIC_STATUSES, LAUNCHPAD_STATUSES } from '../../refs/states.ts';
import type { Answer } from './answer.ts';
import { type Desk, forgetAccount, ownAccount, parse, refused } from './desk.ts';
import { lastPart, Page, Task } from './schema.ts';
import type { Query } from './transport.ts';

/** Launchpad refuses larger pages. */
const PAGE = 300;

export interface Found {
  /** One row a bug, in the order of the answer. */
  readonly rows: readonly Task[];
  /** Launchpad's time when it began to answer. */
  readonly at: Date;
}

/**
 * Every bug task that matches and that our account reported: all states, duplicates too, all pages. `scope` is a project
 * (`/neutron`) or everything (`/bugs`). Launchpad reads its primary database for us, so what is not there does not exist.
 */
export async function searchOwn(desk: Desk, scope: string, query: Query): Promise<Found> {
  const answer = await firstPage(desk, scope, query);
  const rows = new Map<string, Task>();
  let page: Answer = answer;
  for (;;) {
    const { entries, next_collection_link: next } = parse(desk, `the bugs of ${desk.project}`, Page, page);
    for (const entry of entries) {
      const task = Task.safeParse(entry);
      if (task.success) keep(rows, task.data, desk.project);
    }
    if (next === undefined) return { rows: [...rows.values()], at: answer.at };
    page = await desk.http.read(`the bugs of ${desk.project}`, next);
    if (page.status !== 200) throw refused(desk, `the bugs of ${desk.project}`, page);
  }
}

async function firstPage(desk: Desk, scope: string, query: Query): Promise<Answer> {
  for (let renamed = false; ; ) {
    const reporter = await ownAccount(desk);
    const answer = await desk.http.read(`the bugs of ${desk.project}`, scope, {
      'ws.op': 'searchTasks',
      status: desk.classic ? CLASSIC_STATUSES : LAUNCHPAD_STATUSES,
      omit_duplicates: false,
      bug_reporter: `/~${encodeURIComponent(reporter)}`,
      'ws.size': PAGE,
      ...query,
    });
    if (answer.status === 200) return answer;
    if (answer.status === 400 && !desk.classic && /^status:/m.test(answer.body)) {
      desk.classic = true;
    } else if (answer.status === 400 && !renamed && /^bug_reporter:/m.test(answer.body)) {
      renamed = true;
      await forgetAccount(desk);
    } else throw refused(desk, `the bugs of ${desk.project}`, answer);
  }
}

/** A bug with several tasks is one bug; the task on our project speaks for it. */
function keep(rows: Map<string, Task>, task: Task, project: string): void {
  const id = lastPart(task.bug_link);
  const kept = rows.get(id);
  if (kept === undefined || (!isOn(kept, project) && isOn(task, project))) rows.set(id, task);
}

/** Whether a task is the one on a project. */
export function isOn(task: Task, project: string): boolean {
  return task.target_link !== null && new URL(task.target_link).pathname.replace(/^\/[^/]+\//, '') === project;
}
