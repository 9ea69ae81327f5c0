import type { Place, Shown } from './launchpad-show.ts';
import { boolValue, decode, type Form, Refusal } from './launchpad-values.ts';

/** What the sandbox answers with. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const USUAL = 75;
const MOST = 300;

/** JSON with exactly this content type, which clients compare. */
export function json(value: unknown, status = 200): Reply {
  return { status, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(value) };
}

/** A plain sentence. */
export function text(status: number, body: string, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers: { 'Content-Type': 'text/plain;charset=utf-8', ...headers }, body };
}

/** One thing made: its address, and nothing else. */
export function created(location: string): Reply {
  return { status: 201, headers: { Location: location, 'Content-Type': 'text/plain;charset=utf-8' }, body: '' };
}

/**
 * One page of a collection. `visible` filters after the page was cut, so that a page may be short while more follow. The
 * newest version tells the size on the last page only, and has a link to it before.
 */
export function page<T>(
  place: Place,
  address: string,
  form: Form,
  rows: readonly T[],
  show: (row: T) => Shown | null,
): Reply {
  const size = number(form, 'ws.size', USUAL);
  const start = number(form, 'ws.start', 0);
  if (size > MOST) throw new Refusal(400, `Maximum for "ws.size" parameter is ${MOST}.`);
  if (form.get('ws.show')?.[0] === 'total_size') return json(rows.length);
  const cut = rows.slice(start, start + size);
  const entries = cut.map(show).filter((entry) => entry !== null);
  const last = start + size >= rows.length;
  const newest = place.api.endsWith('/devel');
  return json({
    start,
    entries,
    ...(last || !newest
      ? { total_size: rows.length }
      : { total_size_link: link(address, form, { 'ws.show': 'total_size' }) }),
    ...(last ? {} : { next_collection_link: link(address, form, { 'ws.size': size, 'ws.start': start + size }) }),
    ...(start === 0
      ? {}
      : { prev_collection_link: link(address, form, { 'ws.size': size, 'ws.start': Math.max(0, start - size) }) }),
    resource_type_link: `${place.api}/#bug_task-page-resource`,
  });
}

function link(address: string, form: Form, change: Readonly<Record<string, string | number>>): string {
  const query = new URLSearchParams();
  for (const [name, values] of form) {
    if (!(name in change)) for (const value of values) query.append(name, value);
  }
  for (const [name, value] of Object.entries(change)) query.set(name, String(value));
  return `${address}?${query}`;
}

function number(form: Form, name: string, otherwise: number): number {
  const raw = form.get(name)?.[0];
  if (raw === undefined) return otherwise;
  const value = decode(raw);
  if (typeof value !== 'number' || value < 0 || !Number.isInteger(value))
    throw new Refusal(400, `${name}: not a number`);
  return value;
}

/** Whether a search leaves duplicates out; it does so unless it is told otherwise. */
export function omitsDuplicates(form: Form): boolean {
  return boolValue(form, 'omit_duplicates', true);
}
