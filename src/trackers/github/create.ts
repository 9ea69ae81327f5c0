import { TrackerError } from '../../errors.ts';
import type { Draft, Written } from '../tracker.ts';
import type { GitHubIssue } from './answers.ts';
import { assignable, MOST_ASSIGNEES } from './assignees.ts';
import { find } from './body.ts';
import { toIssue } from './issue.ts';
import { ensureLabels, milestoneNumber } from './labels.ts';
import { unreadable } from './refusals.ts';
import type { Session } from './session.ts';
import { issueIn, missingFrom, send } from './write.ts';

type Dropped = Written['dropped'][number];

/**
 * Creates an issue; the create is sent once. Only a definite refusal for an assignee, which creates nothing, is
 * answered by asking again without that one.
 */
export async function create(session: Session, draft: Draft, mayI?: () => Promise<void>): Promise<Written> {
  await ensureLabels(session, draft.labels);
  const milestone = draft.milestone === null ? null : await milestoneNumber(session, draft.milestone);
  const { answer, assignees, dropped } = await postAssigned(session, { draft, milestone, mayI });
  const issue = toIssue(answer);
  dropped.push(...missingFrom(issue, { labels: draft.labels, assignees }, (await session.home()).mayWrite));
  if (draft.milestone !== null && answer.milestone?.title.toLowerCase() !== draft.milestone.toLowerCase()) {
    const because = milestone === null ? 'the repository has no such milestone' : 'GitHub did not take it over';
    dropped.push({ what: `milestone ${draft.milestone}`, because });
  }
  return { issue, dropped };
}

interface Post {
  readonly draft: Draft;
  readonly milestone: number | null;
  readonly mayI: (() => Promise<void>) | undefined;
}

/** GitHub refuses an issue for one account that it cannot assign: then only those are asked for that it can. */
async function postAssigned(session: Session, wanted: Post) {
  const { draft } = wanted;
  const over = draft.assignees.slice(MOST_ASSIGNEES);
  const dropped = over.map((login) => lost(login, `GitHub takes ${MOST_ASSIGNEES} assignees at most`));
  let assignees = draft.assignees.slice(0, MOST_ASSIGNEES);
  for (;;) {
    try {
      return { answer: await post(session, wanted, assignees), assignees, dropped };
    } catch (error) {
      if (assignees.length === 0 || !refusesAssignees(error)) throw error;
      const can = await assignable(session, assignees);
      const kept = can.size < assignees.length ? assignees.filter((login) => can.has(login)) : [];
      const cannot = assignees.filter((login) => !kept.includes(login));
      dropped.push(...cannot.map((login) => lost(login, 'it cannot be assigned in this repository')));
      assignees = kept;
    }
  }
}

async function post(session: Session, wanted: Post, assignees: readonly string[]): Promise<GitHubIssue> {
  const { draft, milestone } = wanted;
  const refusal: { thrown?: unknown } = {};
  const beforeSending = async () => {
    try {
      await wanted.mayI?.();
    } catch (error) {
      refusal.thrown = error;
      throw error;
    }
  };
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
      request: { retries: 0, beforeSending },
    }),
  ).catch((error: unknown) => {
    // Nothing was sent: what kept us from it is no failure of the request.
    throw 'thrown' in refusal ? refusal.thrown : error;
  });
  const created = issueIn(session, doing, answer);
  // Another issue than ours in the answer (a cache between us) says nothing about what became of ours.
  if (find(created.body ?? '')?.key !== find(draft.body)?.key) throw unreadable(session.place, doing);
  return created;
}

function lost(login: string, because: string): Dropped {
  return { what: `assignee ${login}`, because };
}

function refusesAssignees(error: unknown): boolean {
  return error instanceof TrackerError && error.refusal.kind === 'invalid' && error.refusal.field === 'assignees';
}
