import type { z } from 'zod';
import type { TrackerError } from '../../errors.ts';
import { type Answer, firstWords, refusesCredentials } from './answer.ts';
import { type Desk, parse, refused } from './desk.ts';
import { NoAnswer } from './transport.ts';

/** How often a change that met somebody else's, or got no answer, is compared and written anew. */
export const TRIES = 4;

/**
 * What became of a change: the entry as it is now; that it has to be looked at again, since others were faster or the
 * answer was lost, with the failure if that goes on; or that Launchpad refuses it, with the reason.
 */
export type Patched<T> =
  | { readonly is: 'written'; readonly entry: T }
  | { readonly is: 'unsure'; readonly failure: TrackerError | null }
  | { readonly is: 'refused'; readonly answer: Answer; readonly because: string };

/** Changes fields of an entry if it is still the one with this etag. Safe to repeat. Throws `denied`, `busy`. */
export async function patchEntry<T extends { readonly http_etag: string }>(
  desk: Desk,
  what: string,
  schema: z.ZodType<T>,
  path: string,
  etag: string,
  fields: Readonly<Record<string, unknown>>,
): Promise<Patched<T>> {
  for (let waited = 0; ; ) {
    let answer: Answer;
    try {
      answer = await desk.http.patch(path, etag, fields);
    } catch (error) {
      if (error instanceof NoAnswer) return { is: 'unsure', failure: desk.http.unreachable(what, error) };
      throw error;
    }
    if (answer.status !== 429) return judge(desk, what, schema, answer);
    waited += await desk.http.waitFor(what, answer, waited);
  }
}

function judge<T>(desk: Desk, what: string, schema: z.ZodType<T>, answer: Answer): Patched<T> {
  const { status } = answer;
  // 209 is Launchpad's own: the content as it is now comes back.
  if (status === 209 || status === 200) return { is: 'written', entry: parse(desk, what, schema, answer) };
  // 301: it was done, and the entry stands elsewhere now. 412: somebody else wrote.
  if (status === 301 || status === 412) return { is: 'unsure', failure: null };
  if (status >= 500) return { is: 'unsure', failure: refused(desk, what, answer) };
  if (refusesCredentials(answer)) throw refused(desk, what, answer);
  return { is: 'refused', answer, because: `Launchpad refused it (${status} ${firstWords(answer.body)})` };
}
