import { RequestError } from '@octokit/request-error';
import { GitHubProblem } from './answers.ts';

/** The problems that GitHub names in a refusal. */
function problemsOf(error: unknown): Exclude<NonNullable<GitHubProblem['errors']>[number], string>[] {
  const problem = error instanceof RequestError ? GitHubProblem.safeParse(error.response?.data) : null;
  return (problem?.data?.errors ?? []).filter((one) => typeof one !== 'string');
}

/** The field that was refused, where GitHub names one. */
export function fieldOf(error: RequestError): string | null {
  return problemsOf(error).find((one) => one.field)?.field ?? null;
}

/** What GitHub said, without the address of its documentation; a page of HTML is no sentence. */
export function sentence(error: RequestError): string {
  const problem = GitHubProblem.safeParse(error.response?.data).data;
  if (problem === undefined) return '';
  const details = problemsOf(error).map((one) => one.message ?? [one.field, one.code].filter(Boolean).join(' '));
  return [problem.message, ...details]
    .filter((part) => part !== '')
    .join(': ')
    .slice(0, 300);
}
