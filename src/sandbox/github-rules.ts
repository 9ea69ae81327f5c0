import { assignable, type Place, placeOf, renamedFrom, type World } from './github-world.ts';
import type { Incoming, Outgoing } from './http.ts';

/** A request that is for a repository, taken apart. */
export interface Asked {
  readonly request: Incoming;
  readonly login: string | null;
  readonly place: Place;
  /** What comes after the repository: `/issues/7/labels`, without the query. */
  readonly rest: string;
  readonly query: URLSearchParams;
  readonly mayWrite: boolean;
}

const LIMITS = { title: 256, body: 65_536, label: 50, description: 100 };

/** An answer of GitHub's form. */
export function answer(status: number, body: unknown, headers: Record<string, string> = {}): Outgoing {
  const type = { 'content-type': 'application/json; charset=utf-8' };
  return { status, headers: { ...type, ...headers }, body: body === null ? '' : JSON.stringify(body) };
}

/** A refusal in GitHub's words. */
export function problem(status: number, message: string, errors?: readonly object[]): Outgoing {
  const documentation_url = 'https://docs.github.com/rest';
  return answer(status, {
    message,
    ...(errors === undefined ? {} : { errors }),
    documentation_url,
    status: String(status),
  });
}

/** Who asks; a refusal for a token that GitHub does not know, and for writing without one. */
export function identify(world: World, request: Incoming): { login: string | null } | Outgoing {
  const header = request.headers.authorization;
  const login = header === undefined ? null : (world.tokens.get(header.replace(/^\S+\s+/, '')) ?? null);
  if (header !== undefined && login === null) return problem(401, 'Bad credentials');
  if (login === null && request.method !== 'GET') return problem(401, 'Requires authentication');
  return { login };
}

/** Finds the repository that a path is about: by name in any case, by id, or under an old name, which is a redirect. */
export function locate(world: World, request: Incoming, login: string | null): Asked | Outgoing | null {
  const [path = '', search = ''] = request.path.split('?', 2);
  const match = /^\/(?:repos\/(?<name>[^/]+\/[^/]+)|repositories\/(?<id>\d+))(?<rest>\/.*)?$/.exec(path);
  if (match === null) return null;
  const { name = '', id, rest = '' } = match.groups ?? {};
  const place = id === undefined ? placeOf(world, name) : world.places.find((one) => one.id === Number(id));
  const query = new URLSearchParams(search);
  if (place) {
    const mayWrite = login !== null && world.members.has(login);
    if (place.private && !mayWrite) return problem(404, 'Not Found');
    return { request, login, place, rest, query, mayWrite };
  }
  const old = renamedFrom(world, name);
  if (old === null) return problem(404, 'Not Found');
  const location = `/repositories/${old.id}${rest}${search === '' ? '' : `?${search}`}`;
  return moved(request, location);
}

/** A redirect: permanent for reading, temporary (so that the method stays) for writing. */
function moved(request: Incoming, location: string): Outgoing {
  const status = request.method === 'GET' ? 301 : 307;
  const message = status === 301 ? 'Moved Permanently' : 'Temporary Redirect';
  return answer(status, { message, url: location }, { location: `http://${request.headers.host}${location}` });
}

/** What GitHub refuses before it looks at the issue itself. */
export function refuse(asked: Asked): Outgoing | null {
  const { place, rest, request } = asked;
  const writes = request.method !== 'GET';
  if (!place.hasIssues && /^\/issues(?:\/|$)/.test(rest))
    return problem(410, 'Issues has been disabled in this repository.');
  if (place.archived && writes) return problem(403, 'Repository was archived so is read-only.');
  const number = Number(/^\/issues\/(\d+)/.exec(rest)?.[1]);
  if (place.deleted.has(number)) return problem(410, 'This issue was deleted');
  const to = place.moved.get(number);
  if (to !== undefined) return moved(request, rest.replace(/^\/issues\/\d+/, to));
  if (writes && !asked.mayWrite && /^\/(?:labels|milestones)|^\/issues\/\d+\/(?:labels|assignees)/.test(rest)) {
    return problem(403, 'Must have admin rights to Repository.');
  }
  return null;
}

type Fields = Record<string, unknown>;

/** What GitHub refuses in the fields of an issue or a label. */
export function refuseFields(asked: Asked, fields: Fields, world: World): Outgoing | null {
  if (/^\/labels/.test(asked.rest)) return refuseLabel(fields);
  if (!/^\/issues(?:\/\d+)?$/.test(asked.rest)) return null;
  if (asked.request.method === 'POST' && (typeof fields.title !== 'string' || fields.title.trim() === '')) {
    return invalid([{ resource: 'Issue', field: 'title', code: 'missing_field' }]);
  }
  for (const field of ['title', 'body'] as const) {
    const value = fields[field];
    if (typeof value === 'string' && [...value].length > LIMITS[field])
      return invalid([tooLong('Issue', field, LIMITS[field])]);
  }
  const long = names(fields.labels).filter((name) => name.length > LIMITS.label);
  if (long.length > 0) return invalid([{ resource: 'Label', field: 'name', code: 'invalid' }]);
  if (!asked.mayWrite) return null;
  const strangers = names(fields.assignees).filter((login) => !assignable(world).includes(login));
  return strangers.length === 0
    ? null
    : invalid(strangers.map((value) => ({ value, resource: 'Issue', field: 'assignees', code: 'invalid' })));
}

function refuseLabel(fields: Fields): Outgoing | null {
  const { name, description, color } = fields;
  if (typeof name === 'string' && name.length > LIMITS.label) return invalid([tooLong('Label', 'name', LIMITS.label)]);
  if (typeof description === 'string' && description.length > LIMITS.description) {
    return invalid([tooLong('Label', 'description', LIMITS.description)]);
  }
  if (typeof color === 'string' && !/^[0-9a-f]{6}$/i.test(color)) {
    return invalid([{ resource: 'Label', field: 'color', code: 'invalid' }]);
  }
  return null;
}

/** GitHub's 422. */
export function invalid(errors: readonly object[]): Outgoing {
  return problem(422, 'Validation Failed', errors);
}

function tooLong(resource: string, field: string, most: number): object {
  return { resource, field, code: 'custom', message: `${field} is too long (maximum is ${most} characters)` };
}

/** Names in a list of names or of objects with a name, as GitHub takes both. */
export function names(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((one: unknown) => {
    const name = typeof one === 'object' && one !== null && 'name' in one ? one.name : one;
    return typeof name === 'string' ? [name] : [];
  });
}
