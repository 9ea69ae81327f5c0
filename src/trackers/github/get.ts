import { TrackerError } from '../../errors.ts';
import type { Issue } from '../tracker.ts';
import type { GitHubIssue } from './answers.ts';
import { parseId, repositoryOf, toIssue } from './issue.ts';
import type { Session } from './session.ts';
import { issueIn } from './write.ts';

/** One issue by its id, transfers and renames followed; null when it is no longer there. */
export async function get(session: Session, id: string): Promise<Issue | null> {
  const place = parseId(id, session.place.target);
  if (place === null) return null;
  const [owner = '', repo = ''] = place.repository.split('/');
  const doing = { what: `the look at issue ${id}`, id };
  try {
    const answer = await session.ask(doing, (api) => api.rest.issues.get({ owner, repo, issue_number: place.number }));
    return await placed(session, issueIn(session, doing, answer));
  } catch (error) {
    if (!(error instanceof TrackerError) || error.refusal.kind !== 'gone') throw error;
    // A repository that is hidden, or takes no issues, answers in the same way: then nothing is known about this one.
    const { has_issues } = await session.repository('anew');
    if (!has_issues) await session.home();
    return null;
  }
}

/** The issue under its number at home, or under its full name where it moved to. */
async function placed(session: Session, answer: GitHubIssue): Promise<Issue> {
  const at = repositoryOf(answer);
  if (at === null || same(at, session.place.target)) return toIssue(answer);
  return toIssue(answer, same(at, (await session.repository()).full_name) ? null : at);
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
