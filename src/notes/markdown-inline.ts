import { decodeHTML } from 'entities';
import type { Addresses } from './addresses.ts';
import { joinLines, piecesOf, plainLinks, type Stretch, withGaps } from './inline.ts';
import type { Line } from './lines.ts';
import type { Piece } from './pieces.ts';

/** A part of the source while it is being understood. */
interface Token {
  readonly start: number;
  end: number;
  shown: string | null;
  url: string | null;
}

interface Delimiter {
  readonly token: number;
  readonly char: string;
  left: number;
  readonly opens: boolean;
  readonly closes: boolean;
}

interface Opener {
  readonly token: number;
  readonly after: number;
  readonly image: boolean;
}

interface Scan {
  readonly text: string;
  readonly addresses: Addresses;
  readonly tokens: Token[];
  readonly delimiters: Delimiter[];
  readonly openers: Opener[];
  /** The runs of backticks that may still close one, by length. */
  ticks: Map<number, number[]> | null;
  readonly line: number;
  anchor: string | null;
  at: number;
}

const SPECIAL = /[\\`*_~[\]!<&]/g;
const TAG = /<(\/?)([a-zA-Z][a-zA-Z0-9-]{0,30})((?:[^<>"']|"[^"<]{0,2000}"|'[^'<]{0,2000}'){0,2000})>/y;
const AUTOLINK = /<((?:https?|ftp|mailto):[^\s<>]{1,2000})>/y;
const MAIL = /<([^\s<>@]{1,200}@[^\s<>@]{1,200})>/y;
const ENTITY = /&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});/y;
const TARGET =
  /\(\s{0,100}(<[^<>\n]{0,2000}>|[^\s()<]{0,2000}(?:\([^\s()]{0,500}\)[^\s()]{0,2000}){0,5})(?:\s{1,100}(?:"[^"]{0,1000}"|'[^']{0,1000}'|\([^()]{0,1000}\)))?\s{0,100}\)/y;
const LABEL = /\[([^[\]]{0,300})\]/y;
const HREF = /\bhref\s{0,10}=\s{0,10}["']?([^"'\s>]{1,2000})/i;

/** Markdown's inline markup: what is shown, what is emphasised, what is linked. Linear in the text's length. */
export function markdownInline(lines: readonly Line[], addresses: Addresses): Piece[] {
  const text = joinLines(lines);
  SPECIAL.lastIndex = 0;
  if (!SPECIAL.test(text)) return piecesOf(lines, text, withGaps(plainLinks(text, 0, text.length), 0, text.length));
  const scan: Scan = {
    text,
    addresses,
    tokens: [],
    delimiters: [],
    openers: [],
    ticks: null,
    line: lines[0]?.line ?? 1,
    anchor: null,
    at: 0,
  };
  while (scan.at < text.length) step(scan);
  return piecesOf(lines, text, stretchesOf(scan, emphasis(scan)));
}

function step(scan: Scan): void {
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
function addressAcross(scan: Scan, next: number): number | null {
  const last = scan.text.slice(scan.at, next).lastIndexOf('http');
  if (last < 0) return null;
  const start = scan.at + last;
  const link = plainLinks(scan.text, start, Math.min(scan.text.length, start + 2100))[0];
  return link && link.start === start && link.end >= next ? link.end : null;
}

function push(scan: Scan, end: number, shown: string | null, url: string | null = scan.anchor): void {
  scan.tokens.push({ start: scan.at, end, shown, url });
  scan.at = end;
}

function backslash(scan: Scan): void {
  const next = scan.text.charAt(scan.at + 1);
  if (/[!-/:-@[-`{-~]/.test(next)) {
    push(scan, scan.at + 1, '');
    push(scan, scan.at + 1, null);
  } else push(scan, scan.at + 1, next === '\n' || next === '' ? '' : null);
}

function runLength(text: string, at: number): number {
  let end = at;
  while (text.charAt(end) === text.charAt(at) && end < text.length) end++;
  return end - at;
}

function ticks(scan: Scan): void {
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
function closingTicks(scan: Scan, from: number, length: number): number | null {
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

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function angle(scan: Scan): void {
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
  if (tag) htmlTag(scan, tag);
  else push(scan, scan.at + 1, null);
}

function htmlTag(scan: Scan, tag: RegExpExecArray): void {
  const name = (tag[2] ?? '').toLowerCase();
  if (name === 'a') scan.anchor = tag[1] ? null : (HREF.exec(tag[3] ?? '')?.[1] ?? null);
  push(scan, scan.at + tag[0].length, name === 'br' || name === 'p' || name === 'li' ? '\u2028' : '');
}

function entity(scan: Scan): void {
  const match = matchAt(ENTITY, scan.text, scan.at);
  const shown = match ? decodeHTML(match[0]) : null;
  push(scan, scan.at + (match?.[0].length ?? 1), shown);
}

function open(scan: Scan, image: boolean): void {
  if (image && scan.text.charAt(scan.at + 1) !== '[') {
    push(scan, scan.at + 1, null);
    return;
  }
  const width = image ? 2 : 1;
  scan.openers.push({ token: scan.tokens.length, after: scan.at + width, image });
  push(scan, scan.at + width, null);
}

function close(scan: Scan): void {
  const opener = scan.openers.pop();
  const target = opener ? targetOf(scan, opener) : null;
  if (!opener || !target) {
    push(scan, scan.at + 1, null);
    return;
  }
  const opening = scan.tokens[opener.token];
  if (opening && !target.keepBrackets) opening.shown = '';
  const from = target.keepBrackets ? opener.token : opener.token + 1;
  for (let i = from; i < scan.tokens.length; i++) {
    const token = scan.tokens[i];
    if (token && opener.image) token.shown = '';
    else if (token) token.url = target.url;
  }
  if (target.keepBrackets) push(scan, scan.at + 1, null, target.url);
  push(scan, target.end, '');
  if (!opener.image) scan.openers.length = 0;
}

interface Target {
  readonly url: string;
  readonly end: number;
  readonly keepBrackets: boolean;
}

function targetOf(scan: Scan, opener: Opener): Target | null {
  const inside = scan.text.slice(opener.after, Math.min(scan.at, opener.after + 300));
  const after = scan.at + 1;
  const direct = matchAt(TARGET, scan.text, after);
  if (direct) {
    const url = (direct[1] ?? '').replace(/^<|>$/g, '');
    return { url, end: after + direct[0].length, keepBrackets: false };
  }
  const label = matchAt(LABEL, scan.text, after);
  const named = label && scan.addresses.find(label[1] || inside, scan.line);
  if (label && named) return { url: named, end: after + label[0].length, keepBrackets: false };
  const own = scan.addresses.find(inside.replace(/^\^/, ''), scan.line);
  return own ? { url: own, end: after, keepBrackets: /^\^?\d+$/.test(inside) } : null;
}

const WORD = /[\p{L}\p{N}]/u;
const PUNCTUATION = /[\p{P}\p{S}]/u;

function delimiter(scan: Scan, char: string): void {
  const length = runLength(scan.text, scan.at);
  const before = scan.text.charAt(scan.at - 1) || ' ';
  const after = scan.text.charAt(scan.at + length) || ' ';
  const left = !/\s/.test(after) && (!PUNCTUATION.test(after) || /\s/.test(before) || PUNCTUATION.test(before));
  const right = !/\s/.test(before) && (!PUNCTUATION.test(before) || /\s/.test(after) || PUNCTUATION.test(after));
  const inWord = char === '_' && WORD.test(before) && WORD.test(after);
  const usable = !inWord && (char !== '~' || length <= 2);
  if (usable && (left || right)) {
    scan.delimiters.push({ token: scan.tokens.length, char, left: length, opens: left, closes: right });
  }
  push(scan, scan.at + length, null);
}

/** Pairs the delimiters; gives how emphasis begins and ends at each token, and hides what was paired. */
function emphasis(scan: Scan): Int32Array {
  const change = new Int32Array(scan.tokens.length + 1);
  const open: Record<string, Delimiter[]> = { '*': [], _: [], '~': [] };
  for (const closer of scan.delimiters) {
    const own = open[closer.char] ?? [];
    while (closer.closes && closer.left > 0) {
      const opener = own.at(-1);
      if (!opener) break;
      for (const others of Object.values(open)) while ((others.at(-1)?.token ?? -1) > opener.token) others.pop();
      pair(scan, opener, closer, change);
      if (opener.left === 0) own.pop();
    }
    if (closer.opens && closer.left > 0) own.push(closer);
  }
  return change;
}

function pair(scan: Scan, opener: Delimiter, closer: Delimiter, change: Int32Array): void {
  const width = opener.left >= 2 && closer.left >= 2 ? 2 : 1;
  opener.left -= width;
  closer.left -= width;
  for (const side of [opener, closer]) {
    const token = scan.tokens[side.token];
    if (token) token.shown = side.char.repeat(side.left);
  }
  if (opener.char === '~') return;
  change[opener.token + 1] = (change[opener.token + 1] ?? 0) + 1;
  change[closer.token] = (change[closer.token] ?? 0) - 1;
}

/** What is shown; neighbours of which the same is known are one stretch. */
function stretchesOf(scan: Scan, change: Int32Array): Stretch[] {
  const joined: { start: number; end: number; shown: string | null; strong: boolean; url: string | null }[] = [];
  let level = 0;
  scan.tokens.forEach((token, index) => {
    level += change[index] ?? 0;
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
