import { decodeHTML } from 'entities';
import { attributeOf, type HtmlToken } from './html-tokens.ts';

/** What an HTML source says about itself, as it is written there. */
export interface HtmlFacts {
  readonly title: string | null;
  readonly author: string | null;
  readonly date: string | null;
  /** The subject of a mail that a list archive (Pipermail) shows. */
  readonly archived: string | null;
}

const AUTHOR = /^(?:author|dc\.creator|article:author_name|citation_author)$/i;
const DATE = /^(?:article:published_time|date|dc\.date|citation_publication_date|datepublished)$/i;

/** Collects title, author and date from `<title>`, `<meta>` and `<time>`. */
export class HtmlHead {
  #title: string | null = null;
  #author: string | null = null;
  #date: string | null = null;

  /** Looks at the next token. */
  see(token: HtmlToken): void {
    if (token.type === 'text') {
      if (token.head) this.#title ??= decodeHTML(token.text).replace(/\s+/g, ' ').trim() || null;
    } else if (token.type === 'open' && token.name === 'meta') this.#meta(token.attributes);
    else if (token.type === 'open' && token.name === 'time') this.#date ??= attributeOf(token.attributes, 'datetime');
  }

  /** What was found. */
  get facts(): HtmlFacts {
    return { title: this.#title, author: this.#author, date: this.#date, archived: null };
  }

  #meta(attributes: string): void {
    const name =
      attributeOf(attributes, 'name') ?? attributeOf(attributes, 'property') ?? attributeOf(attributes, 'itemprop');
    const content = attributeOf(attributes, 'content')?.trim();
    if (!name || !content) return;
    if (AUTHOR.test(name)) this.#author ??= content;
    if (DATE.test(name)) this.#date ??= content;
  }
}

const ARCHIVED =
  /<h1>([^<]{1,300})<\/h1>\s{0,50}<b>([^<]{1,120})<\/b>[\s\S]{0,1500}?<i>([^<]{4,60})<\/i>[\s\S]{0,4000}?<!--beginarticle-->/i;

/** What a page of a list archive says, and where the mail begins and ends in it; null for all other pages. */
export function archivedMail(source: string): { facts: HtmlFacts; start: number; end: number } | null {
  const head = source.slice(0, 20_000);
  const match = head.includes('<!--beginarticle-->') ? ARCHIVED.exec(head) : null;
  if (!match) return null;
  const text = (index: number): string =>
    decodeHTML(match[index] ?? '')
      .replace(/\s+/g, ' ')
      .trim();
  const start = source.indexOf('<!--beginarticle-->');
  const end = source.indexOf('<!--endarticle-->', start);
  const facts = { title: null, author: text(2), date: text(3), archived: text(1) };
  return { facts, start, end: end < 0 ? source.length : end };
}
