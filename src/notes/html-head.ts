import { decodeHTML } from 'entities';
import { attributeOf, type HtmlToken } from './html-tokens.ts';

/** What an HTML source says about itself, as it is written there. */
export interface HtmlFacts {
  readonly title: string | null;
  readonly author: string | null;
  readonly date: string | null;
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
    return { title: this.#title, author: this.#author, date: this.#date };
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
