import type { Backend } from './github-backend.ts';
import { type Asked, names } from './github-rules.ts';
import { assignable, type World } from './github-world.ts';
import type { Incoming } from './http.ts';

/** The labels that exist: lower case → as written. GitHub takes any case, the emulator does not. */
export async function labelNames(backend: Backend, { request, place, login }: Asked): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (let page = 1; ; page += 1) {
    const path = `/repos/${place.name}/labels?per_page=100&page=${page}`;
    const list: unknown = JSON.parse((await backend.ask({ ...request, method: 'GET', path, body: '' }, login)).body);
    for (const name of names(list)) found.set(name.toLowerCase(), name);
    if (names(list).length < 100) return found;
  }
}

/** The fields as the emulator should get them. */
export function adapt(
  world: World,
  asked: Asked,
  fields: Record<string, unknown>,
  labels: ReadonlyMap<string, string>,
): Record<string, unknown> | null {
  if (asked.request.body === '') return null;
  const given = { ...fields };
  if ('labels' in given)
    given.labels = [...new Set(names(given.labels).map((name) => labels.get(name.toLowerCase()) ?? name))];
  if (given.state_reason === 'duplicate') given.state_reason = 'not_planned';
  const issue = /^\/issues(?:\/\d+)?$/.test(asked.rest);
  if (issue && !asked.mayWrite) for (const field of ['labels', 'assignees', 'milestone']) delete given[field];
  if (/\/assignees$/.test(asked.rest))
    given.assignees = names(given.assignees).filter((login) => assignable(world).includes(login));
  return given;
}

/** The request as the emulator should get it. */
export function underneath(
  asked: Asked,
  fields: Record<string, unknown> | null,
  labels: ReadonlyMap<string, string>,
): Incoming {
  const query = new URLSearchParams(asked.query);
  const since = query.get('since');
  // The emulator compares texts with milliseconds.
  if (since !== null && !Number.isNaN(Date.parse(since))) query.set('since', new Date(since).toISOString());
  const search = query.toString();
  const rest = asked.rest.replace(/\/labels\/([^/]+)$/, (_, name: string) => {
    const known = labels.get(decodeURIComponent(name).toLowerCase());
    return `/labels/${known === undefined ? name : encodeURIComponent(known)}`;
  });
  return {
    ...asked.request,
    path: `/repos/${asked.place.name}${rest}${search === '' ? '' : `?${search}`}`,
    body: fields === null ? '' : JSON.stringify(fields),
  };
}

/** Remembers which issues are closed as duplicates, a reason that the emulator does not know. */
export function noteDuplicate({ place, rest, request }: Asked, fields: Record<string, unknown>): void {
  const number = Number(/^\/issues\/(\d+)$/.exec(rest)?.[1]);
  if (request.method !== 'PATCH' || Number.isNaN(number)) return;
  if (fields.state === 'closed' && fields.state_reason === 'duplicate') place.duplicates.add(number);
  else if (fields.state !== undefined) place.duplicates.delete(number);
}
