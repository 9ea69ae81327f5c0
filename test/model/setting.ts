import { afterEach } from 'vitest';
import { type Model, openModel } from '../../src/model/ask.ts';
import type { ChatSettings } from '../../src/model/chat.ts';
import { anEndpoint, type Endpoint, type Says } from './server.ts';

const open: Endpoint[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((endpoint) => endpoint.close()));
});

/** An endpoint that ends with the test. */
export async function endpoint(says: Says): Promise<Endpoint> {
  const made = await anEndpoint(says);
  open.push(made);
  return made;
}

/** Settings for an endpoint; nothing on loopback takes ten seconds. */
export function settingsFor(baseUrl: string, given: Partial<ChatSettings> = {}): ChatSettings {
  return { baseUrl, name: 'tiny', key: null, timeoutMs: 10_000, signal: new AbortController().signal, ...given };
}

/** A model behind an endpoint that answers so. */
export async function aModel(
  says: Says,
  given: Partial<ChatSettings> & { readonly maxRequests?: number } = {},
): Promise<{ readonly model: Model; readonly endpoint: Endpoint }> {
  const made = await endpoint(says);
  return { model: openModel({ maxRequests: 50, ...settingsFor(made.baseUrl, given) }), endpoint: made };
}
