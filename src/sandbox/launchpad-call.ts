import { json, type Reply } from './launchpad-page.ts';
import type { Place, Shown } from './launchpad-show.ts';
import { type Form, Refusal } from './launchpad-values.ts';
import type { World } from './launchpad-world.ts';

/** One request to the API: who asks what, under which address. */
export interface Call {
  readonly method: string;
  /** Below the version: `/bugs/1`. */
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
  readonly world: World;
  readonly place: Place;
  /** Null is nobody. */
  readonly person: string | null;
  /** The query of a GET, the form of a POST. */
  readonly form: Form;
}

/** An entry, or 304 when the asker has it already. */
export function entry({ method, headers }: Call, shown: Shown): Reply {
  if (method === 'POST') throw new Refusal(400, 'No operation name given.');
  if (method !== 'GET') throw new Refusal(405, '');
  const etag = String(shown.http_etag);
  if (headers['if-none-match'] === etag) return { status: 304, headers: { ETag: etag }, body: '' };
  const reply = json(shown);
  return { ...reply, headers: { ...reply.headers, ETag: etag, Vary: 'Accept' } };
}

/** The named operation that is asked for; null for the thing itself. */
export function operationOf({ form }: Call): string | null {
  return form.get('ws.op')?.[0] ?? null;
}

/** What is not there, or hidden. */
export function notFound(): Refusal {
  return new Refusal(404, 'Object: <lp.systemhomes.WebServiceApplication object>, name: not found');
}

/** What this thing cannot do. */
export function noSuchOperation(operation: string): Refusal {
  return new Refusal(400, `No such operation: ${operation}`);
}
