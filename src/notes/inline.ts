import { type Addresses, NO_ADDRESSES } from './addresses.ts';
import { cutsUpTo, type Line, placeIn } from './lines.ts';
import type { Piece } from './pieces.ts';

/** A stretch of a paragraph's source: shown as it is, as something else, or (empty) not at all. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly shown: string | null;
  readonly strong: boolean;
  readonly url: string | null;
}

const ADDRESS = /https?:\/\/[^\s<>"`[\]]{1,2000}/g;
const FOOTNOTE = /\[(\d{1,3})\]/g;

/** The lines as one text with `\n` between them, as inline markup may go over line ends. */
export function joinLines(lines: readonly Line[]): string {
  return lines.length === 1 ? (lines[0]?.text ?? '') : lines.map((line) => line.text).join('\n');
}

/** Plain text: addresses and footnotes become links, all else stays as it is. */
export function plainInline(lines: readonly Line[], addresses: Addresses): Piece[] {
  const text = joinLines(lines);
  return piecesOf(
    lines,
    text,
    withGaps(plainLinks(text, 0, text.length, addresses, lines[0]?.line ?? 1), 0, text.length),
  );
}

/** The addresses and footnotes in a part of a text, in order. */
export function plainLinks(
  text: string,
  start: number,
  end: number,
  addresses: Addresses = NO_ADDRESSES,
  line = 1,
): Stretch[] {
  const part = text.slice(start, end);
  const links: Stretch[] = [];
  for (const match of part.matchAll(ADDRESS)) {
    const url = trimAddress(match[0]);
    const at = start + match.index;
    links.push({ start: at, end: at + url.length, shown: null, strong: false, url });
  }
  if (addresses === NO_ADDRESSES) return links;
  for (const match of part.matchAll(FOOTNOTE)) {
    const url = addresses.find(match[1] ?? '', line);
    const at = start + match.index;
    if (url) links.push({ start: at, end: at + match[0].length, shown: null, strong: false, url });
  }
  return links.sort((a, b) => a.start - b.start);
}

/** The links with the text between them, from `start` to `end`. */
export function withGaps(links: readonly Stretch[], start: number, end: number): Stretch[] {
  const out: Stretch[] = [];
  const gap = (from: number, to: number) => ({ start: from, end: to, shown: null, strong: false, url: null });
  let at = start;
  for (const link of links) {
    if (link.start < at) continue;
    if (link.start > at) out.push(gap(at, link.start));
    out.push(link);
    at = link.end;
  }
  if (at < end) out.push(gap(at, end));
  return out;
}

/** Where an address in running text ends: without the punctuation of the sentence and brackets that it did not open. */
function trimAddress(text: string): string {
  let end = text.length;
  let surplus = excess(text);
  while (end > 0) {
    const char = text.charAt(end - 1);
    if (char === ')' && surplus > 0) surplus--;
    else if (!".,;:!?*_~|\\'".includes(char)) break;
    end--;
  }
  return text.slice(0, end);
}

function excess(text: string): number {
  let count = 0;
  for (const char of text) {
    if (char === ')') count++;
    else if (char === '(') count--;
  }
  return count;
}

/** The stretches as pieces: cut at line ends, each with its place in the raw file. Stretches stand in order. */
export function piecesOf(lines: readonly Line[], text: string, stretches: readonly Stretch[]): Piece[] {
  const pieces: Piece[] = [];
  let index = 0;
  let lineStart = 0;
  for (const stretch of stretches) {
    let start = stretch.start;
    while (start < stretch.end) {
      const line = lines[index];
      if (!line) break;
      const lineEnd = lineStart + line.text.length;
      if (start > lineEnd) {
        lineStart = lineEnd + 1;
        index++;
        continue;
      }
      const end = Math.min(stretch.end, lineEnd + 1);
      pushPart(pieces, line, lineStart, start, end, stretch, text);
      if (stretch.shown !== null) break;
      start = end;
    }
  }
  return pieces;
}

function pushPart(
  pieces: Piece[],
  line: Line,
  lineStart: number,
  start: number,
  end: number,
  stretch: Stretch,
  text: string,
): void {
  const { strong, url, shown } = stretch;
  const push = (from: number, value: string): void => {
    const place = placeIn(line, from - lineStart);
    if (value !== '') pieces.push({ line: place.line, column: place.column, text: value, strong, url });
  };
  if (shown !== null) {
    push(start, shown);
    return;
  }
  let from = start;
  if (line.cuts.length > 0) {
    for (let next = cutsUpTo(line, start - lineStart); next < line.cuts.length; next++) {
      const at = lineStart + (line.cuts[next]?.offset ?? 0);
      if (at >= end) break;
      push(from, text.slice(from, at));
      from = at;
    }
  }
  push(from, text.slice(from, end));
}
