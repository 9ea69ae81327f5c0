import type { Incoming } from './http.ts';
import { aBug, allBugs, aTask, findBug } from './launchpad-bugs.ts';
import { type Call, notFound } from './launchpad-call.ts';
import { bugPage } from './launchpad-html.ts';
import { accessToken, authorize, authorizePage, mayWrite, requestToken, whoAsks } from './launchpad-login.ts';
import { json, page, type Reply, text } from './launchpad-page.ts';
import { aPerson, aProject, people, renamed, serviceRoot } from './launchpad-places.ts';
import type { Place } from './launchpad-show.ts';
import { showMilestone, showSeries } from './launchpad-show-places.ts';
import { Refusal, readForm } from './launchpad-values.ts';
import type { World } from './launchpad-world.ts';

const API = /^\/(?<version>devel|1\.0|beta)(?<path>\/.*)?$/;

/** Answers one request. `wadl` is the description of the API for clients that read one; null where there is none. */
export function answer(world: World, asked: Incoming, wadl: string | null): Reply {
  const web = `http://${asked.headers.host ?? '127.0.0.1'}`;
  const { pathname, search } = new URL(asked.path, web);
  const query = search.slice(1);
  const groups = API.exec(pathname)?.groups;
  try {
    if (groups === undefined) return answerWeb(world, { api: `${web}/devel`, web }, asked, pathname, query);
    const place = { api: `${web}/${groups.version}`, web };
    const path = (groups.path ?? '/').replace(/(?<=.)\/$/, '');
    const person = whoAsks(world, asked.headers.authorization);
    const form = readForm(asked.method === 'POST' ? asked.body : query);
    if (asked.method !== 'GET') checkWrite(world, asked, person);
    return answerApi({ ...asked, query, world, place, path, person, form }, wadl);
  } catch (error) {
    if (error instanceof Refusal) return text(error.status, error.message);
    throw error;
  }
}

function checkWrite(world: World, asked: Incoming, person: string | null): void {
  if (person === null || !mayWrite(world, asked.headers.authorization)) {
    throw new Refusal(401, "(<lp.systemhomes.MaloneApplication object>, 'createBug', 'launchpad.AnyPerson')");
  }
  if (asked.method === 'POST' && !/^application\/x-www-form-urlencoded/.test(asked.headers['content-type'] ?? '')) {
    throw new Refusal(400, 'No operation name given.');
  }
}

function answerApi(call: Call, wadl: string | null): Reply {
  const { world, place, path } = call;
  const [, first = '', second, third, fourth] = path.split('/').map(decode);
  if (first === '') return serviceRoot(call, wadl);
  if (first === 'people') return people(call, second);
  if (first.startsWith('~')) return aPerson(call, first.slice(1), second);
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

function answerWeb(world: World, place: Place, asked: Incoming, path: string, search: string): Reply {
  const { method, headers } = asked;
  const query = readForm(search);
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

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
