import { z } from 'zod';
import { type Asking, readJson } from './asking.ts';
import type { FollowedRef } from './followed.ts';
import { type Asked, type Found, isoOf } from './service.ts';
import { stateOf } from './states.ts';

const Node = z.object({
  title: z.string(),
  state: z.string(),
  stateReason: z.string().nullish(),
  isDraft: z.boolean().nullish(),
  updatedAt: z.string().nullish(),
  assignees: z.object({ nodes: z.array(z.object({ login: z.string() })) }).nullish(),
});
type Node = z.infer<typeof Node>;

const Answer = z.object({
  data: z.record(z.string(), z.record(z.string(), z.unknown()).nullable()),
});

const FIELDS = 'title state updatedAt assignees(first:10){nodes{login}}';
const ISSUE = `...on Issue{${FIELDS} stateReason(enableDuplicate:true)} ...on PullRequest{${FIELDS} isDraft}`;

/** So many things in one query; each costs GitHub a little, the query as a whole one point. */
export const GRAPHQL_BATCH = 50;

/**
 * Many issues and pull requests in one query; it needs a token. Null when this GitHub does not answer such queries: they
 * are then read one by one. What is not in the answer is not there, or hidden.
 */
export async function lookWithGraphql(
  asking: Asking,
  base: string,
  asked: readonly Asked[],
  token: string,
): Promise<ReadonlyMap<string, Found> | null> {
  const answer = await asking.ask(
    `${base.replace(/\/api\/v3\/?$/, '/api')}/graphql`,
    { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', Accept: 'application/json' },
    JSON.stringify({ query: queryFor(asked) }),
  );
  const parsed = Answer.safeParse(answer.status === 200 ? readJson(answer.body) : undefined);
  if (!parsed.success) return null;
  const remark = 'GitHub has no such issue, or it is private';
  return new Map(
    asked.map(({ id }, index): [string, Found] => {
      const node = Node.safeParse(parsed.data.data[`r${index}`]?.thing);
      return [
        id,
        node.success ? { found: 'thing', thing: toThing(node.data), etag: null } : { found: 'nothing', remark },
      ];
    }),
  );
}

/** Names and numbers were checked by their form, so that nothing else gets into the query. */
function queryFor(asked: readonly Asked[]): string {
  const parts = asked.map(({ id }, index) => {
    const [repository = '', number = ''] = id.split('#');
    const [owner, name] = repository.split('/');
    return `r${index}:repository(owner:${JSON.stringify(owner)},name:${JSON.stringify(name)}){thing:issueOrPullRequest(number:${number}){${ISSUE}}}`;
  });
  return `query{${parts.join(' ')}}`;
}

function toThing({ title, state, stateReason, isDraft, updatedAt, assignees }: Node): FollowedRef {
  const raw = wordOf(state, stateReason ?? null, isDraft ?? null);
  return {
    state: stateOf('github', raw),
    raw,
    title,
    updatedAt: isoOf(updatedAt),
    assignees: (assignees?.nodes ?? []).map(({ login }) => login),
    remarks: [],
  };
}

/** The same words as the REST answers have. Only pull requests tell whether they are drafts. */
function wordOf(state: string, reason: string | null, draft: boolean | null): string {
  if (state === 'MERGED') return 'merged';
  if (state === 'OPEN') return draft ? 'draft' : 'open';
  if (draft !== null) return 'closed (unmerged)';
  return reason === null ? state.toLowerCase() : `${state} (${reason})`.toLowerCase();
}
