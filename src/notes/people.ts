import type { Block } from './note.ts';

/** A line of a note as far as lists of names are concerned: its text without marks. */
interface Row {
  readonly text: string;
  readonly list: boolean;
  readonly heading: boolean;
  /** The bullet with the blanks before it. */
  readonly mark: string;
}

const START =
  /^(?:list of |the |all )?(?:attendees?|attended|attendance|present|participants?|in attendance|attending|people(?: present)?|(?:[\w-]+ )?(?:voting )?members present|(?:[\w-]+ )?voting members|roll ?call|who was there)\b(?: list)?[^:.,]{0,40}?(?::|$)/i;
const STOP = /^(?:regrets|absent|apologies|excused|not present|guests? expected|missing)\b/i;
const PAIR = /(\p{Lu}[\p{L}.'’-]{1,60}(?: \p{Lu}[\p{L}.'’-]{0,60}){1,3}) \(([A-Z]{2,4})\)/gu;
const KEY =
  /^([A-Z]{2,4})\s?[:=-]\s(\p{Lu}[\p{L}.'’-]*(?: (?:\p{Lu}[\p{L}.'’-]*|de|van|von|der|den|la|al|bin)){1,4})$/u;
const MOST = 300;
const LONGEST = 4000;

/** The rows of a note; each is made only when it is looked at, as few of them can name people. */
export interface Rows {
  readonly count: number;
  /** What stands there, marks and all. */
  readonly raw: (at: number) => string;
  readonly row: (at: number) => Row;
}

const NO_ROW: Row = { text: '', list: false, heading: true, mark: '' };
const MAY_MATTER =
  /attend|present|particip|roll ?call|who was|voting mem|people|\([A-Z]{2,4}\)|^[\s>*-]{0,12}[A-Z]{2,4}\s?[:=-]/i;

/** Raw lines as rows. */
export function rowsOfLines(lines: readonly { readonly text: string }[]): Rows {
  return {
    count: lines.length,
    raw: (at) => lines[at]?.text ?? '',
    row: (at) => (lines[at] ? rowOf(lines[at].text) : NO_ROW),
  };
}

function rowOf(whole: string): Row {
  const line = whole.slice(0, LONGEST);
  const mark = /^[\s>|]*(?:(#{1,6}|={1,6})\s|([-*+•]|\d{1,3}[.)])\s+)?/.exec(line);
  const text = line.slice(mark?.[0].length ?? 0);
  return {
    text: text
      .replace(/\[([^\][]{0,200})\]\([^()]{0,300}\)/g, '$1')
      .replace(/[*`|]{1,3}|(?<![\p{L}\p{N}])_{1,3}|_{1,3}(?![\p{L}\p{N}])/gu, ' ')
      .trim(),
    list: mark?.[2] !== undefined,
    heading: mark?.[1] !== undefined,
    mark: mark?.[2] === undefined ? '' : `${/^[\s>|]*/.exec(line)?.[0] ?? ''}${mark[2].replace(/\d+/, '1')}`,
  };
}

/** Blocks as rows; headings begin a new list. */
export function rowsOfBlocks(blocks: readonly Block[]): Rows {
  const row = (at: number): Row => {
    const block = blocks[at];
    if (!block) return NO_ROW;
    const heading = block.kind === 'heading' || block.kind === 'term';
    return { text: block.text, list: block.kind === 'bullet', heading, mark: '' };
  };
  return { count: blocks.length, raw: (at) => blocks[at]?.text ?? '', row };
}

/** Names and nicks of those present, as lists of them in the note tell. */
export function peopleIn(rows: Rows): string[] {
  const people = new Set<string>();
  for (let at = 0; at < rows.count && people.size < MOST; at++) {
    if (!MAY_MATTER.test(rows.raw(at).slice(0, LONGEST))) continue;
    const { text } = rows.row(at);
    if (START.test(text.length < 90 ? text : text.slice(0, text.indexOf(':') + 1))) at = readList(rows, at, people);
    else for (const name of [...pairsIn(rows, at), ...saidPresent(text)]) people.add(name);
  }
  return [...people];
}

/** "Present were Alice, Bob and Carol; …" */
function saidPresent(text: string): string[] {
  const names = /^(?:present|attending|in attendance)\s(?:were|was|are):?\s(?<names>[^.;:]{3,300})/i.exec(text)?.groups
    ?.names;
  return names === undefined ? [] : namesIn(names);
}

/** "Owner One (OO), Owner Two (OT), …" and "OO: Owner One" are lists of people without a heading. */
function pairsIn(rows: Rows, at: number): string[] {
  const { text } = rows.row(at);
  const pairs = text.length < LONGEST && text.includes('(') ? [...text.matchAll(PAIR)] : [];
  if (pairs.length >= 4) return pairs.flatMap((pair) => [pair[1] ?? '', pair[2] ?? '']);
  const key = KEY.exec(text);
  const beside = key !== null && (KEY.test(rows.row(at - 1).text) || KEY.test(rows.row(at + 1).text));
  return key && beside ? [key[2] ?? '', key[1] ?? ''] : [];
}

/** Reads the names from the row that announces them on; gives the last row that was one. */
function readList(rows: Rows, start: number, people: Set<string>): number {
  const first = rows.row(start).text;
  const inline = first.includes(':') ? first.slice(first.indexOf(':') + 1).trim() : '';
  const boxed: { name: string; here: boolean }[] = [];
  for (const name of namesIn(inline)) people.add(name);
  let last = start;
  let blanks = 0;
  for (let at = start + 1; at < rows.count && at < start + MOST; at++) {
    const row = rows.row(at);
    if (row.text === '' || (last === start && /^[=~^-]{3,200}$/.test(row.text))) {
      if (row.text === '' && (last > start || inline !== '')) blanks++;
      if (blanks > 1) break;
      continue;
    }
    if (STOP.test(row.text) || START.test(row.text) || (blanks > 0 && !row.list) || !isNames(row)) break;
    if (isOther(row, last > start ? rows.row(last) : null, inline, blanks)) break;
    if (row.heading || (last > start && rows.row(last).list !== row.list && (blanks > 0 || !row.list))) break;
    if (inline !== '' && blanks === 0 && !/,\s*$/.test(rows.row(at - 1).text) && !row.list) break;
    const box = /^\[([ xX])\]\s*/.exec(row.text);
    for (const name of namesIn(withoutFirm(row, box?.[0].length ?? 0))) boxed.push({ name, here: box?.[1] !== ' ' });
    blanks = 0;
    last = at;
  }
  const anyHere = boxed.some((each) => each.here);
  for (const each of boxed) if (each.here || !anyHere) people.add(each.name);
  return last;
}

/** Behind names on the announcing line a blank ends them; a bullet of another kind further out begins another list, and a line with a colon another field. */
function isOther(row: Row, last: Row | null, inline: string, blanks: number): boolean {
  if (inline !== '' && blanks > 0) return true;
  if (last === null) return false;
  return last.list && row.list && row.mark !== last.mark && row.mark.length <= last.mark.length;
}

/** "Owner One, Example Corp" on a line of its own is one person. */
function withoutFirm(row: Row, start: number): string {
  const text = row.text.slice(start);
  const [name = '', firm, ...more] = text.split(',');
  return row.list && firm !== undefined && more.length === 0 && name.trim().includes(' ') ? name : text;
}

function isNames(row: Row): boolean {
  const text = row.text.replace(/^\[[ xX]\]\s*/, '');
  if (text.length > 400 || /[?!]$/.test(text) || /^(?:name: text)$/i.test(text)) return false;
  const parts = text.split(/[,;]/);
  return (
    parts.every((part) => part.trim().split(/\s+/).length <= 9) &&
    /^[\p{L}@(]/u.test(text) &&
    !/\.\s+\p{Lu}\p{Ll}+ \p{Ll}/u.test(text)
  );
}

function namesIn(text: string): string[] {
  const listed = text.replace(/\.$/, '');
  const isOne = /[–—|]| - /.test(listed) && !/,.*,/.test(listed);
  const parts = isOne ? [listed] : listed.split(/[,;]|\band\b/);
  return parts.flatMap(nameIn);
}

/** A name, and the nick or the initials beside it; firms, roles and addresses are left out. */
function nameIn(part: string): string[] {
  const inside = [...part.matchAll(/[([]([^()[\]]{1,40})[)\]]/g)].map((match) => (match[1] ?? '').trim());
  const bare = part
    .replace(/[([][^()[\]]*[)\]]|<[^<>]{0,300}>|[^\s@]{1,80}@[^\s@]{1,80}\.\S+|https?:\/\/\S+/g, ' ')
    .split(/\s[–—|-]\s|:|\//)[0]
    ?.trim()
    .replace(/\s+/g, ' ');
  if (!bare || !/^[\p{L}@]/u.test(bare) || bare.split(' ').length > 4 || bare.length > 40) return [];
  const nicks = inside.filter((each) => isNick(each, bare));
  const isCount = /^(?:name|none|n\/a|tbd|all|everyone|and others|others|etc|quorum|present|absent)$/i.test(bare);
  const isSaid = /:\s*$/.test(part) || (bare.split(' ').length > 2 && !/\p{Lu}/u.test(bare));
  return isCount || isSaid ? [] : [bare.replace(/^@/, ''), ...nicks.map((nick) => nick.replace(/^[@#]/, ''))];
}

/** Firms stand in brackets too; initials share the first letter with the name. */
function isNick(text: string, name: string): boolean {
  if (/^[A-Z]{2,4}$/.test(text)) return text.charAt(0) === name.charAt(0).toUpperCase();
  return /^(?:[@#]?[a-z][\w-]{2,20}|[@#][\w-]{2,30})$/.test(text);
}
