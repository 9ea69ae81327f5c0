import type { DialectName } from './dialects.ts';
import { isBlank, type Line } from './lines.ts';

const HTML_START =
  /^\s{0,200}(?:<\?xml[^>]{0,200}>\s{0,20})?(?:<!--[^>]{0,500}>\s{0,20}){0,5}<(?:!doctype html|html|head|body)[\s>]/i;
const HTML_BLOCK = /<(?:div|p|ul|ol|li|table|tr|td|h[1-6]|br|span|font|blockquote|dl)(?:[\s/>])/i;
const MARKDOWN_LINE = /^(?: {0,3}#{1,6} \S|\s{0,12}[-*+] |\s{0,3}```)/;

/** Whether a text is a page or a mail of HTML rather than a text with some HTML in it. */
export function isHtml(lines: readonly Line[]): boolean {
  const filled = lines.filter((line) => !isBlank(line)).slice(0, 300);
  const start = filled
    .slice(0, 60)
    .map((line) => line.text.slice(0, 4000))
    .join('\n');
  if (HTML_START.test(start)) return true;
  if (!/^\s{0,200}<(?:[a-z!])/i.test(start) || !HTML_BLOCK.test(start)) return false;
  const tagged = filled.filter((line) => /<\/?[a-z][^<>]{0,2000}>/i.test(line.text.slice(0, 4000))).length;
  return tagged >= 0.4 * filled.length && !filled.some((line) => MARKDOWN_LINE.test(line.text));
}

/** Signs of a notation: what a line shows, and how much that says. */
const SIGNS: Readonly<Record<Exclude<DialectName, 'text'>, readonly (readonly [RegExp, number])[]>> = {
  markdown: [
    [/^ {0,3}#{1,6} \S/, 4],
    [/^ {0,3}#{2,6}[\p{L}*]/u, 2],
    [/^\s{0,12}(?:```|~~~)/, 4],
    [/\]\((?:https?:|\/|#|\.|<)/, 4],
    [/\*\*[^*\s][^*]{0,200}\*\*/, 2],
    [/^\s{0,12}[-*+] \[[ xX]\] /, 3],
    [/^(?=[\s:|-]*$)[\s\S]*?---\s*\|/, 4],
    [/^ {0,3}\[[^\]]{1,80}\]: \S/, 3],
    [/(?:^|\s)`[^`]{1,80}`(?:\s|[.,;:)]|$)/, 1],
    [/(?:\S {2}|\\)$/, 0.2],
  ],
  rst: [
    [/^\.\. [\w-]{1,40}::/, 6],
    [/^\.\. _[^:]{1,100}: \S/, 6],
    [/^\.\. [\w-]{1,30}: /, 4],
    [/^:[a-z][\w-]{0,30}: \S/, 2],
    [/`[^`<>]{1,200}<[^<>`\s]{1,500}>`__?/, 5],
    [/``[^`]{1,100}``/, 2],
    [/`[^`]{1,100}`_(?:\W|$)/, 4],
    [/::$/, 0.5],
    [/\*\*[^*\s][^*]{0,200}\*\*/, 2],
  ],
  org: [
    [/^#\+(?:title|author|date|options|startup|todo|filetags|begin_\w+|email|language|tags|seq_todo):?/i, 8],
    [/^\s{0,12}:(?:PROPERTIES|END|LOGBOOK):$/, 6],
    [/\[\[[^\][]{1,500}\]\[[^\][]{1,300}\]\]/, 5],
    [/^\*{1,8} (?:TODO|DONE) /, 4],
  ],
  asciidoc: [
    [/^={1,6} \S.*[^=\s]\s*$/, 4],
    [/^:[\w-]{1,40}: {2,}\S|^:(?:toc|icons|author|revdate|doctitle)[\w-]{0,30}:/, 5],
    [/^\[\[[\w-]{1,60}\]\]$/, 5],
    [/^\[(?:options|role|quote|source|NOTE|cols|%)[^\]]{0,80}\]$/, 5],
    [/^\|===$/, 6],
    [/<<[\w-]{1,60},[^>]{1,200}>>/, 4],
    [/https?:\/\/[^\s[\]]{1,300}\[[^\]]{1,100}\]/, 2],
    [/\*\*[^*\s][^*]{0,200}\*\*/, 2],
  ],
  wiki: [
    [/^(={1,6})\s?[^=].{0,200}[^=]\s?\1\s*$/, 5],
    [/'''[^']{1,200}'''/, 3],
    [/\[https?:\/\/\S{1,500} [^\]]{1,200}\]/, 3],
    [/\[\[[^\][]{1,200}\]\]/, 2],
    [/^\{\||^__[A-Z]{3,12}__$/, 5],
  ],
};

const MARKED = ['markdown', 'rst', 'org', 'asciidoc', 'wiki'] as const;

/** The notation that a text is written in; plain text when nothing speaks for another. */
export function dialectOf(lines: readonly Line[]): DialectName {
  const scores: Record<DialectName, number> = { text: 3, markdown: 0, rst: 0, org: 0, asciidoc: 0, wiki: 0 };
  const sample = lines.length > 3000 ? lines.slice(0, 3000) : lines;
  sample.forEach((line) => {
    const text = line.text.slice(0, 600);
    if (text === '') return;
    for (const name of MARKED) {
      for (const [sign, weight] of SIGNS[name]) if (sign.test(text)) scores[name] += weight;
    }
  });
  scores.markdown += scores.rst > 8 ? -4 : 0;
  return MARKED.reduce<DialectName>((best, name) => (scores[name] > scores[best] ? name : best), 'text');
}
