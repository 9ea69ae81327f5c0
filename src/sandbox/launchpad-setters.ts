import { pathAt, personAt } from './launchpad-search.ts';
import type { Place } from './launchpad-show.ts';
import { Refusal } from './launchpad-values.ts';
import { isIn, type SandboxBug, type SandboxTask, type World } from './launchpad-world.ts';

/** A step that only some may take; others are refused when it comes to it. */
export function guarded(may: boolean, refusal: string, step: () => void): () => void {
  return () => {
    if (!may) throw new Refusal(401, refusal);
    step();
  };
}

/** Sets a field. */
export function set<T, K extends keyof T>(thing: T, field: K, value: T[K]): () => void {
  return () => {
    thing[field] = value;
  };
}

const SUPERVISED = ["Won't Fix", 'Deferred', 'Expired', 'Triaged', 'Does Not Exist'];
const HELD = ["Won't Fix", 'Deferred', 'Does Not Exist'];

/** The status of a task, with the rules of who may set and leave which. */
export function statusSetter(
  world: World,
  person: string,
  trusted: boolean,
  bug: SandboxBug,
  task: SandboxTask,
  status: string,
): () => void {
  const leaves = HELD.includes(task.status) || (task.status === 'Fix Released' && person !== bug.owner);
  const may = trusted || (!SUPERVISED.includes(status) && !leaves);
  return guarded(may, `Only Bug Supervisors may change status to ${status}.`, () => {
    task.status = status;
    task.dates[status] = world.now();
  });
}

/** The assignee of a task: oneself and one's teams always, others for those in charge. */
export function assigneeSetter(
  world: World,
  place: Place,
  person: string,
  trusted: boolean,
  task: SandboxTask,
  value: unknown,
): () => void {
  const assignee = value === null ? null : personAt(world, place, 'assignee_link', String(value));
  const supervised = world.projects.get(task.target)?.supervisor ?? null;
  const own = assignee === null || isIn(world, person, assignee);
  const refusal =
    'Regular users can assign and unassign only themselves and their teams. Only project owners, bug supervisors, drivers and release managers can assign others.';
  return guarded(own || trusted || supervised === null, refusal, () => {
    task.assignee = assignee;
    task.dates.assigned = world.now();
  });
}

/** The milestone of the task's project at an address. */
export function milestoneAt(world: World, place: Place, task: SandboxTask, value: unknown): string | null {
  if (value === null) return null;
  const name = /^\/(?<project>[^/]+)\/\+milestone\/(?<name>[^/]+)$/.exec(pathAt(place, String(value)) ?? '')?.groups;
  const known = name?.project === task.target && world.projects.get(task.target)?.milestones.includes(name.name ?? '');
  if (!known) throw new Refusal(400, `milestone_link: No such object "${String(value)}".`);
  return name.name ?? null;
}

/** The project at an address. */
export function targetAt(world: World, place: Place, value: unknown): string {
  const name = (pathAt(place, String(value)) ?? '').slice(1);
  if (world.projects.get(name)?.kind !== 'project')
    throw new Refusal(400, `target_link: No such object "${String(value)}".`);
  return name;
}

/** The bug that this one may be a duplicate of. */
export function duplicate(world: World, place: Place, bug: SandboxBug, value: unknown): number | null {
  if (value === null) return null;
  const other = world.bugs.get(Number(/^\/bugs\/(?<id>\d+)$/.exec(pathAt(place, String(value)) ?? '')?.groups?.id));
  if (other === undefined) throw new Refusal(400, `duplicate_of_link: No such object "${String(value)}".`);
  if (other.id === bug.id) throw new Refusal(400, 'duplicate_of_link: A bug cannot be a duplicate of itself.');
  if (other.duplicateOf !== null) {
    throw new Refusal(400, `duplicate_of_link: Bug ${other.id} is already a duplicate of bug ${other.duplicateOf}.`);
  }
  return other.id;
}

/** A nickname that no other bug has. */
export function nickname(world: World, bug: SandboxBug, value: unknown): string | null {
  if (value === null) return null;
  if (typeof value !== 'string' || !/^[a-z][a-z0-9+.-]+$/.test(value))
    throw new Refusal(400, 'name: Constraint not satisfied');
  const taken = [...world.bugs.values()].some((other) => other !== bug && other.name === value);
  if (taken) throw new Refusal(400, `name: ${value} is already in use by another bug.`);
  return value;
}
