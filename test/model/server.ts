import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Offer } from '../../src/model/answer.ts';

/** What an endpoint was asked. */
export interface Asked {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: {
    readonly model: string;
    readonly temperature?: number;
    readonly response_format?: { readonly type: string };
    readonly messages: readonly { readonly role: string; readonly content: string }[];
  };
}

/** How it answers: the text that the model says, or a hand on the response itself. */
export type Says = (asked: Asked, nth: number) => string | ((response: ServerResponse) => void);

/** An OpenAI-compatible endpoint on loopback. */
export interface Endpoint {
  readonly baseUrl: string;
  readonly asked: readonly Asked[];
  close(): Promise<void>;
}

export async function anEndpoint(says: Says): Promise<Endpoint> {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    asked.push({ path: request.url ?? '', headers: request.headers, body: JSON.parse(text) });
    const last = asked[asked.length - 1];
    const said = last === undefined ? '' : says(last, asked.length);
    if (typeof said === 'function') said(response);
    else response.setHeader('Content-Type', 'application/json').end(JSON.stringify(completion(said)));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function completion(content: string): object {
  return { id: 'c1', object: 'chat.completion', choices: [{ index: 0, message: { role: 'assistant', content } }] };
}

/** An answer with a status of its own. */
export function status(code: number, body = '{}', headers: Readonly<Record<string, string>> = {}) {
  return (response: ServerResponse) => {
    response.writeHead(code, { 'Content-Type': 'application/json', ...headers }).end(body);
  };
}

/** No answer, ever. */
export function silence(): void {}

/** What a model says that offers these items. */
export function items(...offers: readonly Partial<Offer>[]): string {
  return JSON.stringify({ items: offers.map((offer) => ({ ...GOOD, ...offer })) });
}

const GOOD = { kind: 'action', title: 'Do the work', owners: [] };
