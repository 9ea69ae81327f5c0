import { createHash } from 'node:crypto';
import { NoteError } from '../errors.ts';
import { blocksOf } from './blocks.ts';
import { decodeText } from './decode.ts';
import { readLines } from './grammar.ts';
import { readHtml } from './html.ts';
import { dropStart, isBlank, type Line, splitLines } from './lines.ts';
import { labelKey } from './markdown-inline.ts';
import type { Note, NoteKind } from './note.ts';
import { startTree } from './tree.ts';

interface Facts {
  title: string | null;
  author: string | null;
  date: string | null;
}

/** The note in these bytes. Its kind is found from the content; the name only stands in for a missing title. */
export function parseNote(source: string, bytes: Uint8Array, url: string | null = null): Note {
  const text = decodeText(bytes);
  if (text.trim() === '') throw new NoteError(source, 'is empty: left out');
  const tree = startTree();
  const facts: Facts = { title: null, author: null, date: null };
  const kind = readInto(tree, text, facts);
  const blocks = blocksOf(tree.root);
  const title = facts.title ?? blocks.find((block) => block.kind === 'heading')?.text ?? source;
  const hash = createHash('sha256').update(bytes).digest('hex');
  return {
    source,
    url,
    kind,
    title,
    author: facts.author,
    date: facts.date,
    hash,
    people: [],
    tree: tree.root,
    blocks,
  };
}

function readInto(tree: ReturnType<typeof startTree>, text: string, facts: Facts): NoteKind {
  if (/^\s*<(?:!doctype|html|div|p|ul|body|table)[\s>]/i.test(text)) {
    facts.title = readHtml(tree, text).title;
    return 'html';
  }
  const lines = splitLines(text);
  const body = frontMatter(lines, facts);
  if (body) {
    readLines(tree, body, 'markdown', footnotes(body).addresses);
    return 'markdown';
  }
  const quoted = lines.filter((line) => line.text.startsWith('>')).length;
  const markdown = quoted === 0 && lines.some((line) => /^#{1,6} \S|\]\(http|^```/.test(line.text));
  if (markdown) {
    const { addresses, rest } = footnotes(lines);
    readLines(tree, rest, 'markdown', addresses);
    return 'markdown';
  }
  for (const line of lines) attribution(line.text, facts);
  for (const part of parts(lines)) {
    const { addresses, rest } = footnotes(part);
    readLines(tree, rest, 'text', addresses);
  }
  return quoted > 0 ? 'mail' : 'text';
}

function attribution(text: string, facts: Facts): void {
  const match = /^On (.{6,80}), ([^,<]{2,60}?)(?: <[^>]{3,80}>)? wrote:$/.exec(text);
  if (!match || facts.author) return;
  facts.author = match[2] ?? null;
  const date = new Date(match[1] ?? '');
  if (!Number.isNaN(date.getTime())) facts.date = date.toISOString().slice(0, 10);
}

/** Runs of lines that are quoted or not, without their marks. */
function parts(lines: readonly Line[]): Line[][] {
  const out: Line[][] = [];
  let quoted: boolean | null = null;
  for (const line of lines) {
    const mark = /^>+ ?/.exec(line.text)?.[0].length ?? 0;
    if (quoted !== mark > 0) out.push([]);
    quoted = mark > 0;
    out.at(-1)?.push(dropStart(line, mark));
  }
  return out;
}

function footnotes(lines: readonly Line[]): { addresses: Map<string, string>; rest: Line[] } {
  const addresses = new Map<string, string>();
  const rest: Line[] = [];
  for (const line of lines) {
    const match = /^\s{0,3}\[([^\]]{1,80})\]:?\s{1,10}<?(https?:\/\/\S+?)>?\s*$/.exec(line.text);
    if (match) addresses.set(labelKey(match[1] ?? ''), match[2] ?? '');
    else rest.push(line);
  }
  return { addresses, rest };
}

function frontMatter(lines: readonly Line[], facts: Facts): Line[] | null {
  if (lines[0]?.text.trim() !== '---') return null;
  const end = lines.findIndex((line, index) => index > 0 && line.text.trim() === '---');
  if (end < 0 || isBlank(lines[1])) return null;
  for (const line of lines.slice(1, end)) {
    const match = /^(title|author|date):\s*["']?(.*?)["']?\s*$/.exec(line.text);
    if (match?.[1] === 'title') facts.title = match[2] ?? null;
    if (match?.[1] === 'author') facts.author = match[2] ?? null;
    if (match?.[1] === 'date') facts.date = match[2]?.slice(0, 10) ?? null;
  }
  return lines.slice(end + 1);
}
