import { RequestError } from '@octokit/request-error';
import { z } from 'zod';
import { refused, understood } from './refusals.ts';
import { once, type Session } from './session.ts';

/** GitHub takes no more than these on one issue. */
export const MOST_ASSIGNEES = 10;
/** Up to here each account is asked for by itself; more are looked up in the list. */
const ONE_BY_ONE = 3;

const Logins = z.array(z.object({ login: z.string() }));
const doing = { what: 'the list of who can be assigned' };

/** Which of the accounts can be assigned in this repository. */
export async function assignable(session: Session, accounts: readonly string[]): Promise<ReadonlySet<string>> {
  const listed = accounts.length > ONE_BY_ONE ? await once(session.known, 'assignees', () => list(session)) : null;
  const answers = await Promise.all(
    accounts.map((account) => listed?.has(account.toLowerCase()) || (listed?.whole ? false : check(session, account))),
  );
  return new Set(accounts.filter((_, index) => answers[index]));
}

/** The first page of the list, and whether that is all: in a large organisation asking one by one is cheaper. */
async function list(session: Session): Promise<{ has(login: string): boolean; readonly whole: boolean }> {
  const answer = await session.ask(doing, (api) => api.rest.issues.listAssignees({ ...session.given, per_page: 100 }));
  const logins = new Set(understood(session.place, doing, Logins, answer.data).map(({ login }) => login.toLowerCase()));
  return { has: (login) => logins.has(login), whole: !answer.headers.link?.includes('rel="next"') };
}

function check(session: Session, account: string): Promise<boolean> {
  if (!/^[A-Za-z0-9](?:[A-Za-z0-9-]{0,99})(?:\[bot\])?$/.test(account)) return Promise.resolve(false);
  return once(session.known, `assignee ${account.toLowerCase()}`, async () => {
    try {
      await session.api.rest.issues.checkUserCanBeAssigned({ ...session.given, assignee: account });
      return true;
    } catch (error) {
      if (error instanceof RequestError && error.status === 404) return false;
      throw refused(session.place, doing, error);
    }
  });
}
