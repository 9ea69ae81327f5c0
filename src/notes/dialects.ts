import type { Addresses } from './addresses.ts';
import { plainInline } from './inline.ts';
import { asciidocInline, orgInline, rstInline, wikiInline } from './inline-markup.ts';
import type { Line } from './lines.ts';
import { markdownInline } from './markdown-inline.ts';
import type { Piece } from './pieces.ts';

/** The notations of texts; `wiki` is MediaWiki's. */
export type DialectName = 'markdown' | 'text' | 'rst' | 'org' | 'asciidoc' | 'wiki';

/** How a text is written: what begins a heading, what is verbatim, what a line belongs to, what inline marks mean. */
export interface Dialect {
  readonly name: DialectName;
  readonly inline: (lines: readonly Line[], addresses: Addresses) => Piece[];
  /** Whether an unindented line goes on with the bullet above it. */
  readonly lazy: boolean;
  /** The marks of a heading of one line; their number is its depth. */
  readonly heading: RegExp | null;
  /** The characters that may underline a title. */
  readonly underlines: string;
  /** How long an underline must be, unless its title is shorter. */
  readonly underlineLength: number;
  /** What opens verbatim text; what closes it follows from it. */
  readonly fence: RegExp | null;
  /** `..` is a marker of ordered items. */
  readonly dots: boolean;
  /** Short lines may be headings without any mark. */
  readonly unmarked: boolean;
  /** A line above deeper ones is a term. */
  readonly terms: boolean;
}

const ALL_UNDERLINES = '=-~^"\'`:.+#*_<>';
const PLAIN = {
  lazy: false,
  heading: null,
  underlines: ALL_UNDERLINES,
  underlineLength: 8,
  fence: null,
  dots: false,
  unmarked: false,
  terms: false,
};

export const DIALECTS: Readonly<Record<DialectName, Dialect>> = {
  markdown: {
    ...PLAIN,
    name: 'markdown',
    inline: markdownInline,
    lazy: true,
    heading: /^ {0,3}(#{1,6})(?:[ \t]+|$|(?=[\p{L}*[]))/u,
    underlines: '=-',
    underlineLength: 3,
    fence: /^[ \t]{0,40}(`{3,}|~{3,})/,
  },
  text: { ...PLAIN, name: 'text', inline: plainInline, heading: /^(={2,5}|#{2,5}) (?=.*\S)/, unmarked: true },
  rst: { ...PLAIN, name: 'rst', inline: rstInline, terms: true },
  org: {
    ...PLAIN,
    name: 'org',
    inline: orgInline,
    lazy: true,
    heading: /^(\*{1,8}) +(?:(?:TODO|DONE|NEXT|WAITING|CANCELLED) +)?(?:\[#[A-Z]\] +)?/,
    underlines: '',
    fence: /^\s{0,20}#\+begin_(?:src|example|quote)\b/i,
  },
  asciidoc: {
    ...PLAIN,
    name: 'asciidoc',
    inline: asciidocInline,
    lazy: true,
    heading: /^(={1,6}) +/,
    underlines: '',
    fence: /^(-{4,80}|\.{4,80})\s{0,9}$/,
    dots: true,
  },
  wiki: {
    ...PLAIN,
    name: 'wiki',
    inline: wikiInline,
    lazy: true,
    heading: /^(={1,6})\s{0,3}(?=[^=\s])/,
    underlines: '',
  },
};

/** What closes the verbatim text that a line opened. */
export function fenceEnd(dialect: Dialect, opened: string): RegExp {
  if (dialect.name === 'org') return /^\s{0,20}#\+end_/i;
  const mark = opened.trim();
  const sign = mark.charAt(0) === '`' || mark.charAt(0) === '~' ? mark.charAt(0) : `\\${mark.charAt(0)}`;
  return new RegExp(`^[ \\t]{0,40}${sign}{${Math.min(mark.length, 80)},}\\s*$`);
}
