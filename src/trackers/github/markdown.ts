import { clean, parts, restore, restoreAddress, safeAddress, safeWords } from './neutralise.ts';

const ENTITY = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['›', '&rsaquo;'],
  ['·', '&middot;'],
]);
const CHARACTER = new Map([...ENTITY].map(([character, entity]) => [entity, character]));
/** What markdown or HTML would act on; an underscore within a word and an ampersand alone are harmless. */
const SPECIAL = /&(?=#?[A-Za-z0-9]{1,40};)|[<>\\`*[\]~|]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g;

/** Text as inline markdown that shows exactly the text: no markup, no HTML, no mention, no backlink. */
export function inline(text: string, host: string): string {
  const safe = parts(clean(text)).map((part) =>
    part.address ? `<${safeAddress(part.text, host)}>` : escapeWords(safeWords(part.text)),
  );
  return escapeStart(safe.join(''));
}

/** The same where links have no place: in a link's text, and in lists that are read back. */
export function words(text: string): string {
  return escapeWords(safeWords(clean(text)).replace(/:(?=\/\/)/g, ':\u200b'));
}

/** One of a list whose entries are parted by ` › ` or ` · `. */
export function entry(text: string): string {
  return words(text).replace(/[›·]/g, (mark) => ENTITY.get(mark) ?? mark);
}

function escapeWords(text: string): string {
  return text.replace(SPECIAL, (character) => ENTITY.get(character) ?? `\\${character}`);
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
    .replace(/&(?:amp|lt|gt|rsaquo|middot);/g, (entity) => CHARACTER.get(entity) ?? entity);
  return restore(text);
}

/** A link with a text; the address cannot end it. What is no web address is told, not linked. */
export function linkTo(text: string, url: string, host: string): string {
  if (!/^https?:\/\/[^/]/i.test(url) || url.length > 2000) return `${words(text)} (${words(url.slice(0, 500))})`;
  return `[${words(text)}](<${safeAddress(url, host).replace(/[\s<>\\]|\p{Cc}|\p{Surrogate}/gu, encode)}>)`;
}

function encode(character: string): string {
  return /\p{Surrogate}/u.test(character) ? '' : encodeURIComponent(character);
}
