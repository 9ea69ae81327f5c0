import { TrackerError } from '../../errors.ts';
import type { Draft, Written } from '../tracker.ts';
import type { GitHubIssue } from './answers.ts';
import { MOST_ASSIGNEES } from './assignees.ts';
import { toIssue } from './issue.ts';
import { ensureLabels, milestoneNumber } from './labels.ts';
import type { Session } from './session.ts';
import { issueIn, missingFrom, send } from './write.ts';

type Dropped = Written['dropped'][number];

/**
 * Creates an issue; the create is sent once. Only a definite refusal for an assignee, which creates nothing, is
 * answered by asking again without assignees.
 */
export async function create(session: Session, draft: Draft): Promise<Written> {
  await ensureLabels(session, draft.labels);
  const milestone = draft.milestone === null ? null : await milestoneNumber(session, draft.milestone);
  const { assignees, dropped } = assigneesOf(draft);
  const answer = await post(session, draft, milestone, assignees).catch(async (error: unknown) => {
    if (assignees.length === 0 || !refusesAssignees(error)) throw error;
    dropped.push(...assignees.map((login) => lost(login, 'it cannot be assigned in this repository')));
    return post(session, draft, milestone, []);
  });
  const issue = toIssue(answer);
  const asked = {
    labels: draft.labels,
    assignees: assignees.filter((login) => !dropped.some((one) => one.what === `assignee ${login}`)),
  };
  dropped.push(...missingFrom(issue, asked, (await session.home()).mayWrite));
  if (draft.milestone !== null && answer.milestone?.title.toLowerCase() !== draft.milestone.toLowerCase()) {
    const because = milestone === null ? 'the repository has no such milestone' : 'GitHub did not take it over';
    dropped.push({ what: `milestone ${draft.milestone}`, because });
  }
  return { issue, dropped };
}

async function post(
  session: Session,
  draft: Draft,
  milestone: number | null,
  assignees: readonly string[],
): Promise<GitHubIssue> {
  const doing = { what: 'a new issue', create: true };
  const answer = await send(session, doing, (api, { owner, repo }) =>
    api.rest.issues.create({
      owner,
      repo,
      title: draft.title,
      body: draft.body,
      labels: [...draft.labels],
      assignees: [...assignees],
      ...(milestone === null ? {} : { milestone }),
      request: { retries: 0 },
    }),
  );
  return issueIn(session, doing, answer);
}

function assigneesOf(draft: Draft): { assignees: readonly string[]; dropped: Dropped[] } {
  const over = draft.assignees.slice(MOST_ASSIGNEES);
  const because = `GitHub takes ${MOST_ASSIGNEES} assignees at most`;
  return { assignees: draft.assignees.slice(0, MOST_ASSIGNEES), dropped: over.map((login) => lost(login, because)) };
}

function lost(login: string, because: string): Dropped {
  return { what: `assignee ${login}`, because };
}

function refusesAssignees(error: unknown): boolean {
  return error instanceof TrackerError && error.refusal.kind === 'invalid' && error.refusal.field === 'assignees';
}
