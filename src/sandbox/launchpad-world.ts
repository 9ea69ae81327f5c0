import { randomBytes } from 'node:crypto';

/** What the sandbox's Launchpad holds. Plain data; only the files of this sandbox change it. */
export interface World {
  readonly people: Map<string, SandboxPerson>;
  readonly projects: Map<string, SandboxProject>;
  readonly bugs: Map<number, SandboxBug>;
  readonly tokens: Map<string, Token>;
  readonly requestTokens: Map<string, RequestToken>;
  /** Statuses that this Launchpad knows; an older one lacks two. */
  readonly statuses: readonly string[];
  readonly now: () => Date;
}

export interface SandboxPerson {
  readonly name: string;
  readonly displayName: string;
  readonly email: string | null;
  /** Null for a person; a team has members. */
  readonly members: readonly string[] | null;
}

export interface SandboxProject {
  readonly name: string;
  readonly kind: 'project' | 'project_group';
  readonly owner: string;
  readonly driver: string | null;
  readonly supervisor: string | null;
  officialBugs: boolean;
  readonly milestones: readonly string[];
  readonly series: readonly string[];
  /** Names that the project had before; they redirect. */
  readonly formerNames: readonly string[];
}

export interface SandboxTask {
  target: string;
  status: string;
  importance: string;
  assignee: string | null;
  milestone: string | null;
  readonly owner: string;
  readonly created: Date;
  /** When the task last came into a status. */
  readonly dates: Record<string, Date>;
}

export interface SandboxBug {
  readonly id: number;
  title: string;
  description: string;
  tags: string[];
  name: string | null;
  duplicateOf: number | null;
  private: boolean;
  /** "Comment-only": nobody but those in charge may change it. */
  locked: boolean;
  readonly owner: string;
  readonly created: Date;
  updated: Date;
  readonly tasks: SandboxTask[];
  readonly messages: {
    readonly owner: string;
    readonly subject: string;
    readonly content: string;
    readonly created: Date;
  }[];
}

export interface Token {
  readonly consumerKey: string;
  readonly secret: string;
  readonly person: string;
  readonly level: string;
  expired: boolean;
}

export interface RequestToken {
  readonly consumerKey: string;
  readonly secret: string;
  /** What the person said: a level, `UNAUTHORIZED`, or null before. */
  granted: { readonly person: string; readonly level: string } | null;
}

/** Statuses with which work is over; a search leaves them out unless it names them. */
export const CLOSED: readonly string[] = [
  'Fix Released',
  'Opinion',
  'Invalid',
  "Won't Fix",
  'Expired',
  'Does Not Exist',
];

export const IMPORTANCES: readonly string[] = ['Undecided', 'Critical', 'High', 'Medium', 'Low', 'Wishlist'];

/** A new access token; `consumerKey:token:secret` is how ptg-tracker wants it. */
export function grantToken(
  world: World,
  consumerKey: string,
  person: string,
  level = 'WRITE_PUBLIC',
): { token: string; secret: string } {
  const token = randomText();
  const secret = randomText();
  world.tokens.set(token, { consumerKey, secret, person, level, expired: false });
  return { token, secret };
}

/** Letters and digits that nobody guesses. */
export function randomText(): string {
  return randomBytes(15).toString('hex');
}

/** Whether a person is that person or in that team. */
export function isIn(world: World, person: string, name: string | null): boolean {
  if (name === null) return false;
  return person === name || (world.people.get(name)?.members?.includes(person) ?? false);
}

/** Whether a person is in charge of a project's bugs: supervisor, driver or owner. */
export function supervises(world: World, person: string, projectName: string): boolean {
  const project = world.projects.get(projectName);
  if (project === undefined) return false;
  return [project.supervisor, project.driver, project.owner].some((name) => isIn(world, person, name));
}

/** Whether a person, or nobody, may see a bug. */
export function maySee(world: World, person: string | null, bug: SandboxBug): boolean {
  if (!bug.private) return true;
  if (person === null) return false;
  return person === bug.owner || bug.tasks.some((task) => supervises(world, person, task.target));
}
