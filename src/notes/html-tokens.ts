import { decodeHTML } from 'entities';

/** A tag or a run of text of an HTML source, `head` when it is the title; `start` is its offset in the source. */
export type HtmlToken =
  | { readonly type: 'open' | 'close'; readonly name: string; readonly attributes: string; readonly start: number }
  | { readonly type: 'text'; readonly text: string; readonly start: number; readonly head?: true };

const NAME = /[a-zA-Z][^\s/>]{0,60}/y;
/** Elements whose content is not shown, and those whose content is text and not markup. */
const RAW = new Set(['script', 'style', 'title', 'textarea', 'noscript', 'template', 'svg', 'iframe']);

/** The tags and the text of HTML, one after the other, in one pass; whatever is broken is text. */
export function* htmlTokens(source: string): Generator<HtmlToken> {
  let at = 0;
  let from = 0;
  while (from < source.length) {
    const open = source.indexOf('<', from);
    if (open < 0) break;
    const next = source.charCodeAt(open + 1);
    const isComment = next === 33 || next === 63;
    const name = isComment ? '' : nameAt(source, next === 47 ? open + 2 : open + 1);
    if (name === null) {
      from = open + 1;
      continue;
    }
    if (open > at) yield { type: 'text', text: source.slice(at, open), start: at };
    const nameEnd = open + (next === 47 ? 2 : 1) + name.length;
    const close = isComment ? afterComment(source, open) - 1 : tagEnd(source, nameEnd);
    at = close + 1;
    if (!isComment) {
      const attributes = source.slice(nameEnd, close);
      const tag = name.toLowerCase();
      yield { type: next === 47 ? 'close' : 'open', name: tag, attributes, start: open };
      if (next !== 47 && RAW.has(tag)) {
        const stop = rawEnd(source, tag, at);
        if (tag === 'title') yield { type: 'text', text: source.slice(at, stop), start: at, head: true };
        at = stop;
      }
    }
    from = at;
  }
  if (at < source.length) yield { type: 'text', text: source.slice(at), start: at };
}

function nameAt(source: string, at: number): string | null {
  NAME.lastIndex = at;
  return NAME.exec(source)?.[0] ?? null;
}

function afterComment(source: string, open: number): number {
  const comment = source.startsWith('<!--', open);
  const end = source.indexOf(comment ? '-->' : '>', open + 2);
  return end < 0 ? source.length : end + (comment ? 3 : 1);
}

function tagEnd(source: string, from: number): number {
  let quote = 0;
  for (let i = from; i < source.length; i++) {
    const char = source.charCodeAt(i);
    if (quote !== 0) {
      if (char === quote) quote = 0;
    } else if (char === 62) return i;
    else if ((char === 34 || char === 39) && source.charCodeAt(i - 1) === 61) quote = char;
  }
  return source.length;
}

function rawEnd(source: string, name: string, from: number): number {
  const end = new RegExp(`</${name}`, 'gi');
  end.lastIndex = from;
  return end.exec(source)?.index ?? source.length;
}

const ATTRIBUTES = new Map<string, RegExp>();

function attributePattern(name: string): RegExp {
  const known = ATTRIBUTES.get(name);
  if (known) return known;
  const value = `(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`;
  const pattern = new RegExp(`(?:^|\\s)${name}\\s{0,10}=\\s{0,10}${value}`, 'i');
  ATTRIBUTES.set(name, pattern);
  return pattern;
}

/** The value of an attribute in what stands between a tag's name and its end; null where it has none. */
export function attributeOf(attributes: string, name: string): string | null {
  if (attributes.length < name.length + 1) return null;
  const match = attributePattern(name).exec(attributes);
  const value = match?.[1] ?? match?.[2] ?? match?.[3];
  return value === undefined ? null : decodeHTML(value);
}
