import { bulletOf } from './bullets.ts';
import { indentOf, isBlank, type Line } from './lines.ts';
import { mayPromise } from './terms.ts';

const UNDERLINE = /^\s{0,3}([=\-~^"'`:.+#*_<>])\1{1,200}\s{0,100}$/;
const NUMBERED = /^(?:\d{1,2}(?:\.\d{1,2}){0,4}[.):]?|[IVX]{1,4}\.|#\d{1,6}:?)\s{1,4}\S/;
const CLOSING =
  /^(?:hi|hello|dear|thanks?|thank you|cheers|regards|best|kind|yours|sincerely|enjoy|bye|greetings|all|hey)\b/i;
const SUBJECT = /^(?:we|i|they|he|she|it|there|this|that|you|someone|everybody|everyone|nobody|let's)\b/i;
const LONGEST = 80;
const TO_DO = /^(?:things )?to[- ]?do(?: list| items?)?\s*$/i;

/** The character that a title on this line is underlined with on the next; null where it is none. */
export function underlineOf(lines: readonly Line[], at: number, needed: number): string | null {
  const line = lines[at];
  const next = lines[at + 1];
  if (!line || !next || isBlank(line) || isRow(line.text) || isRule(line.text)) return null;
  const mark = UNDERLINE.exec(next.text)?.[1];
  if (!mark || indentOf(line.text) > 3 || line.text.trim().length > 200) return null;
  if (bulletOf(line.text)?.number === null) return null;
  const length = next.text.trim().length;
  const title = line.text.trim().length;
  return length >= (title < 3 ? title : Math.max(3, Math.min(needed, title - 2))) ? mark : null;
}

function isRow(text: string): boolean {
  return text.trimStart().startsWith('|');
}

/** Whether a line is only a rule, an underline or an overline. */
export function isRule(text: string): boolean {
  return (
    (UNDERLINE.test(text) && text.trim().length > 2) ||
    /^\s{0,3}(?:(?:- ?){3,60}|(?:\* ?){3,60}|(?:_ ?){3,60})\s{0,20}$/.test(text)
  );
}

/**
 * The depth of a heading that nothing marks: one short line with no end mark, before a blank and something longer, or
 * before a list; null where it is none. Numbers ("1.2) …") tell the depth. A line that could promise work is none.
 */
export function unmarkedDepth(lines: readonly Line[], at: number): number | null {
  const text = lines[at]?.text ?? '';
  if (text.length > LONGEST || indentOf(text) > 1 || !isBlank(lines[at - 1]) || !/[\p{L}\p{N}]/u.test(text))
    return null;
  const numbers = NUMBERED.exec(text)?.[0];
  const isTitle = numbers ? !/[,;:?!]$/.test(text.trimEnd()) : looksLikeTitle(text);
  if (!isTitle || text.includes('://')) return null;
  const below = belowOf(lines, at, numbers !== undefined);
  if (below === null || (below === 'text' && !numbers && mayPromise(text) && !TO_DO.test(text))) return null;
  return numbers && !numbers.startsWith('#') ? numbers.split('.').filter((part) => /\d/.test(part)).length : 5;
}

function looksLikeTitle(text: string): boolean {
  const words = text.trim().split(/\s+/);
  return (
    words.length <= 8 &&
    /^[\p{Lu}\p{N}("“]/u.test(text) &&
    !/[.,;!?…]$|:/.test(text.trimEnd()) &&
    !CLOSING.test(text) &&
    !SUBJECT.test(text)
  );
}

/** "1.2) …" stands below "1) …". */
function isBelow(text: string, next: string): boolean {
  const number = /^\d{1,2}(?:\.\d{1,2}){0,4}/.exec(text)?.[0];
  return number !== undefined && next.startsWith(`${number}.`) && /^\d/.test(next.slice(number.length + 1));
}

/** What stands below a line that may be a heading: a list, or text longer than a heading; null for anything else. */
function belowOf(lines: readonly Line[], at: number, numbered: boolean): 'list' | 'text' | null {
  const direct = lines[at + 1];
  const next = isBlank(direct) ? lines[at + 2] : direct;
  if (!next || isBlank(next)) return null;
  const bullet = bulletOf(next.text);
  if (bullet && !(numbered && bullet.number !== null)) return 'list';
  if (numbered && isBelow(lines[at]?.text ?? '', next.text)) return 'list';
  if (!isBlank(direct) || bullet || indentOf(next.text) > 3) return null;
  const after = lines[at + 3];
  const isLong =
    next.text.length > 60 || /[.:,;]$/.test(next.text.trimEnd()) || (after !== undefined && !isBlank(after));
  return isLong ? 'text' : null;
}
