import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it came in, its body read. */
export interface Incoming {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An answer to be sent. */
export interface Outgoing {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Running {
  readonly url: string;
  /** Cuts every connection and frees the port. */
  close(): Promise<void>;
}

export type Handler = (request: Incoming, response: ServerResponse) => Promise<void>;

/** An HTTP server on loopback; a free port when none is given. */
export async function listen(handler: Handler, port = 0): Promise<Running> {
  const server = createServer((request, response) => {
    read(request)
      .then((incoming) => handler(incoming, response))
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: given } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${given}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function read(request: IncomingMessage): Promise<Incoming> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
  return {
    method: request.method ?? 'GET',
    path: request.url ?? '/',
    headers: Object.fromEntries(headers),
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

/** Headers that belong to one connection and not to the message. */
const HOP = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-length',
  'host',
  'content-encoding',
  'expect',
]);

/** Passes a request on and gives the answer, redirects as they are. */
export async function forward(target: string, request: Incoming): Promise<Outgoing> {
  const answer = await fetch(`${target}${request.path}`, {
    method: request.method,
    headers: Object.entries(request.headers).filter(([name]) => !HOP.has(name)) as [string, string][],
    redirect: 'manual',
    ...(request.body === '' ? {} : { body: request.body }),
  });
  const body = await answer.text();
  return {
    status: answer.status,
    headers: Object.fromEntries([...answer.headers].filter(([name]) => !HOP.has(name))),
    body,
  };
}

/** Sends an answer as a whole. */
export function send(response: ServerResponse, answer: Outgoing): void {
  const empty = answer.status === 204 || answer.status === 304;
  response.writeHead(answer.status, {
    ...answer.headers,
    ...(empty ? {} : { 'content-length': Buffer.byteLength(answer.body) }),
  });
  response.end(empty ? undefined : answer.body);
}
