import { type Call, entry, noSuchOperation, notFound, operationOf } from './launchpad-call.ts';
import { findPeople, getMilestone } from './launchpad-operations.ts';
import { json, page, type Reply } from './launchpad-page.ts';
import { searchTasks } from './launchpad-search.ts';
import { showPerson, showProject, teamsOf } from './launchpad-show-places.ts';
import { Refusal } from './launchpad-values.ts';
import type { SandboxPerson, SandboxProject } from './launchpad-world.ts';

/** The root: links to what there is, or the description of the API. */
export function serviceRoot({ headers, place }: Call, wadl: string | null): Reply {
  if (headers.accept?.includes('application/vnd.sun.wadl+xml')) {
    if (wadl === null) throw new Refusal(406, 'This sandbox was started without a WADL.');
    const body = wadl.replaceAll(/https:\/\/api\.launchpad\.test\/1\.0/g, place.api);
    return { status: 200, headers: { 'Content-Type': 'application/vnd.sun.wadl+xml' }, body };
  }
  return json({
    resource_type_link: `${place.api}/#service-root`,
    bugs_collection_link: `${place.api}/bugs`,
    people_collection_link: `${place.api}/people`,
    projects_collection_link: `${place.api}/projects`,
    me_link: `${place.api}/people/+me`,
  });
}

/** The people, by name, by a search, or the asker. */
export function people(call: Call, name: string | undefined): Reply {
  const { world, place, form, person: me } = call;
  if (name === '+me') {
    if (me === null) throw new Refusal(401, 'You need to be logged in to view this URL.');
    return { status: 303, headers: { Location: `${place.api}/~${me}` }, body: '' };
  }
  if (name !== undefined) throw notFound();
  const operation = operationOf(call);
  if (operation === null) {
    return page(place, `${place.api}/people`, form, [...world.people.values()], (each) => showPerson(place, each));
  }
  if (['getByEmail', 'find', 'findPerson', 'findTeam'].includes(operation))
    return findPeople(world, place, operation, form);
  throw noSuchOperation(operation);
}

/** A person or a team, and the teams or members. */
export function aPerson(call: Call, name: string, part: string | undefined): Reply {
  const { world, place, form, path } = call;
  const found = world.people.get(name);
  if (found === undefined) throw notFound();
  if (part === undefined) return entry(call, showPerson(place, found));
  const members = (found.members ?? []).flatMap((member) => world.people.get(member) ?? []);
  const lists: Readonly<Record<string, readonly SandboxPerson[]>> = { super_teams: teamsOf(world, name), members };
  const list = Object.hasOwn(lists, part) ? lists[part] : undefined;
  if (list === undefined) throw notFound();
  return page(place, `${place.api}${path}`, form, list, (each) => showPerson(place, each));
}

/** A project: itself, its bugs, a milestone. */
export function aProject(call: Call, project: SandboxProject): Reply {
  const { world, place, person: me, form, method } = call;
  const operation = operationOf(call);
  if (method === 'GET' && operation === null) return entry(call, showProject(place, project));
  if (operation === 'searchTasks') return searchTasks(world, place, me, project.name, form);
  if (operation === 'getMilestone') return getMilestone(place, project, form);
  throw operation === null ? new Refusal(405, '') : noSuchOperation(operation);
}

/** A project that has another name now redirects, with what stands behind it. */
export function renamed({ world, place, query }: Call, name: string, path: string): Reply {
  const project = [...world.projects.values()].find(({ formerNames }) => formerNames.includes(name));
  if (project === undefined) throw notFound();
  const rest = path.slice(name.length + 1);
  return {
    status: 301,
    headers: { Location: `${place.api}/${project.name}${rest}${query === '' ? '' : `?${query}`}` },
    body: '',
  };
}
