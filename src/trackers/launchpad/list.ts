import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Changes, Issue } from '../tracker.ts';
import { readProject } from './access.ts';
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
  /** A hash of the row's title; null for a bug that we made and have seen in no row. Then its time is true to the second. */
  title: z.string().nullable(),
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
  const { issues, seen } = await readChanged(desk, judge(found.rows, known));
  const next = JSON.stringify({ since: found.at.toISOString(), known: seen });
  return { issues, cursor: next, unchanged: issues.length === 0 };
}

/**
 * Reads what may have changed. Rows come by the time of their last change, which they do not tell; so it goes backwards
 * from the latest, and the first known one that has not changed vouches for those before it.
 */
async function readChanged(desk: Desk, rows: readonly Judged[]): Promise<{ issues: Issue[]; seen: Known[] }> {
  const issues: Issue[] = [];
  const seen: Known[] = [];
  let vouched = false;
  for (const { row, known, suspect } of rows.toReversed()) {
    if (known !== null && vouched && !suspect) {
      seen.push(known);
      continue;
    }
    const issue = await read(desk, row);
    if (issue === null) continue;
    const now = { id: issue.id, at: issue.updatedAt, task: fingerprint(row), title: titleHash(row) };
    seen.push(now);
    if (known !== null && sameChange(known, now)) vouched = true;
    else issues.push(issue);
  }
  return { issues: issues.toReversed(), seen: seen.toReversed() };
}

/** Every bug that our account made since, on whatever project it stands now. */
export async function bugsCreatedSince(desk: Desk, time: Date): Promise<readonly Issue[]> {
  const since = before(time.toISOString());
  const { rows } = await searchOwn(desk, '/bugs', { order_by: 'id', created_since: since });
  // That there is nothing means something only where there is a project.
  if (rows.length === 0) await readProject(desk);
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
  const status = task === null ? 'New|Undecided||' : fingerprint(task);
  const made = { id: issue.id, at: issue.updatedAt, task: status, title: null };
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

interface Judged {
  readonly row: Task;
  readonly known: Known | null;
  /** What the row tells has changed, or it stands behind one that changed after it. */
  readonly suspect: boolean;
}

function judge(rows: readonly Task[], known: readonly Known[]): Judged[] {
  const byId = new Map(known.map((each) => [each.id, each]));
  const latest = { exact: 0, rough: 0 };
  return rows.map((row) => {
    const was = byId.get(lastPart(row.bug_link));
    if (was === undefined) return { row, known: null, suspect: true };
    const at = Date.parse(was.at);
    const kind = was.title === null ? 'rough' : 'exact';
    const overtaken = at < Math.max(latest.rough - 1000, kind === 'rough' ? latest.exact - 1000 : latest.exact);
    latest[kind] = Math.max(latest[kind], at);
    const sameRow = was.task === fingerprint(row) && (was.title === null || was.title === titleHash(row));
    return { row, known: was, suspect: overtaken || !sameRow };
  });
}

/** What a row tells of a bug's task. */
function fingerprint(row: Task): string {
  const assignee = row.assignee_link === null ? '' : lastPart(row.assignee_link);
  const milestone = row.milestone_link === null ? '' : lastPart(row.milestone_link);
  return [row.status, row.importance ?? '', assignee, milestone].join('|');
}

function titleHash(row: Task): string {
  return createHash('sha256')
    .update(row.title ?? '')
    .digest('hex')
    .slice(0, 8);
}

/** What was read counts before what was only sent. */
function merge(known: readonly Known[], created: readonly Known[]): Known[] {
  const byId = new Map(created.map((each) => [each.id, each]));
  for (const each of known) byId.set(each.id, each);
  return [...byId.values()];
}

function sameChange(was: Known, now: Known): boolean {
  const apart = Math.abs(Date.parse(was.at) - Date.parse(now.at));
  if (was.task !== now.task) return false;
  return was.title === null ? apart <= 1000 : apart === 0 && was.title === now.title;
}

function before(time: string): string {
  return new Date(Date.parse(time) - OVERLAP_MS).toISOString();
}
