import { decodeHTML } from 'entities';
import { archivedMail, type HtmlFacts, HtmlHead } from './html-head.ts';
import { type Region, RegionFinder } from './html-region.ts';
import { attributeOf, type HtmlToken, htmlTokens } from './html-tokens.ts';
import { type Line, linesFrom, type Place } from './lines.ts';
import type { Piece } from './pieces.ts';
import { Placer } from './placer.ts';
import { asTerm } from './terms.ts';
import * as grow from './tree.ts';

/** Reads a preformatted text that is none (an archive page holds a mail in one); false leaves it verbatim. */
export type OnPre = (lines: Line[]) => boolean;

interface Reader {
  readonly tree: grow.Growing;
  readonly placer: Placer;
  readonly onPre: OnPre | null;
  pieces: Piece[];
  heading: number;
  strong: number;
  /** For each open span whether it is bold. */
  readonly spans: boolean[];
  url: string | null;
  lists: number;
  /** Lists of lines with a dash in front. */
  dashes: boolean;
  /** After `<br>`: what comes next may go on with the sentence. */
  broken: boolean;
  part: 'term' | 'body' | null;
  table: { readonly number: number; row: number; column: number; open: boolean } | null;
  pre: Piece[] | null;
}

const BLOCK = new Set(
  'address article aside blockquote body center dd div dl dt fieldset figure figcaption footer form header hr html main nav ol p pre section table tbody td tfoot th thead tr ul li h1 h2 h3 h4 h5 h6 details summary caption'.split(
    ' ',
  ),
);
const STRONG = new Set(['b', 'strong', 'em', 'i', 'cite']);
const DASH = /^\s*(?:[-*•·–]|\d{1,3}[.)])\s+(?=\S)/;

/** Adds what an HTML source shows to the tree; nesting is followed by counting, so that depth costs nothing. */
export function readHtml(tree: grow.Growing, lines: readonly Line[], onPre: OnPre | null = null): HtmlFacts {
  const source = lines
    .map((line) => line.text)
    .join('\n')
    .replace(/\u00a0/g, ' ');
  const finder = new RegionFinder();
  const head = new HtmlHead();
  for (const token of htmlTokens(source)) {
    finder.see(token);
    head.see(token);
  }
  const reader: Reader = {
    tree,
    placer: new Placer(lines),
    onPre,
    pieces: [],
    heading: 0,
    strong: 0,
    spans: [],
    url: null,
    lists: 0,
    dashes: false,
    broken: false,
    part: null,
    table: null,
    pre: null,
  };
  const archived = archivedMail(source);
  for (const token of shown(source, archived ?? finder.article, finder.hidden)) read(reader, token);
  flush(reader);
  endDashes(reader);
  while (reader.lists-- > 0) grow.closeList(tree);
  return archived?.facts ?? head.facts;
}

/** The tokens of the article, without the parts that are not it. */
function* shown(source: string, article: Region | null, hidden: readonly Region[]): Generator<HtmlToken> {
  const parts = [...hidden].sort((a, b) => a.start - b.start);
  let next = 0;
  let until = -1;
  for (const token of htmlTokens(source)) {
    if (article && (token.start < article.start || token.start >= article.end)) continue;
    for (let part = parts[next]; part && part.start <= token.start; part = parts[++next])
      until = Math.max(until, part.end);
    if (token.start >= until || (token.type === 'close' && token.start === until)) yield token;
  }
}

function read(reader: Reader, token: HtmlToken): void {
  if (token.type === 'text') {
    if (!token.head) addText(reader, token.text, token.start);
  } else if (token.type === 'open') openTag(reader, token.name, token.attributes, token.start);
  else closeTag(reader, token.name);
}

function addText(reader: Reader, text: string, start: number): void {
  if (reader.broken && text.trim() !== '') continueOrFlush(reader, text);
  let at = 0;
  while (at < text.length) {
    const end = Math.min(text.length, reader.placer.partEnd(start + at) - start);
    const part = text.slice(at, end);
    const shownText = part.includes('&') ? decodeHTML(part) : part;
    const piece = { ...reader.placer.place(start + at), text: shownText, strong: isStrong(reader), url: reader.url };
    (reader.pre ?? reader.pieces).push(piece);
    at = end;
  }
}

/** A line break within a sentence is a space; elsewhere it ends a text. */
function continueOrFlush(reader: Reader, text: string): void {
  reader.broken = false;
  const before = reader.pieces.findLast((piece) => piece.text.trim() !== '')?.text.trimEnd() ?? '';
  const last = reader.pieces.at(-1);
  if (last && /^\s*[\p{Ll}(]/u.test(text) && !/[.:;!?]$/.test(before)) reader.pieces.push({ ...last, text: ' ' });
  else flush(reader);
}

function isStrong(reader: Reader): boolean {
  return reader.strong > 0 || reader.spans.at(-1) === true;
}

function flush(reader: Reader): void {
  const { pieces, tree } = reader;
  reader.broken = false;
  if (pieces.length === 0) return;
  reader.pieces = [];
  if (!grow.isVisible(pieces)) return;
  if (reader.heading > 0) {
    endDashes(reader);
    grow.addHeading(tree, reader.heading, pieces);
  } else if (!addDash(reader, pieces)) grow.addParagraph(tree, pieces, roleOf(reader, pieces));
}

function roleOf(reader: Reader, pieces: readonly Piece[]): grow.Role | null {
  const { table } = reader;
  if (table?.open) {
    const cell = { table: table.number, row: table.row, column: table.column };
    return { kind: 'cell', cell };
  }
  if (reader.part === 'term') return { kind: 'term' };
  return asTerm(pieces, reader.lists > 0) ?? (reader.part === 'body' ? { kind: 'plain', body: true } : null);
}

/** "- text" on a line of its own is a bullet in mails that were written without lists. */
function addDash(reader: Reader, pieces: Piece[]): boolean {
  const first = pieces.find((piece) => piece.text.trim() !== '');
  const mark = first ? DASH.exec(first.text)?.[0] : undefined;
  if (!first || mark === undefined || reader.lists > 0) {
    endDashes(reader);
    return false;
  }
  if (!reader.dashes) grow.openList(reader.tree, /\d/.test(mark));
  reader.dashes = true;
  grow.openItem(reader.tree, null, first);
  const text = first.text.slice(mark.length);
  const rest = pieces.map((piece) =>
    piece === first ? { ...piece, text, column: piece.column + mark.length } : piece,
  );
  grow.addParagraph(reader.tree, rest, roleOf(reader, rest));
  return true;
}

function endDashes(reader: Reader): void {
  if (reader.dashes) grow.closeList(reader.tree);
  reader.dashes = false;
}

function openTag(reader: Reader, name: string, attributes: string, start: number): void {
  if (reader.pre && name !== 'a') return;
  if (BLOCK.has(name)) flush(reader);
  if (/^h[1-6]$/.test(name)) reader.heading = Number(name[1]);
  else if (name === 'br') reader.broken = true;
  else if (name === 'ul' || name === 'ol') openList(reader, name === 'ol');
  else if (name === 'li') grow.openItem(reader.tree, null, reader.placer.place(start));
  else if (name === 'input') check(reader, attributes);
  else if (name === 'a') reader.url = addressOf(attributes);
  else if (name === 'span' || name === 'font') reader.spans.push(isBold(attributes) || reader.spans.at(-1) === true);
  else if (STRONG.has(name)) reader.strong++;
  else if (name === 'blockquote') grow.openQuote(reader.tree, /\bcite\b|gmail_quote/.test(attributes));
  else if (name === 'dt' || name === 'dd') reader.part = name === 'dt' ? 'term' : 'body';
  else if (name === 'pre') reader.pre = [];
  else openCell(reader, name);
}

function openList(reader: Reader, ordered: boolean): void {
  endDashes(reader);
  grow.openList(reader.tree, ordered);
  reader.lists++;
}

function openCell(reader: Reader, name: string): void {
  if (name === 'table') reader.table = { number: grow.nextRow(reader.tree), row: -1, column: -1, open: false };
  if (reader.table && name === 'tr')
    Object.assign(reader.table, { row: grow.nextRow(reader.tree), column: -1, open: false });
  if (reader.table && (name === 'td' || name === 'th')) {
    reader.table.column++;
    reader.table.open = true;
  }
}

function check(reader: Reader, attributes: string): void {
  const item = reader.tree.stack.at(-1);
  if (item?.type !== 'listItem' || !/checkbox/i.test(attributes)) return;
  item.checked = /\bchecked\b/i.test(attributes.replace(/checkbox/gi, ''));
}

function isBold(attributes: string): boolean {
  return /font-weight:\s{0,5}(?:bold|[6-9]00)|font-style:\s{0,5}italic/i.test(attributes);
}

/** Where a link leads; places on the same page and scripts are no addresses. */
function addressOf(attributes: string): string | null {
  const href = attributeOf(attributes, 'href')?.trim();
  return href && /^(?:https?:)?\/\//i.test(href) ? href.replace(/^\/\//, 'https://') : null;
}

function closeTag(reader: Reader, name: string): void {
  if (reader.pre) {
    if (name === 'pre') endPre(reader, reader.pre);
    return;
  }
  if (BLOCK.has(name)) flush(reader);
  if (/^h[1-6]$/.test(name)) reader.heading = 0;
  else if ((name === 'ul' || name === 'ol') && reader.lists > 0) {
    reader.lists--;
    grow.closeList(reader.tree);
  } else if (name === 'a') reader.url = null;
  else if (name === 'span' || name === 'font') reader.spans.pop();
  else if (STRONG.has(name)) reader.strong = Math.max(0, reader.strong - 1);
  else if (name === 'blockquote') closeQuote(reader);
  else if (name === 'dt' || name === 'dl' || name === 'dd') reader.part = null;
  else if (name === 'table') reader.table = null;
  else if (reader.table && (name === 'td' || name === 'th')) reader.table.open = false;
}

function closeQuote(reader: Reader): void {
  endDashes(reader);
  if (reader.tree.stack.some((box) => box.type === 'blockquote')) grow.closeQuote(reader.tree);
}

/** Preformatted text is a text of its own, given to whoever reads such, else it is verbatim. */
function endPre(reader: Reader, pieces: readonly Piece[]): void {
  reader.pre = null;
  reader.url = null;
  const lines = linesFrom(pieces, true);
  const first = lines[0];
  const last = lines.at(-1);
  if (!first || !last) return;
  if (reader.onPre?.(lines)) return;
  const end: Place = { line: last.line, column: last.column + last.text.length };
  grow.addCode(reader.tree, lines.map((line) => line.text).join('\n'), first, end);
}
