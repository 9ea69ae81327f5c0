import { createHash } from 'node:crypto';
import { type ItemKey, parseKey } from '../../items/item.ts';
import type { OwnBlock } from '../tracker.ts';

/**
 * Our block in a description, between two lines that people see (Launchpad shows HTML comments as they are). Both lines
 * carry the key, so that it survives when a person deletes one of them; the first carries the hash of what we wrote.
 */
const FIRST =
  /^--- ptg-tracker (?<key>[a-z2-7]{16}) begins, hash (?<hash>[0-9a-f]{16}): please edit outside of it ---[ \t]*$/;
const LAST = /^--- ptg-tracker (?<key>[a-z2-7]{16}) ends ---[ \t]*$/;

/** The content between our two lines. */
export function wrap(key: ItemKey, content: string): string {
  const inside = harmless(content);
  const first = `--- ptg-tracker ${key} begins, hash ${hashOf(inside)}: please edit outside of it ---`;
  return `${first}\n${inside}\n--- ptg-tracker ${key} ends ---`;
}

/** Our block in a description; `untouched` is false when a person changed a letter of it or took one of its lines away. */
export function find(body: string): OwnBlock | null {
  const place = locate(body);
  if (place === null) return null;
  const content = place.lines.slice(place.first + 1, place.last).join('\n');
  return { key: place.key, content, untouched: place.hash !== null && place.hash === hashOf(content) };
}

/** The description with our block exchanged, or appended when there is none; the rest stays byte for byte. */
export function replace(body: string, key: ItemKey, content: string): string {
  const block = wrap(key, content);
  const place = locate(body);
  if (place === null) return body.trim() === '' ? block : `${body.trimEnd()}\n\n${block}`;
  const ends = place.ends[place.last];
  const start = place.first < 0 ? 0 : (place.starts[place.first] ?? 0);
  return body.slice(0, start) + block + body.slice(ends ?? body.length);
}

interface Place {
  readonly key: ItemKey;
  readonly hash: string | null;
  readonly lines: readonly string[];
  /** The lines of the marks; equal to each other when only one of them is left. */
  readonly first: number;
  readonly last: number;
  /** Where each line starts and ends in the body, line ends not counted. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** The first mark counts, and the nearest end of the same key after it; a copy of the block further down does not. */
function locate(body: string): Place | null {
  const { lines, starts, ends } = split(body);
  const first = lines.findIndex((line) => FIRST.test(line));
  const groups = FIRST.exec(lines[first] ?? '')?.groups;
  const last = lines.findIndex(
    (line, index) => index > first && LAST.test(line) && (first < 0 || LAST.exec(line)?.groups?.key === groups?.key),
  );
  const key = parseKey(groups?.key ?? LAST.exec(lines[last] ?? '')?.groups?.key ?? '');
  if (key === null) return null;
  const whole = first >= 0 && last >= 0;
  const only = Math.max(first, last);
  return {
    key,
    hash: whole ? (groups?.hash ?? null) : null,
    lines,
    first: whole ? first : only,
    last: whole ? last : only,
    starts,
    ends,
  };
}

function split(body: string): { lines: string[]; starts: number[]; ends: number[] } {
  const lines: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  for (let start = 0; start <= body.length; ) {
    const feed = body.indexOf('\n', start);
    const stop = feed < 0 ? body.length : feed;
    const end = body[stop - 1] === '\r' && stop > start ? stop - 1 : stop;
    lines.push(body.slice(start, end));
    starts.push(start);
    ends.push(end);
    start = stop + 1;
  }
  return { lines, starts, ends };
}

/** No line of a content may look like one of our marks. */
function harmless(content: string): string {
  return content.replace(/\r\n?/g, '\n').replace(/^(?=--- ptg-tracker )/gm, ' ');
}

function hashOf(content: string): string {
  return createHash('sha256').update(content, 'utf8').digest('hex').slice(0, 16);
}
