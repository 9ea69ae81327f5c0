import { flow } from './flowed.ts';
import { dropStart, isBlank, type Line } from './lines.ts';
import { decodeBody, decodeWords } from './mime.ts';

/** One message: what its headers say, and its text in lines that know their place in the raw file. */
export interface Mail {
  readonly subject: string | null;
  readonly author: string | null;
  readonly date: string | null;
  readonly parts: readonly { readonly html: boolean; readonly lines: readonly Line[] }[];
}

type Headers = ReadonlyMap<string, string>;

interface Entity {
  readonly type: string;
  readonly attachment: boolean;
  readonly lines: readonly Line[];
}

const SEPARATOR = /^From \S{1,200} .*\d{4}/;
const FIELD = /^([A-Za-z][A-Za-z0-9-]{0,60}):(.*)$/;
const USUAL =
  /^(?:from|to|cc|subject|date|message-id|received|return-path|mime-version|content-type|delivered-to|reply-to|sender)$/;
const DEEPEST = 20;
const LONGEST_NAME = 300;

/** Whether lines begin with the headers of a mail, or with the line that separates mails in a mailbox. */
export function isMail(lines: readonly Line[]): boolean {
  const start = lines.findIndex((line) => !isBlank(line));
  const from = SEPARATOR.test(lines[start]?.text ?? '') ? start + 1 : start;
  const { headers, end } = readHeaders(lines, Math.max(from, 0));
  const usual = [...headers.keys()].filter((name) => USUAL.test(name)).length;
  return usual >= 2 && (headers.has('from') || headers.has('subject')) && end > from;
}

/** The messages of a mail file or a mailbox. Its lines hold one character a byte. */
export function mailsIn(lines: readonly Line[]): Mail[] {
  const starts: number[] = [];
  lines.forEach((line, index) => {
    const first = starts.length === 0 && !isBlank(line);
    if (first || (SEPARATOR.test(line.text) && isBlank(lines[index - 1]) && FIELD.test(lines[index + 1]?.text ?? ''))) {
      starts.push(index);
    }
  });
  return starts.map((start, index) => mailOf(lines.slice(start, starts[index + 1])));
}

function mailOf(lines: readonly Line[]): Mail {
  const isBoxed = SEPARATOR.test(lines[0]?.text ?? '');
  const unescaped = isBoxed ? lines.map((line) => (/^>+From /.test(line.text) ? dropStart(line, 1) : line)) : lines;
  const { headers, end } = readHeaders(unescaped, isBoxed ? 1 : 0);
  const entities = entitiesOf(headers, unescaped.slice(end), 0);
  const text = entities.filter((entity) => !entity.attachment && entity.lines.some((line) => !isBlank(line)));
  return {
    subject: headers.has('subject') ? decodeWords(headers.get('subject') ?? '').trim() || null : null,
    author: nameIn(headers.get('from') ?? ''),
    date: headers.get('date') ?? null,
    parts: text.map((entity) => ({ html: entity.type === 'text/html', lines: entity.lines })),
  };
}

/** The headers from a line on, and where the body begins. */
function readHeaders(lines: readonly Line[], start: number): { headers: Headers; end: number } {
  const headers = new Map<string, string>();
  let name: string | null = null;
  let at = start;
  for (; at < lines.length; at++) {
    const text = lines[at]?.text ?? '';
    if (text.trim() === '') break;
    const field = FIELD.exec(text);
    if (field) {
      name = (field[1] ?? '').toLowerCase();
      if (headers.has(name)) name = `${name} again`;
      headers.set(name, (field[2] ?? '').trim());
    } else if (/^[ \t]/.test(text) && name !== null) headers.set(name, `${headers.get(name) ?? ''} ${text.trim()}`);
    else break;
  }
  const isEnd = at >= lines.length || isBlank(lines[at]);
  return isEnd ? { headers, end: at } : { headers: new Map(), end: start };
}

function parameter(field: string, name: string): string {
  const match = new RegExp(`;\\s{0,20}${name}\\s{0,5}=\\s{0,5}(?:"([^"]{0,200})"|([^\\s;"]{1,200}))`, 'i').exec(field);
  return match?.[1] ?? match?.[2] ?? '';
}

/** The readable parts of a message: of alternatives the plain one. */
function entitiesOf(headers: Headers, body: readonly Line[], depth: number): Entity[] {
  const field = headers.get('content-type') ?? 'text/plain';
  const type = (/^[\w.+-]+\/[\w.+-]+/.exec(field)?.[0] ?? 'text/plain').toLowerCase();
  if (depth > DEEPEST) return [];
  if (type.startsWith('multipart/')) {
    const children = splitParts(body, parameter(field, 'boundary')).map((part) => {
      const inner = readHeaders(part, 0);
      return entitiesOf(inner.headers, part.slice(inner.end), depth + 1);
    });
    return type === 'multipart/alternative' ? bestOf(children) : children.flat();
  }
  if (type === 'message/rfc822') {
    const inner = readHeaders(body, 0);
    return entitiesOf(inner.headers, body.slice(inner.end), depth + 1);
  }
  if (type !== 'text/plain' && type !== 'text/html' && type !== 'text/markdown') return [];
  return [{ type, attachment: isAttachment(headers), lines: textOf(headers, field, body) }];
}

function isAttachment(headers: Headers): boolean {
  return /^attachment/i.test(headers.get('content-disposition') ?? '');
}

function bestOf(children: readonly Entity[][]): Entity[] {
  const seen = children.filter((entities) => entities.some((entity) => entity.lines.some((line) => !isBlank(line))));
  return seen.find((entities) => entities.some((entity) => entity.type === 'text/plain')) ?? seen.at(-1) ?? [];
}

/** What stands between the boundaries; without any, all of it. */
function splitParts(body: readonly Line[], boundary: string): Line[][] {
  if (boundary === '') return [[...body]];
  const parts: Line[][] = [];
  for (const line of body) {
    const text = line.text.trimEnd();
    if (text === `--${boundary}--`) break;
    if (text === `--${boundary}`) parts.push([]);
    else parts.at(-1)?.push(line);
  }
  return parts;
}

function textOf(headers: Headers, field: string, body: readonly Line[]): Line[] {
  const encoding = (headers.get('content-transfer-encoding') ?? '').trim().toLowerCase();
  const lines = decodeBody(body, encoding, parameter(field, 'charset'));
  if (!/^flowed$/i.test(parameter(field, 'format'))) return lines;
  return flow(lines, /^yes$/i.test(parameter(field, 'delsp')));
}

/** The name of a sender: "Owner One <a@b.c>", "a@b.c (Owner One)", "One, Owner". */
export function nameIn(field: string): string | null {
  const text = decodeWords(field).trim().slice(0, LONGEST_NAME);
  const quoted = /^\s*"?([^"<]{1,120}?)"?\s*<[^>]*>/.exec(text)?.[1] ?? /\(([^()]{2,80})\)\s*$/.exec(text)?.[1];
  const name = (quoted ?? text.replace(/<[^>]*>/g, ''))
    .replace(/ via .*$/i, '')
    .replace(/\\"/g, '')
    .trim();
  if (name === '' || /\s@|@\s|^\S+@\S+$/.test(name)) return /^<?([\w.+-]{1,60})(?:@| at )/.exec(text)?.[1] ?? null;
  const turned = /^(\p{Lu}[\p{L}'’-]+), (\p{Lu}[\p{L}. '’-]+)$/u.exec(name);
  return turned ? `${turned[2]} ${turned[1]}` : name;
}
