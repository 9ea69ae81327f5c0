import type { Issue, State } from '../tracker.ts';
import type { GitHubIssue } from './answers.ts';

/** A GitHub issue in our words. One that lives elsewhere (it was transferred) is named `owner/repo#12`. */
export function toIssue(answer: GitHubIssue, elsewhere: string | null = null): Issue {
  return {
    id: elsewhere === null ? String(answer.number) : `${elsewhere}#${answer.number}`,
    url: answer.html_url,
    title: answer.title,
    body: answer.body ?? '',
    state: stateOf(answer),
    raw: rawOf(answer),
    labels: answer.labels.flatMap((label) => (typeof label === 'string' ? [label] : label.name ? [label.name] : [])),
    assignees: (answer.assignees ?? []).map((assignee) => assignee.login),
    author: answer.user?.login ?? null,
    createdAt: answer.created_at,
    updatedAt: answer.updated_at,
    duplicateOf: null,
  };
}

/** The repository that an answer names, `owner/repo`. */
export function repositoryOf(answer: GitHubIssue): string | null {
  return /\/repos\/([^/]+\/[^/]+)$/.exec(answer.repository_url ?? '')?.[1] ?? null;
}

/** Where an id of ours lives: its repository (when it is not the home) and its number; null for what is no id. */
export function parseId(id: string, home: string): { readonly repository: string; readonly number: number } | null {
  const match = /^(?:(?<repository>[\w.-]+\/[\w.-]+)#)?(?<number>\d{1,15})$/.exec(id);
  return match === null ? null : { repository: match.groups?.repository ?? home, number: Number(match.groups?.number) };
}

/** Reasons for closing that mean that the work was not done. */
const DROPPED: ReadonlySet<string> = new Set(['not_planned', 'duplicate']);

function stateOf(answer: GitHubIssue): State {
  if (answer.state === 'open') return 'open';
  if (answer.state !== 'closed') return 'unknown';
  if (answer.pull_request) return answer.pull_request.merged_at ? 'done' : 'dropped';
  return DROPPED.has(answer.state_reason ?? '') ? 'dropped' : 'done';
}

function rawOf(answer: GitHubIssue): string {
  if (answer.pull_request?.merged_at) return 'merged';
  return answer.state === 'closed' && answer.state_reason ? `closed (${answer.state_reason})` : answer.state;
}
