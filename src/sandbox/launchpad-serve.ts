import { patchBug, patchTask } from './launchpad-change.ts';
import { bugPage } from './launchpad-html.ts';
import { accessToken, authorize, authorizePage, mayWrite, requestToken, whoAsks } from './launchpad-login.ts';
import { addTask, createBug, findPeople, getMilestone, newMessage } from './launchpad-operations.ts';
import { json, page, type Reply, text } from './launchpad-page.ts';
import { searchTasks } from './launchpad-search.ts';
import {
  type Place,
  type Shown,
  showBug,
  showMessage,
  showMilestone,
  showPerson,
  showProject,
  showSeries,
  showTask,
  teamsOf,
} from './launchpad-show.ts';
import { type Form, Refusal, readForm } from './launchpad-values.ts';
import { maySee, type SandboxBug, type SandboxPerson, type SandboxProject, type World } from './launchpad-world.ts';

/** One request as the sandbox sees it. */
export interface Asked {
  readonly method: string;
  /** `/devel/bugs/1`, decoded. */
  readonly path: string;
  readonly query: string;
  readonly host: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

interface Call extends Asked {
  readonly world: World;
  readonly place: Place;
  /** Null is nobody. */
  readonly person: string | null;
  readonly form: Form;
}

const API = /^\/(?<version>devel|1\.0|beta)(?<path>\/.*)?$/;

/** Answers one request. `wadl` is the description of the API for clients that read one; null where there is none. */
export function answer(world: World, asked: Asked, wadl: string | null): Reply {
  const web = `http://${asked.host}`;
  const groups = API.exec(asked.path)?.groups;
  try {
    if (groups === undefined) return answerWeb(world, { api: `${web}/devel`, web }, asked);
    const place = { api: `${web}/${groups.version}`, web };
    const path = (groups.path ?? '/').replace(/(?<=.)\/$/, '');
    const person = whoAsks(world, asked.headers.authorization);
    const form = readForm(asked.method === 'POST' ? asked.body : asked.query);
    if (asked.method !== 'GET') checkWrite(world, asked, person);
    return answerApi({ ...asked, world, place, path, person, form }, wadl);
  } catch (error) {
    if (error instanceof Refusal) return text(error.status, error.message);
    throw error;
  }
}

function checkWrite(world: World, asked: Asked, person: string | null): void {
  if (person === null || !mayWrite(world, asked.headers.authorization)) {
    throw new Refusal(401, "(<lp.systemhomes.MaloneApplication object>, 'createBug', 'launchpad.AnyPerson')");
  }
  if (asked.method === 'POST' && !/^application\/x-www-form-urlencoded/.test(asked.headers['content-type'] ?? '')) {
    throw new Refusal(400, 'No operation name given.');
  }
}

function answerApi(call: Call, wadl: string | null): Reply {
  const { world, place, path } = call;
  const [, first = '', second, third, fourth] = path.split('/').map(decodeURIComponent);
  if (first === '') return serviceRoot(call, wadl);
  if (first === 'people') return people(call, second);
  if (first.startsWith('~')) return person(call, first.slice(1), second);
  if (first === 'bugs') return second === undefined ? allBugs(call) : aBug(call, findBug(call, second), third);
  const project = world.projects.get(first);
  if (project === undefined) return renamed(call, first, path);
  if (second === undefined) return aProject(call, project);
  if (second === '+bug' && third !== undefined) return aTask(call, findBug(call, third), project, fourth);
  if (second === '+milestone' && third !== undefined && project.milestones.includes(third)) {
    return json(showMilestone(place, project, third));
  }
  if (second === 'active_milestones' || second === 'all_milestones') {
    return page(place, `${place.api}${path}`, call.form, project.milestones, (name) =>
      showMilestone(place, project, name),
    );
  }
  if (project.series.includes(second)) return json(showSeries(place, project, second));
  throw notFound();
}

function serviceRoot({ headers, place }: Call, wadl: string | null): Reply {
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

function people(call: Call, name: string | undefined): Reply {
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

function person(call: Call, name: string, part: string | undefined): Reply {
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

function allBugs(call: Call): Reply {
  const { world, place, person: me, form, method } = call;
  const operation = operationOf(call);
  if (method === 'POST' && operation === 'createBug' && me !== null) return createBug(world, place, me, form);
  if (method === 'GET' && operation === 'searchTasks') return searchTasks(world, place, me, null, form);
  if (method === 'GET' && operation === null) {
    const bugs = [...world.bugs.values()];
    return page(place, `${place.api}/bugs`, form, bugs, (bug) => (maySee(world, me, bug) ? showBug(place, bug) : null));
  }
  throw operation === null ? new Refusal(405, '') : noSuchOperation(operation);
}

function aBug(call: Call, bug: SandboxBug, part: string | undefined): Reply {
  const { world, place, person: me, form, method, path } = call;
  if (part === 'bug_tasks') {
    return page(place, `${place.api}${path}`, form, bug.tasks, (task) => showTask(place, bug, task));
  }
  if (part === 'messages') {
    const indices = bug.messages.map((_, index) => index);
    return page(place, `${place.api}${path}`, form, indices, (index) => showMessage(place, bug, index));
  }
  if (part !== undefined) throw notFound();
  if (method === 'PATCH' && me !== null) return patchBug(changeOf(call, me), bug);
  const operation = operationOf(call);
  if (method === 'POST' && me !== null) {
    if (operation === 'newMessage') return newMessage(world, place, me, bug, form);
    if (operation === 'addTask') return addTask(world, place, me, bug, form);
  }
  if (operation !== null) throw noSuchOperation(operation);
  return entry(call, showBug(place, bug));
}

function aTask(call: Call, bug: SandboxBug, project: SandboxProject, part: string | undefined): Reply {
  const { place, person: me, method, path } = call;
  const task = bug.tasks.find((each) => each.target === project.name);
  if (task === undefined) throw notFound();
  const index = Number(path.split('/').at(-1));
  if (part === 'comments' && bug.messages[index] !== undefined) return json(showMessage(place, bug, index));
  if (part !== undefined) throw notFound();
  if (method === 'PATCH' && me !== null) return patchTask(changeOf(call, me), bug, task);
  const operation = operationOf(call);
  if (operation !== null) throw noSuchOperation(operation);
  return entry(call, showTask(place, bug, task));
}

function aProject(call: Call, project: SandboxProject): Reply {
  const { world, place, person: me, form, method } = call;
  const operation = operationOf(call);
  if (method === 'GET' && operation === null) return entry(call, showProject(place, project));
  if (operation === 'searchTasks') return searchTasks(world, place, me, project.name, form);
  if (operation === 'getMilestone') return getMilestone(place, project, form);
  throw operation === null ? new Refusal(405, '') : noSuchOperation(operation);
}

/** A project that has another name now redirects, with what stands behind it. */
function renamed({ world, place, query }: Call, name: string, path: string): Reply {
  const project = [...world.projects.values()].find(({ formerNames }) => formerNames.includes(name));
  if (project === undefined) throw notFound();
  const rest = path.slice(name.length + 1);
  return {
    status: 301,
    headers: { Location: `${place.api}/${project.name}${rest}${query === '' ? '' : `?${query}`}` },
    body: '',
  };
}

function findBug({ world, person: me }: Call, idOrName: string): SandboxBug {
  const bug = world.bugs.get(Number(idOrName)) ?? [...world.bugs.values()].find(({ name }) => name === idOrName);
  if (bug === undefined) throw notFound();
  if (!maySee(world, me, bug)) throw me === null ? new Refusal(401, "(<Bug>, 'title', 'launchpad.View')") : notFound();
  return bug;
}

/** An entry, or 304 when the asker has it already. */
function entry({ method, headers }: Call, shown: Shown): Reply {
  if (method === 'POST') throw new Refusal(400, 'No operation name given.');
  if (method !== 'GET') throw new Refusal(405, '');
  const etag = String(shown.http_etag);
  if (headers['if-none-match'] === etag) return { status: 304, headers: { ETag: etag }, body: '' };
  const reply = json(shown);
  return { ...reply, headers: { ...reply.headers, ETag: etag, Vary: 'Accept' } };
}

function operationOf({ form }: Call): string | null {
  return form.get('ws.op')?.[0] ?? null;
}

function changeOf({ world, place, headers, body }: Call, me: string) {
  const mediaType = headers['content-type'] ?? '';
  return { world, place, person: me, mediaType, ifMatch: headers['if-match'] ?? null, body };
}

function notFound(): Refusal {
  return new Refusal(404, 'Object: <lp.systemhomes.WebServiceApplication object>, name: not found');
}

function noSuchOperation(operation: string): Refusal {
  return new Refusal(400, `No such operation: ${operation}`);
}

function answerWeb(world: World, place: Place, asked: Asked): Reply {
  const { method, path, headers } = asked;
  const query = readForm(asked.query);
  if (method === 'POST' && path === '/+request-token')
    return requestToken(world, readForm(asked.body), headers.accept ?? '');
  if (method === 'POST' && path === '/+access-token') return accessToken(world, readForm(asked.body));
  if (path === '/+authorize-token') {
    if (method !== 'POST') return authorizePage(world, place, query);
    const [name = '', level = ''] = (readForm(asked.body).get('grant')?.[0] ?? '').split(' ');
    return authorize(world, query.get('oauth_token')?.[0] ?? '', name, level);
  }
  const bug = world.bugs.get(Number(/\/\+?bugs?\/(?<id>\d+)$/.exec(path)?.groups?.id));
  return bug === undefined ? text(404, 'Not found') : bugPage(world, bug);
}
