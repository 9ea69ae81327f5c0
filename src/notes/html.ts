import { decodeHTML } from 'entities';
import { attributeOf, type HtmlToken, htmlTokens } from './html-tokens.ts';
import type { Place } from './lines.ts';
import type { Piece } from './pieces.ts';
import { addHeading, addParagraph, closeList, type Growing, isVisible, openItem, openList } from './tree.ts';

interface Reader {
  readonly tree: Growing;
  readonly lineStarts: readonly number[];
  pieces: Piece[];
  line: number;
  strong: number;
  url: string | null;
  heading: number;
  readonly lists: string[];
}

const BLOCK = new Set(
  'address article aside blockquote body br center dd div dl dt fieldset figure footer form header hr html main nav ol p pre section table tbody td tfoot th thead tr ul li h1 h2 h3 h4 h5 h6 title'.split(
    ' ',
  ),
);
const STRONG = new Set(['b', 'strong', 'em', 'i', 'cite']);

/** Adds what an HTML source shows to the tree; nesting is followed by counting, so that depth costs nothing. */
export function readHtml(tree: Growing, source: string): { title: string | null } {
  const clean = source.replace(/\u00a0/g, ' ');
  const lineStarts = [0];
  for (let at = clean.indexOf('\n'); at >= 0; at = clean.indexOf('\n', at + 1)) lineStarts.push(at + 1);
  const reader: Reader = { tree, lineStarts, pieces: [], line: 0, strong: 0, url: null, heading: 0, lists: [] };
  let title: string | null = null;
  let inTitle = false;
  for (const token of htmlTokens(clean)) {
    if (token.type !== 'text' && token.name === 'title') inTitle = token.type === 'open';
    else if (inTitle && token.type === 'text') title ??= decodeHTML(token.text).trim();
    else read(reader, token);
  }
  flush(reader);
  return { title };
}

function placeOf(reader: Reader, offset: number): Place {
  while ((reader.lineStarts[reader.line + 1] ?? Infinity) <= offset) reader.line++;
  return { line: reader.line + 1, column: offset - (reader.lineStarts[reader.line] ?? 0) + 1 };
}

function read(reader: Reader, token: HtmlToken): void {
  if (token.type === 'text') addText(reader, token.text, token.start);
  else if (token.type === 'open') openTag(reader, token.name, token.attributes, token.start);
  else closeTag(reader, token.name);
}

function addText(reader: Reader, text: string, start: number): void {
  let at = 0;
  while (at < text.length) {
    const end = text.indexOf('\n', at) < 0 ? text.length : text.indexOf('\n', at) + 1;
    const part = text.slice(at, end);
    const shown = part.includes('&') ? decodeHTML(part) : part;
    reader.pieces.push({ ...placeOf(reader, start + at), text: shown, strong: reader.strong > 0, url: reader.url });
    at = end;
  }
}

function flush(reader: Reader): void {
  const pieces = reader.pieces;
  if (pieces.length === 0) return;
  reader.pieces = [];
  if (!isVisible(pieces)) return;
  if (reader.heading > 0) addHeading(reader.tree, reader.heading, pieces);
  else addParagraph(reader.tree, pieces);
}

function openTag(reader: Reader, name: string, attributes: string, start: number): void {
  if (BLOCK.has(name)) flush(reader);
  if (/^h[1-6]$/.test(name)) reader.heading = Number(name[1]);
  else if (name === 'ul' || name === 'ol') {
    openList(reader.tree, name === 'ol');
    reader.lists.push(name);
  } else if (name === 'li') openItem(reader.tree, null, placeOf(reader, start));
  else if (name === 'a') reader.url = attributeOf(attributes, 'href');
  else if (STRONG.has(name)) reader.strong++;
}

function closeTag(reader: Reader, name: string): void {
  if (BLOCK.has(name)) flush(reader);
  if (/^h[1-6]$/.test(name)) reader.heading = 0;
  else if ((name === 'ul' || name === 'ol') && reader.lists.length > 0) {
    reader.lists.pop();
    closeList(reader.tree);
  } else if (name === 'a') reader.url = null;
  else if (STRONG.has(name)) reader.strong = Math.max(0, reader.strong - 1);
}
