import { clean, parts, restore, restoreAddress, safeAddress, safeWords } from './neutralise.ts';

const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&rsaquo;': '›' };

/** Text as inline markdown that shows exactly the text: no markup, no HTML, no mention, no backlink. */
export function inline(text: string, host: string): string {
  const safe = parts(clean(text)).map((part) =>
    part.address ? `<${safeAddress(part.text, host)}>` : escapeWords(safeWords(part.text)),
  );
  return escapeStart(safe.join(''));
}

function escapeWords(text: string): string {
  return text
    .replace(/&(?=#?[A-Za-z0-9]{1,40};)/g, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*[\]~|]/g, '\\$&')
    .replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\\_');
}

/** What would begin a list, a heading or a rule where a line begins. */
function escapeStart(text: string): string {
  return text.replace(/^[-+=#]/, '\\$&').replace(/^(\d{1,9})([.)])/, '$1\\$2');
}

/** What an inline markdown of ours shows, as it was before it was made safe. */
export function plain(markdown: string): string {
  return markdown
    .split(/(<https?:[^\s<>]*>)/i)
    .map((piece, index) => (index % 2 === 1 ? restoreAddress(piece.slice(1, -1)) : plainWords(piece)))
    .join('');
}

function plainWords(markdown: string): string {
  const text = markdown
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replace(/&(?:amp|lt|gt|rsaquo);/g, (entity) => ENTITIES[entity] ?? entity);
  return restore(text);
}

/** A link with a text; the address cannot end it. */
export function linkTo(text: string, url: string, host: string): string {
  if (!/^https?:/i.test(url)) return `${inline(text, host)} (${inline(url, host)})`;
  return `[${inline(text, host)}](<${safeAddress(url, host).replace(/[\s<>\\]/g, encodeURIComponent)}>)`;
}
