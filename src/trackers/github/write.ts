import { TrackerError } from '../../errors.ts';
import type { Issue, Written } from '../tracker.ts';
import { GitHubIssue } from './answers.ts';
import type { Api } from './client.ts';
import { understood } from './refusals.ts';
import type { Doing } from './sentences.ts';
import type { Home, Session } from './session.ts';

/** As much of an answer as a write needs. */
export type Sent = { readonly status: number; readonly data: unknown };

/**
 * Sends a write once to the repository under its present name. A redirect means that it was not done: the repository
 * was renamed meanwhile, so it is looked up and the write goes to where it is now.
 */
export async function send(
  session: Session,
  doing: Doing,
  request: (api: Api, home: Home) => Promise<Sent>,
): Promise<Sent> {
  const first = await session.home();
  const answer = await session.ask(doing, (api) => request(api, first));
  if (!isRedirect(answer)) return answer;
  await session.repository('anew');
  const now = await session.home();
  const again = await session.ask(doing, (api) => request(api, now));
  if (!isRedirect(again)) return again;
  const message = `GitHub sends ${doing.what} in ${session.place.target} in circles`;
  throw new TrackerError(session.place.name, { kind: 'broken' }, message, {
    hint: 'Was the repository moved? Name its new place.',
  });
}

function isRedirect(answer: Sent): boolean {
  return answer.status >= 300 && answer.status < 400;
}

/** The issue in an answer. */
export function issueIn(session: Session, doing: Doing, answer: Sent): GitHubIssue {
  return understood(session.place, doing, GitHubIssue, answer.data);
}

/** What was asked for and is not on the issue; GitHub drops labels and assignees without a word. */
export function missingFrom(
  issue: Issue,
  asked: { readonly labels: readonly string[]; readonly assignees: readonly string[] },
  mayWrite: boolean,
): Written['dropped'] {
  const because = mayWrite ? 'GitHub did not take it over' : 'the token may not label or assign in this repository';
  const there = new Set(
    [...issue.labels, ...issue.assignees.map((login) => `@${login}`)].map((name) => name.toLowerCase()),
  );
  return [
    ...asked.labels
      .filter((label) => !there.has(label.toLowerCase()))
      .map((label) => ({ what: `label ${label}`, because })),
    ...asked.assignees
      .filter((login) => !there.has(`@${login.toLowerCase()}`))
      .map((login) => ({ what: `assignee ${login}`, because })),
  ];
}
