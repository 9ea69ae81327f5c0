import { z } from 'zod';
import type { Changes, Issue } from '../tracker.ts';
import { type Desk, toJson } from './desk.ts';
import { readBug, toIssue } from './issue.ts';
import { lastPart, type Task } from './schema.ts';
import { searchOwn } from './search.ts';

/** A bug's date may be older than the moment from which others can see it; so far do looks overlap. */
const OVERLAP_MS = 5 * 60_000;

/** A bug as we know it, with the time of its last change: what an overlap brings again need not be read again. */
const Known = z.object({
  id: z.string(),
  at: z.string(),
  /** What a search row tells of its task. */
  task: z.string(),
  /** We made it, and know the time of that to the second only. */
  made: z.boolean().default(false),
});
type Known = z.infer<typeof Known>;

const Cursor = z.object({ since: z.iso.datetime(), known: z.array(Known) });
const Created = z.array(Known);

/** Our bugs that changed since the cursor. One search, and one look at each bug that changed. */
export async function changedBugs(desk: Desk, cursor: string | null): Promise<Changes> {
  const parsed = Cursor.safeParse(toJson(cursor ?? ''));
  const last = parsed.success ? parsed.data : null;
  const found = await searchOwn(desk, `/${desk.project}`, {
    order_by: ['date_last_updated', 'id'],
    ...(last === null ? {} : { modified_since: before(last.since) }),
  });
  const known = last === null ? [] : merge(last.known, await createdBugs(desk));
  const issues: Issue[] = [];
  const seen: Known[] = [];
  for (const [row, was] of compare(found.rows, known)) {
    if (was !== null && !was.doubtful) {
      seen.push(was.known);
      continue;
    }
    const issue = await read(desk, row);
    if (issue === null) continue;
    const now = { id: issue.id, at: issue.updatedAt, task: fingerprint(row), made: false };
    seen.push(now);
    if (was === null || !sameChange(was.known, now)) issues.push(issue);
  }
  const next = JSON.stringify({ since: found.at.toISOString(), known: seen });
  return { issues, cursor: next, unchanged: issues.length === 0 };
}

/** Every bug that our account made since, on whatever project it stands now. */
export async function bugsCreatedSince(desk: Desk, time: Date): Promise<readonly Issue[]> {
  const since = before(time.toISOString());
  const { rows } = await searchOwn(desk, '/bugs', { order_by: 'id', created_since: since });
  const issues: Issue[] = [];
  for (const row of rows) {
    const issue = await read(desk, row);
    if (issue !== null) issues.push(issue);
  }
  return issues;
}

/** Most bugs of ours that are remembered as made. */
const REMEMBERED = 1000;

/** Remembers a bug that we made and that its caller knows already, so that the next look need not read it. */
export async function rememberCreated(desk: Desk, issue: Issue, task: Task | null): Promise<void> {
  if (desk.memo === null) return;
  const made = {
    id: issue.id,
    at: issue.updatedAt,
    task: task === null ? 'New|Undecided||' : fingerprint(task),
    made: true,
  };
  const all = [...(await createdBugs(desk)), made].slice(-REMEMBERED);
  await desk.memo.set(`${desk.key}:created`, JSON.stringify(all));
}

async function createdBugs(desk: Desk): Promise<Known[]> {
  const created = Created.safeParse(toJson((await desk.memo?.get(`${desk.key}:created`)) ?? ''));
  return created.success ? created.data : [];
}

async function read(desk: Desk, row: Task): Promise<Issue | null> {
  const bug = await readBug(desk, lastPart(row.bug_link));
  return bug === null ? null : toIssue(desk, bug, row);
}

/**
 * Rows come by the time of their last change, which they do not tell. A known bug whose task is as it was and that stands
 * in its place among the known has not changed; the last of them might have without leaving its place, so it is doubtful.
 */
function compare(rows: readonly Task[], known: readonly Known[]): [Task, { known: Known; doubtful: boolean } | null][] {
  const byId = new Map(known.map((each) => [each.id, each]));
  const last = rows.findLastIndex((row) => byId.has(lastPart(row.bug_link)));
  let latest = 0;
  return rows.map((row, index) => {
    const was = byId.get(lastPart(row.bug_link));
    if (was === undefined) return [row, null];
    const at = Date.parse(was.at);
    const overtaken = at < latest - 1000;
    latest = Math.max(latest, at);
    return [row, { known: was, doubtful: index === last || overtaken || was.task !== fingerprint(row) }];
  });
}

/** What a row tells of a bug's task. */
function fingerprint(row: Task): string {
  const assignee = row.assignee_link === null ? '' : lastPart(row.assignee_link);
  const milestone = row.milestone_link === null ? '' : lastPart(row.milestone_link);
  return [row.status, row.importance ?? '', assignee, milestone].join('|');
}

/** What was read counts before what was only sent. */
function merge(known: readonly Known[], created: readonly Known[]): Known[] {
  const byId = new Map(created.map((each) => [each.id, each]));
  for (const each of known) byId.set(each.id, each);
  return [...byId.values()];
}

function sameChange(was: Known, now: Known): boolean {
  const apart = Math.abs(Date.parse(was.at) - Date.parse(now.at));
  return was.task === now.task && apart <= (was.made ? 1000 : 0);
}

function before(time: string): string {
  return new Date(Date.parse(time) - OVERLAP_MS).toISOString();
}
