import { decodeHTML } from 'entities';
import type { Addresses } from './addresses.ts';
import { joinLines, piecesOf, plainLinks, type Stretch, withGaps } from './inline.ts';
import type { Line } from './lines.ts';
import { delimiter, pairEmphasis } from './markdown-emphasis.ts';
import { close, open } from './markdown-links.ts';
import { type InlineScan, matchAt, push, runLength } from './markdown-scan.ts';
import type { Piece } from './pieces.ts';

const SPECIAL = /[\\`*_~[\]!<&]/g;
const TAG = /<(\/?)([a-zA-Z][a-zA-Z0-9-]{0,30})((?:[^<>"']|"[^"<]{0,2000}"|'[^'<]{0,2000}'){0,2000})>/y;
const AUTOLINK = /<((?:https?|ftp|mailto):[^\s<>]{1,2000})>/y;
const MAIL = /<([^\s<>@]{1,200}@[^\s<>@]{1,200})>/y;
const ENTITY = /&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});/y;
/** `<name>` is a tag only where HTML has an element of that name; else somebody wrote a nick or a placeholder. */
const ELEMENTS = new Set(
  (
    'a abbr address article aside audio b bdi bdo blockquote body br button canvas caption center cite code col colgroup data ' +
    'dd del details dfn div dl dt em embed figcaption figure font footer form h1 h2 h3 h4 h5 h6 head header hr html i iframe img ' +
    'input ins kbd label legend li link main map mark meta nav noscript object ol optgroup option p picture pre q rp rt ruby s ' +
    'samp script section select small source span strike strong style sub summary sup svg table tbody td template textarea tfoot ' +
    'th thead time title tr tt u ul var video wbr'
  ).split(' '),
);
const HREF = /\bhref\s{0,10}=\s{0,10}["']?([^"'\s>]{1,2000})/i;

/** Markdown's inline markup: what is shown, what is emphasised, what is linked. Linear in the text's length. */
export function markdownInline(lines: readonly Line[], addresses: Addresses): Piece[] {
  const text = joinLines(lines);
  SPECIAL.lastIndex = 0;
  if (!SPECIAL.test(text)) return piecesOf(lines, text, withGaps(plainLinks(text, 0, text.length), 0, text.length));
  const scan: InlineScan = {
    text,
    addresses,
    tokens: [],
    delimiters: [],
    emphasis: new Map(),
    openers: [],
    ticks: null,
    line: lines[0]?.line ?? 1,
    anchor: null,
    at: 0,
  };
  while (scan.at < text.length) step(scan);
  pairEmphasis(scan, 0);
  return piecesOf(lines, text, stretchesOf(scan));
}

function step(scan: InlineScan): void {
  SPECIAL.lastIndex = scan.at;
  const next = SPECIAL.exec(scan.text)?.index ?? scan.text.length;
  if (next > scan.at) {
    const address = addressAcross(scan, next);
    push(scan, address ?? next, null);
    return;
  }
  const char = scan.text.charAt(scan.at);
  if (char === '\\') backslash(scan);
  else if (char === '`') ticks(scan);
  else if (char === '<') angle(scan);
  else if (char === '&') entity(scan);
  else if (char === '[' || char === '!') open(scan, char === '!');
  else if (char === ']') close(scan);
  else delimiter(scan, char);
}

/** An address may hold `_`, `*`, `~` and `&`: it is taken whole, or it would be cut at them. */
function addressAcross(scan: InlineScan, next: number): number | null {
  const last = scan.text.slice(scan.at, next).lastIndexOf('http');
  if (last < 0) return null;
  const start = scan.at + last;
  const link = plainLinks(scan.text, start, Math.min(scan.text.length, start + 2100))[0];
  return link && link.start === start && link.end >= next ? link.end : null;
}

function backslash(scan: InlineScan): void {
  const next = scan.text.charAt(scan.at + 1);
  if (/[!-/:-@[-`{-~]/.test(next)) {
    push(scan, scan.at + 1, '');
    push(scan, scan.at + 1, null);
  } else push(scan, scan.at + 1, next === '\n' || next === '' ? '' : null);
}

function ticks(scan: InlineScan): void {
  const length = runLength(scan.text, scan.at);
  const close = closingTicks(scan, scan.at + length, length);
  if (close === null) {
    push(scan, scan.at + length, null);
    return;
  }
  push(scan, scan.at + length, '');
  if (close > scan.at) push(scan, close, null);
  push(scan, close + length, '');
}

/** Where the next run of this many backticks begins; all runs are listed once, by their length. */
function closingTicks(scan: InlineScan, from: number, length: number): number | null {
  scan.ticks ??= runsOfTicks(scan.text);
  const runs = scan.ticks.get(length);
  while (runs && (runs.at(-1) ?? Number.POSITIVE_INFINITY) < from) runs.pop();
  return runs?.at(-1) ?? null;
}

/** The places of runs of backticks by their length, the first one last. */
function runsOfTicks(text: string): Map<number, number[]> {
  const runs = new Map<number, number[]>();
  for (const match of text.matchAll(/`+/g)) {
    const places = runs.get(match[0].length);
    if (places) places.push(match.index);
    else runs.set(match[0].length, [match.index]);
  }
  for (const places of runs.values()) places.reverse();
  return runs;
}

function angle(scan: InlineScan): void {
  const link = matchAt(AUTOLINK, scan.text, scan.at) ?? matchAt(MAIL, scan.text, scan.at);
  if (link) {
    const url = link[1] ?? '';
    push(scan, scan.at + 1, '');
    push(scan, scan.at + url.length, null, url.includes(':') ? url : null);
    push(scan, scan.at + 1, '');
    return;
  }
  if (scan.text.startsWith('<!--', scan.at)) {
    const end = scan.text.indexOf('-->', scan.at + 4);
    push(scan, end < 0 ? scan.text.length : end + 3, '');
    return;
  }
  const tag = matchAt(TAG, scan.text, scan.at);
  if (tag && ELEMENTS.has((tag[2] ?? '').toLowerCase())) htmlTag(scan, tag);
  else push(scan, scan.at + 1, null);
}

function htmlTag(scan: InlineScan, tag: RegExpExecArray): void {
  const name = (tag[2] ?? '').toLowerCase();
  if (name === 'a') scan.anchor = tag[1] ? null : (HREF.exec(tag[3] ?? '')?.[1] ?? null);
  push(scan, scan.at + tag[0].length, name === 'br' || name === 'p' || name === 'li' ? '\u2028' : '');
}

function entity(scan: InlineScan): void {
  const match = matchAt(ENTITY, scan.text, scan.at);
  const shown = match ? decodeHTML(match[0]) : null;
  push(scan, scan.at + (match?.[0].length ?? 1), shown);
}

/** What is shown; neighbours of which the same is known are one stretch. */
function stretchesOf(scan: InlineScan): Stretch[] {
  const joined: { start: number; end: number; shown: string | null; strong: boolean; url: string | null }[] = [];
  let level = 0;
  scan.tokens.forEach((token, index) => {
    level += scan.emphasis.get(index) ?? 0;
    const strong = level > 0;
    if (token.shown === '') return;
    const last = joined.at(-1);
    const goesOn = last?.end === token.start && last.strong === strong && last.url === token.url;
    if (last && goesOn && last.shown === null && token.shown === null) last.end = token.end;
    else joined.push({ start: token.start, end: token.end, shown: token.shown, strong, url: token.url });
  });
  return joined.flatMap((part) => {
    if (part.shown !== null || part.url !== null) return part;
    const links = plainLinks(scan.text, part.start, part.end);
    if (links.length === 0) return part;
    return withGaps(links, part.start, part.end).map((each) => ({ ...each, strong: part.strong }));
  });
}
