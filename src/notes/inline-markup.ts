import type { Addresses } from './addresses.ts';
import { joinLines, piecesOf, plainLinks, type Stretch } from './inline.ts';
import type { Line } from './lines.ts';
import type { Piece } from './pieces.ts';

/** A notation: where its pattern matches, group `show` is what is seen, the rest of the match is not. */
interface Notation {
  readonly pattern: RegExp;
  readonly strong?: boolean;
  /** The address that the shown text leads to. */
  readonly url?: (match: RegExpExecArray, addresses: Addresses, line: number) => string | null;
  /** Without an address the text stays as it is written. */
  readonly needsUrl?: boolean;
}

const named = (match: RegExpExecArray, addresses: Addresses, line: number): string | null =>
  addresses.find(match.groups?.show ?? '', line);
const given = (match: RegExpExecArray): string | null => match.groups?.url ?? null;

const RST: readonly Notation[] = [
  { pattern: /`(?<show>[^`<>]{1,300}?)\s{0,20}<(?<url>[^`<>]{1,1000})>`__?/dy, url: given },
  { pattern: /``(?<show>[^`]{1,500})``/dy },
  { pattern: /:[a-zA-Z][\w.-]{0,30}:`(?<show>[^`]{1,300})`/dy },
  { pattern: /`(?<show>[^`]{1,300})`__?/dy, url: named },
  { pattern: /`(?<show>[^`]{1,300})`/dy },
  { pattern: /\*\*(?<show>[^\s*](?:[^*]{0,500}[^\s*])?)\*\*/dy, strong: true },
  { pattern: /\*(?<show>[^\s*](?:[^*]{0,500}[^\s*])?)\*(?![\w*])/dy, strong: true },
  {
    pattern: /(?<show>\[#?(?<label>[\w-]{1,40})\])_/dy,
    url: (match, addresses, line) => addresses.find(match.groups?.label ?? '', line),
  },
  { pattern: /(?<show>\b[\w-]{1,60})__?(?![\w`])/dy, url: named, needsUrl: true },
  { pattern: /\|(?<show>[\w -]{1,60})\|(?:__?)?/dy },
];

const ORG: readonly Notation[] = [
  { pattern: /\[\[(?<url>[^\][]{1,1000})\]\[(?<show>[^\][]{1,500})\]\]/dy, url: given },
  { pattern: /\[\[(?<show>(?<url>[^\][]{1,1000}))\]\]/dy, url: given },
  { pattern: /\*(?<show>[^\s*](?:[^*\n]{0,300}[^\s*])?)\*(?![\w*])/dy, strong: true },
  { pattern: /_(?<show>[^\s_](?:[^_\n]{0,300}[^\s_])?)_(?!\w)/dy, strong: true },
  { pattern: /=(?<show>[^\s=](?:[^=\n]{0,300}[^\s=])?)=(?!\w)/dy },
  { pattern: /~(?<show>[^\s~](?:[^~\n]{0,300}[^\s~])?)~(?!\w)/dy },
];

const ASCIIDOC: readonly Notation[] = [
  { pattern: /(?:link:)?(?<url>(?:https?:\/\/|mailto:)[^\s[\]<>"]{1,1000})\[(?<show>[^\]]{1,300})\]/dy, url: given },
  { pattern: /(?:link|xref):(?<url>[^\s[\]]{1,500})\[(?<show>[^\]]{0,300})\]/dy, url: given },
  { pattern: /<<[^<>,]{1,100},(?<show>[^<>]{1,300})>>/dy },
  { pattern: /(?:\[[^\][]{0,60}\])?##(?<show>[^#]{1,1500})##/dy, strong: true },
  { pattern: /\*\*(?<show>[^*]{1,500})\*\*/dy, strong: true },
  { pattern: /\*(?<show>[^\s*](?:[^*]{0,500}[^\s*])?)\*(?![\w*])/dy, strong: true },
  { pattern: /_(?<show>[^\s_](?:[^_\n]{0,300}[^\s_])?)_(?!\w)/dy, strong: true },
  { pattern: /``?(?<show>[^`]{1,300})``?/dy },
  { pattern: /\{(?<show>nbhy)\}/dy },
];

const WIKI: readonly Notation[] = [
  { pattern: /\[(?<url>https?:\/\/[^\s\]]{1,1000})\s(?<show>[^\]]{1,300})\]/dy, url: given },
  { pattern: /\[\[(?:[^\][|]{1,200}\|)?(?<show>[^\][|]{1,200})\]\]/dy },
  { pattern: /'''(?<show>[^'](?:[^']|'(?!'')){0,500})'''/dy, strong: true },
  { pattern: /''(?<show>[^'](?:[^']|'(?!')){0,500})''/dy, strong: true },
  { pattern: /<(?:code|nowiki|tt|s|del|u|small)>(?<show>[^<]{1,500})<\/[a-z]{1,10}>/dy },
];

const REPLACED: Readonly<Record<string, string>> = { nbhy: '-' };

/** Inline markup of reStructuredText. */
export function rstInline(lines: readonly Line[], addresses: Addresses): Piece[] {
  return markup(RST, /[`*:[|\w]/g, lines, addresses);
}

/** Inline markup of org files. */
export function orgInline(lines: readonly Line[], addresses: Addresses): Piece[] {
  return markup(ORG, /[[*_=~]/g, lines, addresses);
}

/** Inline markup of AsciiDoc. */
export function asciidocInline(lines: readonly Line[], addresses: Addresses): Piece[] {
  return markup(ASCIIDOC, /[[<#*_`{hlmx]/g, lines, addresses);
}

/** Inline markup of MediaWiki. */
export function wikiInline(lines: readonly Line[], addresses: Addresses): Piece[] {
  return markup(WIKI, /[['<]/g, lines, addresses);
}

/** A span of the text of which something is known; `hidden` ones are not shown. */
interface Mark {
  readonly start: number;
  readonly end: number;
  readonly hidden: boolean;
  readonly strong: boolean;
  readonly url: string | null;
  readonly shown: string | null;
}

function markup(notations: readonly Notation[], first: RegExp, lines: readonly Line[], addresses: Addresses): Piece[] {
  const text = joinLines(lines);
  const line = lines[0]?.line ?? 1;
  const marks: Mark[] = plainLinks(text, 0, text.length, addresses, line).map((link) => ({
    ...link,
    hidden: false,
  }));
  first.lastIndex = 0;
  for (let found = first.exec(text); found; found = first.exec(text)) {
    const after = notationAt(notations, text, found.index, addresses, line, marks);
    first.lastIndex = after;
  }
  return piecesOf(lines, text, sweep(text, marks));
}

/** Notes the notation that begins here; gives where to look on. */
function notationAt(
  notations: readonly Notation[],
  text: string,
  at: number,
  addresses: Addresses,
  line: number,
  marks: Mark[],
): number {
  const inWord = at > 0 && /[\p{L}\p{N}]/u.test(text.charAt(at - 1));
  if (inWord && text.charAt(at) !== '{') return at + 1;
  for (const { pattern, strong, url: find, needsUrl } of notations) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    const span = match?.indices?.groups?.show;
    if (!match || !span) continue;
    const url = find?.(match, addresses, line) ?? null;
    if (needsUrl && url === null) continue;
    const end = at + match[0].length;
    const shown = REPLACED[match.groups?.show ?? ''] ?? null;
    const hidden = { hidden: true, strong: false, url: null, shown: null };
    marks.push({ start: at, end: span[0], ...hidden }, { start: span[1], end, ...hidden });
    marks.push({ start: span[0], end: span[1], hidden: false, strong: strong === true, url, shown });
    return strong ? Math.max(span[0], at + 1) : end;
  }
  // nothing begins here: a word is passed whole, or every letter of it would be tried
  const word = /\w{1,200}/y;
  word.lastIndex = at;
  return word.test(text) ? word.lastIndex : at + 1;
}

/** The text cut wherever what is known of it changes. */
function sweep(text: string, marks: readonly Mark[]): Stretch[] {
  const edges = [0, text.length, ...marks.flatMap((mark) => [mark.start, mark.end])];
  const cuts = [...new Set(edges)].sort((a, b) => a - b);
  const sorted = [...marks].sort((a, b) => a.start - b.start);
  const out: Stretch[] = [];
  let next = 0;
  let active: Mark[] = [];
  for (let i = 0; i + 1 < cuts.length; i++) {
    const start = cuts[i] ?? 0;
    const end = cuts[i + 1] ?? 0;
    for (let mark = sorted[next]; mark && mark.start <= start; mark = sorted[++next]) active.push(mark);
    active = active.filter((mark) => mark.end > start);
    if (active.some((mark) => mark.hidden)) continue;
    const url = active.findLast((mark) => mark.url !== null)?.url ?? null;
    const shown = active.find((mark) => mark.shown !== null)?.shown ?? null;
    out.push({ start, end, shown, strong: active.some((mark) => mark.strong), url });
  }
  return out;
}
