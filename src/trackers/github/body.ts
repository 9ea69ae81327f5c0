import { createHash } from 'node:crypto';
import { type ItemKey, parseKey } from '../../items/item.ts';
import type { OwnBlock } from '../tracker.ts';

// Only a line of its own counts: a quoted or indented copy of our mark in a person's text is not ours.
const OPEN =
  /^<!-- {0,3}ptg-tracker: {1,3}key=(?<key>[a-z2-7]{16})(?: {1,3}sha=(?<sha>[0-9a-f]{1,64}))? {0,3}-->[ \t]*(?:\r\n|\r|\n|$)/m;
const CLOSE = /^<!-- {0,3}\/ptg-tracker {0,3}-->/m;

/** The content between our marks, with the key and a hash by which a person's edit is seen. */
export function wrap(key: ItemKey, content: string): string {
  const text = normal(content);
  return `<!-- ptg-tracker: key=${key} sha=${hash(text)} -->\n${text}\n<!-- /ptg-tracker -->`;
}

/** Our block in a body, or null when there is none. Without its end mark it still tells the key, and counts as touched. */
export function find(body: string): OwnBlock | null {
  const place = locate(body);
  if (place === null) return null;
  const content = normal(body.slice(place.from, place.to));
  return { key: place.key, content, untouched: place.closed && hash(content) === place.sha };
}

/** The body with our block exchanged (or appended), everything else byte for byte as it was. */
export function replace(body: string, key: ItemKey, content: string): string {
  const block = wrap(key, content);
  const place = locate(body);
  if (place === null) return `${body}${gap(body)}${block}`;
  // Without an end mark nobody can tell ours from theirs, so that only the opening mark is exchanged.
  if (!place.closed) return `${body.slice(0, place.start)}${block}\n${body.slice(place.from)}`;
  return `${body.slice(0, place.start)}${block}${body.slice(place.end)}`;
}

function gap(body: string): string {
  if (body === '' || /\r?\n\r?\n$/.test(body.slice(-4))) return '';
  return body.endsWith('\n') ? '\n' : '\n\n';
}

interface Place {
  readonly key: ItemKey;
  readonly sha: string | null;
  readonly start: number;
  readonly from: number;
  readonly to: number;
  readonly end: number;
  readonly closed: boolean;
}

function locate(body: string): Place | null {
  const open = OPEN.exec(body);
  const key = parseKey(open?.groups?.key ?? '');
  if (open === null || key === null) return null;
  const from = open.index + open[0].length;
  const close = CLOSE.exec(body.slice(from));
  const to = close === null ? body.length : from + close.index;
  const sha = open.groups?.sha ?? null;
  return { key, sha, start: open.index, from, to, end: to + (close?.[0].length ?? 0), closed: close !== null };
}

/** Browsers send CRLF; the mark stands on a line of its own, so that line ends at the edges are not content. */
function normal(content: string): string {
  return content.replace(/\r\n?/g, '\n').replace(/^\n+/, '').trimEnd();
}

function hash(content: string): string {
  return createHash('sha256').update(content, 'utf8').digest('hex').slice(0, 16);
}
