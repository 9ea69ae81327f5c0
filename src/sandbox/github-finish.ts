import { createHash } from 'node:crypto';
import type { Asked } from './github-rules.ts';
import type { Incoming, Outgoing } from './http.ts';

/** The addresses in an answer are those of the asker's GitHub, not of the emulator behind it. */
export function readdressed({ status, headers, body }: Outgoing, from: string, to: string): Outgoing {
  const link = headers.link?.replaceAll(from, to);
  return { status, headers: { ...headers, ...(link === undefined ? {} : { link }) }, body: body.replaceAll(from, to) };
}

/** Headers of the emulator that are not GitHub's. */
const THEIRS = /^(?:access-control-|x-ratelimit-)/;

/** The emulator's answer as GitHub would have given it. */
export function finish(given: Outgoing, asked: Asked | null): Outgoing {
  const headers = Object.fromEntries(Object.entries(given.headers).filter(([name]) => !THEIRS.test(name)));
  if (!headers['content-type']?.includes('json') || given.body === '') return { ...given, headers };
  const value: unknown = JSON.parse(given.body, (key, field: unknown) => {
    return typeof field === 'string' && key.endsWith('_at') ? field.replace(/\.\d{3}Z$/, 'Z') : field;
  });
  const shown = asked === null || given.status >= 300 ? value : asKnown(value, asked);
  const created = given.status === 201 && isObject(shown) && typeof shown.url === 'string';
  return {
    ...given,
    headers: created ? { ...headers, location: String(shown.url) } : headers,
    body: JSON.stringify(shown),
  };
}

function asKnown(value: unknown, { place, rest, login, mayWrite }: Asked): unknown {
  if (rest === '' && isObject(value)) {
    const { permissions: _, ...facts } = value;
    const may = { admin: mayWrite, maintain: mayWrite, push: mayWrite, triage: mayWrite, pull: true };
    const { hasIssues, archived } = place;
    return {
      ...facts,
      private: place.private,
      has_issues: hasIssues,
      archived,
      ...(login === null ? {} : { permissions: may }),
    };
  }
  if (!/^\/issues(?:\/\d+)?(?:\/assignees)?$/.test(rest)) return value;
  const known = (one: unknown) =>
    isObject(one) && place.duplicates.has(Number(one.number)) ? { ...one, state_reason: 'duplicate' } : one;
  if (!Array.isArray(value)) return known(value);
  const there = (one: unknown) =>
    isObject(one) && !place.deleted.has(Number(one.number)) && !place.moved.has(Number(one.number));
  return value.filter(there).map(known);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A validator on every answer to a GET; 304 where the asker knows the answer. */
export function conditional(request: Incoming, given: Outgoing): Outgoing {
  if (request.method !== 'GET' || given.status !== 200) return given;
  const hash = createHash('sha256').update(`${request.headers.authorization} ${given.headers.link} ${given.body}`);
  const etag = `W/"${hash.digest('hex')}"`;
  const headers = { ...given.headers, etag };
  return request.headers['if-none-match'] === etag ? { status: 304, headers, body: '' } : { ...given, headers };
}
