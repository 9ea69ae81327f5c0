import { adapt, labelNames, noteDuplicate, underneath } from './github-adapt.ts';
import { APP_ACCOUNT, type Backend } from './github-backend.ts';
import { conditional, finish, readdressed } from './github-finish.ts';
import type { Meter } from './github-limits.ts';
import { page } from './github-page.ts';
import { type Asked, answer, identify, invalid, locate, problem, refuse, refuseFields } from './github-rules.ts';
import { assignable, placeOf, type World } from './github-world.ts';
import type { Incoming, Outgoing } from './http.ts';

/** What the front is made of. */
export interface Front {
  readonly world: World;
  readonly backend: Backend;
  readonly meter: Meter;
}

/**
 * A GitHub that is as strict as the real one, in front of an emulator that is not: credentials, permissions, limits,
 * conditional requests, whole seconds, redirects, deleted and moved issues, assignable accounts, labels in any case.
 */
export async function answerAsGitHub(front: Front, request: Incoming): Promise<Outgoing> {
  const shown = await showPage(front, request);
  if (shown !== null) return shown;
  if (/^\/app(?:\/|$)/.test(request.path)) return answerToApp(front, request);
  const who = identify(front.world, request);
  if ('status' in who) return who;
  const account = who.login ?? 'anonymous';
  const limited = front.meter.refuse(account, request);
  if (limited !== null) return limited;
  const given = await answerTo(front, request, who.login);
  return { ...given, headers: { ...given.headers, ...front.meter.count(account, given) } };
}

async function answerTo({ world, backend }: Front, request: Incoming, login: string | null): Promise<Outgoing> {
  if (request.path === '/graphql') return answer(200, { data: { viewer: { login } } });
  if (login === APP_ACCOUNT && request.path === '/user') return problem(403, 'Resource not accessible by integration');
  const asked = locate(world, request, login);
  if (asked !== null && 'status' in asked) return asked;
  const given = await (asked === null ? backend.ask(request, login) : answerForPlace(world, backend, asked));
  return conditional(request, finish(readdressed(given, backend.url, `http://${request.headers.host}`), asked));
}

/** An app proves itself with its key; the tokens that it gets for its work are known from then on. */
async function answerToApp({ world, backend }: Front, request: Incoming): Promise<Outgoing> {
  const given = await backend.ask(request, APP_ACCOUNT);
  if (given.status === 201) world.tokens.set(String(JSON.parse(given.body).token), APP_ACCOUNT);
  return readdressed(given, backend.url, `http://${request.headers.host}`);
}

/** The pages that the addresses of issues lead to in a browser. */
async function showPage({ world, backend }: Front, request: Incoming): Promise<Outgoing | null> {
  const match = /^\/(?<name>[\w.-]+\/[\w.-]+)\/issues(?<number>\/\d+)?$/.exec(request.path);
  const place = placeOf(world, match?.groups?.name ?? '');
  if (request.method !== 'GET' || place === null || place.private) return null;
  const path = `/repos/${place.name}/issues${match?.groups?.number ?? '?state=all&per_page=100'}`;
  const given = await backend.ask({ ...request, path }, null);
  return given.status === 200
    ? page(JSON.parse(given.body.replaceAll(backend.url, `http://${request.headers.host}`)))
    : null;
}

async function answerForPlace(world: World, backend: Backend, asked: Asked): Promise<Outgoing> {
  const refusal = refuse(asked);
  if (refusal !== null) return refusal;
  if (asked.request.method === 'GET' && /^\/assignees(?:\/|$)/.test(asked.rest)) return assignees(world, asked);
  const fields = parse(asked.request.body);
  if (fields === null) return problem(400, 'Problems parsing JSON');
  const wrong = refuseFields(asked, fields, world);
  if (wrong !== null) return wrong;
  const labels =
    'labels' in fields || /^\/labels$|\/labels\//.test(asked.rest) ? await labelNames(backend, asked) : new Map();
  if (asked.request.method === 'POST' && asked.rest === '/labels' && labels.has(String(fields.name).toLowerCase())) {
    return invalid([{ resource: 'Label', code: 'already_exists', field: 'name' }]);
  }
  const given = await backend.ask(underneath(asked, adapt(world, asked, fields, labels), labels), asked.login);
  if (given.status === 200) noteDuplicate(asked, fields);
  return given;
}

function parse(body: string): Record<string, unknown> | null {
  if (body === '') return {};
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function assignees(world: World, asked: Asked): Outgoing {
  const login = /^\/assignees\/([^/]+)$/.exec(asked.rest)?.[1];
  const members = assignable(world);
  if (login === undefined)
    return answer(
      200,
      members.map((member) => ({ login: member, type: 'User' })),
    );
  const there = members.some((member) => member.toLowerCase() === decodeURIComponent(login).toLowerCase());
  return there ? answer(204, null) : problem(404, 'Not Found');
}
