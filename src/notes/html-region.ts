import { attributeOf, type HtmlToken } from './html-tokens.ts';

/** Parts of a page, as offsets of its source. */
export interface Region {
  readonly start: number;
  readonly end: number;
}

const FURNITURE = new Set(['nav', 'aside', 'footer', 'form', 'button', 'select', 'dialog']);
const FURNITURE_ROLES = /^(?:navigation|search|complementary|contentinfo|banner|menu|menubar|toolbar)$/;
const FURNITURE_NAMES =
  /(?:^|[\s_-])(?:nav|navbar|navigation|menu|sidebar|side-bar|footer|comments?|comment-?list|respond|share|sharing|social|related|breadcrumbs?|cookies?|pagination|pager|widget|widgets|toc|skip-link|advert|tags?|tag-cloud|post-meta-tags|newsletter|subscribe|search|masthead|gmail_signature|moz-signature)(?=$|[\s_-])/i;
const ARTICLE_NAMES =
  /(?:^|[\s_-])(?:article|post-?content|entry-?content|post-?body|article-?body|blog-?post|markdown-body|post-full-content|main-content|content-body|hentry|post)(?=$|[\s_])/i;
const VOID = new Set(
  'area base br col embed hr img input link meta param source track wbr p li dt dd tr td th thead tbody option'.split(
    ' ',
  ),
);

interface Open {
  readonly name: string;
  readonly start: number;
  readonly furniture: boolean;
  readonly article: 0 | 1 | 2;
}

/** Finds the article of a page and the furniture around and in it; a page without either is all text. */
export class RegionFinder {
  readonly hidden: Region[] = [];
  #article: (Region & { readonly rank: number }) | null = null;
  readonly #open: Open[] = [];
  readonly #counts = new Map<string, number>();

  /** Looks at the next tag. */
  see(token: HtmlToken): void {
    if (token.type === 'open') this.#enter(token.name, token.attributes, token.start);
    else if (token.type === 'close') this.#leave(token.name, token.start);
  }

  /** The article, when the page names one that is more than a teaser. */
  get article(): Region | null {
    const best = this.#article;
    return best && best.end - best.start > 400 ? best : null;
  }

  #enter(name: string, attributes: string, start: number): void {
    if (VOID.has(name) || attributes.endsWith('/')) return;
    const label =
      attributes === '' ? '' : `${attributeOf(attributes, 'class') ?? ''} ${attributeOf(attributes, 'id') ?? ''}`;
    const isBody = name === 'body' || name === 'html';
    const role = attributes === '' ? '' : (attributeOf(attributes, 'role') ?? '');
    const article = articleRank(name, label, role);
    const named = !isBody && article === 0 && label !== ' ' && FURNITURE_NAMES.test(label);
    const furniture = FURNITURE.has(name) || FURNITURE_ROLES.test(role) || named || isHidden(attributes);
    if (!furniture && article === 0 && !this.#counts.has(name)) return;
    this.#open.push({ name, start, furniture, article });
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }

  /** Only names that something watched is open for are followed, so the stack stays small on ordinary pages. */
  #leave(name: string, end: number): void {
    const count = this.#counts.get(name);
    if (!count) return;
    for (let open = this.#open.pop(); open; open = this.#open.pop()) {
      this.#counts.set(open.name, (this.#counts.get(open.name) ?? 1) - 1);
      if (this.#counts.get(open.name) === 0) this.#counts.delete(open.name);
      if (open.name !== name) continue;
      if (open.furniture) this.hidden.push({ start: open.start, end });
      if (open.article > 0) this.#offer({ start: open.start, end, rank: open.article });
      return;
    }
  }

  /** An article proper beats a main part; of equals the longer one is meant. */
  #offer(region: Region & { readonly rank: number }): void {
    const best = this.#article;
    const length = region.end - region.start;
    if (!best || region.rank > best.rank || (region.rank === best.rank && length > best.end - best.start)) {
      this.#article = region;
    }
  }
}

function isHidden(attributes: string): boolean {
  return /\bhidden(?=[\s=]|$)/.test(attributes) || /display:\s{0,5}none/.test(attributes);
}

function articleRank(name: string, label: string, role: string): 0 | 1 | 2 {
  if (name === 'article' || (name !== 'body' && name !== 'html' && ARTICLE_NAMES.test(label))) return 2;
  // W3C minutes have those present in front of their main part
  if (/\bmeeting\b/.test(label)) return 0;
  return name === 'main' || role === 'main' ? 1 : 0;
}
