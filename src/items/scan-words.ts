/** A word in a text: `[start, end)`. */
export type Found = (start: number, end: number) => void;

const URL = /https?:\/\/[^\s<>)\]]+/y;

/** What a character may do in a word: 1 begin and go on, 2 only go on, 3 join two parts, 4 nothing; 0 not looked up yet. */
const ROLES = new Uint8Array(0x10000);
const [BEGINS, GOES_ON, JOINS, ENDS] = [1, 2, 3, 4];
for (const char of '_@#') ROLES[char.charCodeAt(0)] = BEGINS;
ROLES['+'.charCodeAt(0)] = GOES_ON;
for (const char of ".'’-") ROLES[char.charCodeAt(0)] = JOINS;

/**
 * Tells the words of a text in order: letters, digits, `_@#` and `+`, parts joined by `.`, `'` or `-`, and whole addresses.
 * By hand and not by one expression, since every text of a note comes through here several times.
 */
export function scanWords(text: string, found: Found): void {
  let at = 0;
  while (at < text.length) {
    const role = roleAt(text, at);
    if (role !== BEGINS) {
      at += role === ENDS && isHigh(text, at) ? 2 : 1;
      continue;
    }
    const end = endOfAddress(text, at) ?? endOfWord(text, at);
    found(at, end);
    at = end;
  }
}

function endOfAddress(text: string, at: number): number | null {
  if (text.charCodeAt(at) !== 104 || !text.startsWith('http', at)) return null;
  URL.lastIndex = at;
  return URL.test(text) ? URL.lastIndex : null;
}

function endOfWord(text: string, start: number): number {
  let at = endOfPart(text, start);
  while (at < text.length && roleAt(text, at) === JOINS) {
    const end = endOfPart(text, at + 1);
    if (end === at + 1) break;
    at = end;
  }
  return at;
}

function endOfPart(text: string, start: number): number {
  let at = start;
  while (at < text.length) {
    const role = roleAt(text, at);
    if (role !== BEGINS && role !== GOES_ON) break;
    at += isHigh(text, at) ? 2 : 1;
  }
  return at;
}

/** Whether a character is written with two code units: a pair of surrogates that belong together. */
function isHigh(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xd800 && (text.codePointAt(at) ?? 0) > 0xffff;
}

function roleAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if ((code & 0xfc00) === 0xd800) return roleOf(text.codePointAt(at) ?? code);
  const known = ROLES[code] ?? 0;
  if (known !== 0) return known;
  const role = roleOf(code);
  ROLES[code] = role;
  return role;
}

function roleOf(code: number): number {
  return /[\p{L}\p{N}]/u.test(String.fromCodePoint(code)) ? BEGINS : ENDS;
}
