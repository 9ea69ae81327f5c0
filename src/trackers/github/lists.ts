import { RequestError } from '@octokit/request-error';
import { z } from 'zod';
import type { Changes, Issue } from '../tracker.ts';
import { GitHubIssue } from './answers.ts';
import { toIssue } from './issue.ts';
import { refused, understood } from './refusals.ts';
import type { Session } from './session.ts';

/** Clocks differ, and a change can become visible after a later one: everything is asked for again this far back. */
const OVERLAP = 2 * 60_000;
/** The same for what we created, where our own clock is compared with GitHub's. */
const SKEW = 10 * 60_000;

/** Where to go on: the list asked for last (its `since`), its validator, and the newest change seen. */
const Cursor = z.object({ since: z.string().nullable(), etag: z.string().nullable(), seen: z.string().nullable() });
type Cursor = z.infer<typeof Cursor>;

/**
 * What changed since the cursor. The list is sorted by change, newest first, so that its first page tells whether
 * anything changed at all: one conditional request (`If-None-Match`) when nothing did. `since` stays as long as the
 * changes fit one page, because the validator belongs to the address.
 */
export async function changes(session: Session, cursor: string | null): Promise<Changes> {
  const from = parseCursor(cursor);
  const first = await page(session, { since: from.since, etag: from.etag });
  if (first === null) return { issues: [], cursor, unchanged: true };
  const found = [...first.answers, ...(await further(session, first.next))];
  const seen = newest(found) ?? from.seen;
  if (first.next === null) return told(found, { since: from.since, etag: first.etag, seen }, from.seen);
  // While pages were read, a change may have moved an issue from a page to come to one that was read: look again.
  const since = seen === null ? null : before(seen, OVERLAP);
  const again = await page(session, { since, etag: null });
  const late = again === null ? [] : [...again.answers, ...(await further(session, again.next))];
  const all = [...late, ...found];
  return told(all, { since, etag: again?.etag ?? null, seen: newest(all) ?? seen }, from.seen);
}

/** Every issue of our account since a time, newest first, page by page until they are older. Never conditional. */
export async function createdSince(session: Session, time: Date): Promise<readonly Issue[]> {
  const creator = await session.account();
  const oldest = new Date(time.getTime() - SKEW).toISOString();
  const query = { ...(creator === null ? {} : { creator }), sort: 'created', direction: 'desc' } as const;
  const found: GitHubIssue[] = [];
  let next: string | null = null;
  do {
    const answer: Page | null = next === null ? await page(session, query) : await nextPage(session, next);
    found.push(...(answer?.answers ?? []));
    const last = found.at(-1);
    next = last === undefined || last.created_at < oldest ? null : (answer?.next ?? null);
  } while (next !== null);
  return issuesOf(found).filter((issue) => issue.createdAt >= oldest);
}

interface Page {
  readonly answers: readonly GitHubIssue[];
  readonly etag: string | null;
  readonly next: string | null;
}

interface Query {
  readonly since?: string | null;
  readonly etag?: string | null;
  readonly creator?: string;
  readonly sort?: 'created' | 'updated';
}

const doing = { what: 'the list of issues' };

/** One page; null when it is the one that we know (304). */
async function page(session: Session, { since, etag, creator, sort = 'updated' }: Query): Promise<Page | null> {
  try {
    const answer = await session.api.rest.issues.listForRepo({
      ...session.given,
      state: 'all',
      sort,
      direction: 'desc',
      per_page: 100,
      ...(since ? { since } : {}),
      ...(creator === undefined ? {} : { creator }),
      ...(etag ? { headers: { 'if-none-match': etag } } : {}),
    });
    return pageOf(session, answer);
  } catch (error) {
    if (error instanceof RequestError && error.status === 304) return null;
    throw refused(session.place, doing, error);
  }
}

/** GitHub says how to ask for the next page; the token goes to no host but ours. */
async function nextPage(session: Session, query: string): Promise<Page> {
  const { owner, repo } = session.given;
  return pageOf(session, await session.ask(doing, (api) => api.request(`GET /repos/${owner}/${repo}/issues${query}`)));
}

async function further(session: Session, query: string | null): Promise<readonly GitHubIssue[]> {
  const found: GitHubIssue[] = [];
  for (let next = query; next !== null; ) {
    const answer: Page = await nextPage(session, next);
    found.push(...answer.answers);
    next = answer.next;
  }
  return found;
}

function pageOf(session: Session, answer: { data: unknown; headers: { etag?: string; link?: string } }): Page {
  const list = understood(session.place, doing, z.array(z.unknown()), answer.data);
  return {
    answers: list.map((one) => understood(session.place, doing, GitHubIssue, one)),
    etag: answer.headers.etag ?? null,
    next: /<[^<>?]{1,500}(\?[^<>]{1,2000})>; rel="next"/.exec(answer.headers.link ?? '')?.[1] ?? null,
  };
}

function told(found: readonly GitHubIssue[], cursor: Cursor, seen: string | null): Changes {
  const since = seen === null ? '' : before(seen, OVERLAP);
  const issues = issuesOf(found).filter((issue) => issue.updatedAt >= since);
  return { issues, cursor: JSON.stringify(cursor), unchanged: false };
}

/** Without pull requests, each issue once, the newest copy of it. */
function issuesOf(answers: readonly GitHubIssue[]): readonly Issue[] {
  const found = new Map<number, GitHubIssue>();
  for (const answer of answers) {
    const known = found.get(answer.number);
    if (!answer.pull_request && (known === undefined || known.updated_at < answer.updated_at)) {
      found.set(answer.number, answer);
    }
  }
  return [...found.values()].map((answer) => toIssue(answer));
}

function newest(answers: readonly GitHubIssue[]): string | null {
  return answers.reduce<string | null>(
    (latest, { updated_at }) => (latest === null || updated_at > latest ? updated_at : latest),
    null,
  );
}

function before(time: string, ms: number): string {
  return new Date(Date.parse(time) - ms).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** A cursor of another version or of another tracker asks for everything again. */
function parseCursor(cursor: string | null): Cursor {
  try {
    return Cursor.parse(JSON.parse(cursor ?? ''));
  } catch {
    return { since: null, etag: null, seen: null };
  }
}
