import { archivedMail, type HtmlFacts, HtmlHead } from './html-head.ts';
import { type Region, RegionFinder } from './html-region.ts';
import { addText, closeCite, endDashes, endPre, flush, type HtmlReader, type OnPre, openCite } from './html-text.ts';
import { attributeOf, type HtmlToken, htmlTokens } from './html-tokens.ts';
import type { Line } from './lines.ts';
import { Placer } from './placer.ts';
import * as grow from './tree.ts';

const BLOCK = new Set(
  'address article aside blockquote body center dd div dl dt fieldset figure figcaption footer form header hr html main nav ol p pre section table tbody td tfoot th thead tr ul li h1 h2 h3 h4 h5 h6 details summary caption'.split(
    ' ',
  ),
);
const STRONG = new Set(['b', 'strong', 'em', 'i']);

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
  const archived = archivedMail(source);
  const reader: HtmlReader = {
    tree,
    archived: archived !== null,
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
    cite: null,
  };
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

function read(reader: HtmlReader, token: HtmlToken): void {
  if (token.type === 'text') {
    if (!token.head) addText(reader, token.text, token.start);
  } else if (token.type === 'open') openTag(reader, token.name, token.attributes, token.start);
  else closeTag(reader, token.name);
}

function openTag(reader: HtmlReader, name: string, attributes: string, start: number): void {
  if (reader.pre && name !== 'a') return;
  if (BLOCK.has(name)) flush(reader);
  if (/^h[1-6]$/.test(name)) reader.heading = Number(name[1]);
  else if (name === 'br') reader.broken = true;
  else if (name === 'ul' || name === 'ol') openList(reader, name === 'ol');
  else if (name === 'li') grow.openItem(reader.tree, stateOf(attributes), reader.placer.place(start));
  else if (name === 'input') check(reader, attributes);
  else if (name === 'a') reader.url = addressOf(attributes);
  else if (name === 'span' || name === 'font') reader.spans.push(isBold(attributes) || reader.spans.at(-1) === true);
  else if (name === 'cite') openCite(reader);
  else if (STRONG.has(name)) reader.strong++;
  else if (name === 'blockquote') grow.openQuote(reader.tree, /\bcite\b|gmail_quote/.test(attributes));
  else if (name === 'dt' || name === 'dd') reader.part = name === 'dt' ? 'term' : 'body';
  else if (name === 'pre') reader.pre = [];
  else openCell(reader, name);
}

/** Wikis mark the done tasks of a list by a class. */
function stateOf(attributes: string): boolean | null {
  const name = attributeOf(attributes, 'class') ?? '';
  return /(?:^|\s)(?:checked|task-done|is-done)(?:\s|$)/.test(name) ? true : null;
}

function openList(reader: HtmlReader, ordered: boolean): void {
  endDashes(reader);
  grow.openList(reader.tree, ordered);
  reader.lists++;
}

function openCell(reader: HtmlReader, name: string): void {
  if (name === 'table') reader.table = { number: grow.nextRow(reader.tree), row: -1, column: -1, open: false };
  if (reader.table && name === 'tr')
    Object.assign(reader.table, { row: grow.nextRow(reader.tree), column: -1, open: false });
  if (reader.table && (name === 'td' || name === 'th')) {
    reader.table.column++;
    reader.table.open = true;
  }
}

function check(reader: HtmlReader, attributes: string): void {
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

function closeTag(reader: HtmlReader, name: string): void {
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
  else if (name === 'cite') closeCite(reader);
  else if (STRONG.has(name)) reader.strong = Math.max(0, reader.strong - 1);
  else if (name === 'blockquote') closeQuote(reader);
  else if (name === 'dt' || name === 'dl' || name === 'dd') reader.part = null;
  else if (name === 'table') reader.table = null;
  else if (reader.table && (name === 'td' || name === 'th')) reader.table.open = false;
}

function closeQuote(reader: HtmlReader): void {
  endDashes(reader);
  if (reader.tree.stack.some((box) => box.type === 'blockquote')) grow.closeQuote(reader.tree);
}
