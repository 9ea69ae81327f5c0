import { z } from 'zod';
import { type Asking, readJson } from './asking.ts';
import { GRAPHQL_BATCH, lookWithGraphql } from './github-graphql.ts';
import { type Asked, type Found, isoOf, type Service } from './service.ts';
import { stateOf } from './states.ts';

/** An issue or a pull request: both are read as issues. */
const GitHubIssue = z.object({
  title: z.string(),
  state: z.string(),
  state_reason: z.string().nullish(),
  draft: z.boolean().nullish(),
  updated_at: z.string().nullish(),
  assignees: z.array(z.object({ login: z.string() })).nullish(),
  pull_request: z.object({ merged_at: z.string().nullish() }).nullish(),
});
type GitHubIssue = z.infer<typeof GitHubIssue>;

/**
 * GitHub issues and pull requests: many with one query where there is a token, else one by one. A conditional request
 * costs nothing of the rate limit when nothing changed; without a token what is public is read, 60 an hour.
 */
export function githubIssues(base: string, token: string | null): Service {
  return {
    name: 'GitHub',
    batch: token === null ? 1 : GRAPHQL_BATCH,
    place: ({ kind, id }) => {
      const ours = kind === 'github-issue' || kind === 'github-pull';
      return ours && id !== null && /^[\w.-]+\/[\w.-]+#\d+$/.test(id) ? { id, base } : null;
    },
    async look(asking, root, asked) {
      const many = token !== null && asked.length > 1 ? await lookWithGraphql(asking, root, asked, token) : null;
      if (many !== null) return many;
      const found = new Map<string, Found>();
      for (const one of asked) found.set(one.id, await lookAt(asking, root, one, token));
      return found;
    },
  };
}

async function lookAt(asking: Asking, base: string, { id, etag }: Asked, token: string | null): Promise<Found> {
  const answer = await asking.ask(`${base}/repos/${id.replace('#', '/issues/')}`, {
    Accept: 'application/vnd.github+json',
    ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
    ...(etag === null ? {} : { 'If-None-Match': etag }),
  });
  if (answer.status === 304) return { found: 'same' };
  if (answer.status === 410) return { found: 'nothing', remark: 'it was deleted on GitHub' };
  if (answer.status === 404) return { found: 'nothing', remark: 'GitHub has no such issue, or it is private' };
  const issue = GitHubIssue.safeParse(readJson(answer.body));
  if (!issue.success) return { found: 'nothing', remark: `GitHub's answer could not be read (${answer.status})` };
  const { title, updated_at, assignees } = issue.data;
  const raw = wordOf(issue.data);
  return {
    found: 'thing',
    thing: {
      state: stateOf('github', raw),
      raw,
      title,
      updatedAt: isoOf(updated_at),
      assignees: (assignees ?? []).map(({ login }) => login),
      remarks: [],
    },
    etag: answer.headers.etag ?? null,
  };
}

function wordOf({ state, state_reason: reason, draft, pull_request: pull }: GitHubIssue): string {
  if (pull?.merged_at) return 'merged';
  if (pull && state === 'closed') return 'closed (unmerged)';
  if (state === 'open') return draft ? 'draft' : 'open';
  return reason ? `${state} (${reason})` : state;
}
