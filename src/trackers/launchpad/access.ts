import { z } from 'zod';
import { TrackerError } from '../../errors.ts';
import type { Access } from '../tracker.ts';
import { type Desk, ownAccount, parse, refused, toJson } from './desk.ts';
import { lastPart, Project } from './schema.ts';

/** How long an answer about our rights is believed. */
const BELIEVED_MS = 24 * 3_600_000;
const Remembered = z.object({ at: z.number(), yes: z.boolean() });
const Teams = z.object({ entries: z.array(z.object({ name: z.string() })) });

/**
 * Looks whether the project is there and takes bugs, and who we are. Throws `denied`, `missing`, `disabled`, `unreachable`.
 * Whom we may assign depends on our teams; `assignable` looks at them when somebody is to be assigned.
 */
export async function lookAround(desk: Desk): Promise<Access> {
  const project = await readProject(desk);
  const account = await ownAccount(desk);
  const supervisor = project.bug_supervisor_link === null ? null : lastPart(project.bug_supervisor_link);
  const warnings =
    supervisor === null || rolesOf(project).includes(account)
      ? []
      : [
          `Bugs of ${desk.project} are in the care of ~${supervisor}: unless ~${account} is one of them, Launchpad refuses importance, milestones and assignees other than ~${account}`,
        ];
  return { account, mayLabel: true, mayAssign: true, warnings };
}

/** Whether our account may set importance, milestones and other people as assignees: the bug supervisor and its team may. */
async function maySupervise(desk: Desk, project: Project, account: string): Promise<boolean> {
  const roles = rolesOf(project);
  if (project.bug_supervisor_link === null || roles.includes(account)) return true;
  const now = desk.clock.now().getTime();
  const memory = Remembered.safeParse(toJson((await desk.memo?.get(`${desk.key}:supervises`)) ?? ''));
  if (memory.success && now - memory.data.at < BELIEVED_MS) return memory.data.yes;
  const what = `the teams of ~${account}`;
  const answer = await desk.http.read(what, `/~${encodeURIComponent(account)}/super_teams`, { 'ws.size': 300 });
  if (answer.status !== 200) throw refused(desk, what, answer);
  const yes = parse(desk, what, Teams, answer).entries.some(({ name }) => roles.includes(name));
  await desk.memo?.set(`${desk.key}:supervises`, JSON.stringify({ at: now, yes }));
  return yes;
}

/** Who is in charge of a project's bugs. */
function rolesOf(project: Project): string[] {
  return [project.bug_supervisor_link, project.owner_link, project.driver_link].flatMap((link) =>
    link === null ? [] : [lastPart(link)],
  );
}

/** The project, if it is one that takes bugs. */
export async function readProject(desk: Desk): Promise<Project> {
  const what = `the project ${desk.project}`;
  const answer = await desk.http.read(what, `/${desk.project}`);
  if (answer.status !== 200) throw refused(desk, what, answer);
  const project = parse(desk, what, Project, answer);
  const kind = project.resource_type_link.replace(/^[^#]*#/, '');
  if (kind !== 'project' && kind !== 'distribution') {
    throw unfit(desk, `${desk.project} is a ${kind.replaceAll('_', ' ')} on Launchpad: bugs are filed on a project`);
  }
  if (project.name !== desk.project) {
    throw unfit(
      desk,
      `The project ${desk.project} is now ${project.name} on Launchpad: write that name in the configuration`,
    );
  }
  if (project.official_bugs === false)
    throw unfit(desk, `The project ${desk.project} does not track its bugs on Launchpad`);
  return project;
}

function unfit(desk: Desk, sentence: string): TrackerError {
  desk.unfit = new TrackerError(desk.name, { kind: 'disabled' }, sentence, {
    hint: 'Write a project that takes bugs on Launchpad in the configuration',
  });
  return desk.unfit;
}

/** Which of these accounts exist and may be assigned by us; without the supervisor's rights, only ourselves. */
export async function assignableAccounts(desk: Desk, accounts: readonly string[]): Promise<ReadonlySet<string>> {
  const account = await ownAccount(desk);
  const others = [...new Set(accounts)].filter((name) => name !== account);
  const found = new Set(accounts.filter((name) => name === account));
  if (others.length === 0 || !(await maySupervise(desk, await readProject(desk), account))) return found;
  for (const name of others) if (await exists(desk, name)) found.add(name);
  return found;
}

/** Whether our account may set importance, milestones and assignees, for `doctor`. */
export async function mayTriage(desk: Desk): Promise<boolean> {
  return maySupervise(desk, await readProject(desk), await ownAccount(desk));
}

async function exists(desk: Desk, account: string): Promise<boolean> {
  const what = `the account ~${account}`;
  const answer = await desk.http.read(what, `/~${encodeURIComponent(account)}`);
  if (answer.status === 200) return true;
  if (answer.status === 404 || answer.status === 410) return false;
  throw refused(desk, what, answer);
}
