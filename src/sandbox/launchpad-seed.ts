import type { SandboxPerson, SandboxProject, World } from './launchpad-world.ts';

/** What a sandbox starts with; what is left out has a default. */
export interface LaunchpadSeed {
  readonly people?: readonly Partial<SandboxPerson>[];
  readonly projects?: readonly (Partial<SandboxProject> & { readonly name: string })[];
  /** A Launchpad from before the statuses `Deferred` and `Does Not Exist`. */
  readonly classic?: boolean;
  readonly now?: () => Date;
}

const CLASSIC = [
  'New',
  'Incomplete',
  'Opinion',
  'Invalid',
  "Won't Fix",
  'Expired',
  'Confirmed',
  'Triaged',
  'In Progress',
  'Fix Committed',
  'Fix Released',
];
const NEWER = ['Deferred', 'Does Not Exist'];

/** The people and the project of a sandbox that nobody seeded: a bot, two colleagues, and a team in charge of the bugs. */
const DEFAULT_SEED = {
  people: [
    { name: 'ptg-bot', displayName: 'PTG Bot' },
    { name: 'alice', displayName: 'Alice', email: 'alice@example.org' },
    { name: 'bob', displayName: 'Bob', email: 'bob@example.org' },
    { name: 'neutron-bugs', displayName: 'Bug Team', members: ['alice'] },
  ],
  projects: [
    { name: 'neutron', owner: 'alice', supervisor: 'neutron-bugs', milestones: ['victoria-2'], series: ['ussuri'] },
  ],
} as const satisfies LaunchpadSeed;

/** A world as the seed says. */
export function makeWorld(seed: LaunchpadSeed): World {
  const people = (seed.people ?? DEFAULT_SEED.people).map(
    (person): SandboxPerson => ({ name: 'nobody', displayName: 'Nobody', email: null, members: null, ...person }),
  );
  const projects = (seed.projects ?? DEFAULT_SEED.projects).map(
    (project): SandboxProject => ({
      kind: 'project',
      owner: people[0]?.name ?? 'nobody',
      driver: null,
      supervisor: null,
      officialBugs: true,
      milestones: [],
      series: [],
      formerNames: [],
      ...project,
    }),
  );
  return {
    people: new Map(people.map((person) => [person.name, person])),
    projects: new Map(projects.map((project) => [project.name, project])),
    bugs: new Map(),
    tokens: new Map(),
    requestTokens: new Map(),
    statuses: seed.classic ? CLASSIC : [...CLASSIC, ...NEWER],
    now: seed.now ?? (() => new Date()),
  };
}
