import { type Delimiter, type InlineScan, push, runLength } from './markdown-scan.ts';

const WORD = /[\p{L}\p{N}]/u;
const PUNCTUATION = /[\p{P}\p{S}]/u;

/** Passes a run of `*`, `_` or `~` and remembers it. */
export function delimiter(scan: InlineScan, char: string): void {
  const length = runLength(scan.text, scan.at);
  const before = scan.text.charAt(scan.at - 1) || ' ';
  const after = scan.text.charAt(scan.at + length) || ' ';
  const left = !/\s/.test(after) && (!PUNCTUATION.test(after) || /\s/.test(before) || PUNCTUATION.test(before));
  const right = !/\s/.test(before) && (!PUNCTUATION.test(before) || /\s/.test(after) || PUNCTUATION.test(after));
  const inWord = char === '_' && WORD.test(before) && WORD.test(after);
  const usable = !inWord && (char !== '~' || length <= 2);
  if (usable && (left || right)) {
    scan.delimiters.push({ token: scan.tokens.length, char, length, left: length, opens: left, closes: right });
  }
  push(scan, scan.at + length, null);
}

/**
 * Pairs the delimiters from one of them on and forgets them: notes where emphasis begins and ends, and hides what was
 * paired. What stands in a link is paired when the link ends, as emphasis cannot begin in one and end outside.
 */
export function pairEmphasis(scan: InlineScan, from: number): void {
  const open: Record<string, Delimiter[]> = { '*': [], _: [], '~': [] };
  /** Below which place of its stack a kind of closer has found nothing, so that it need not look there again. */
  const bottoms = new Map<string, number>();
  for (const closer of scan.delimiters.splice(from)) {
    const own = open[closer.char] ?? [];
    const kind = `${closer.char}${closer.opens}${closer.length % 3}`;
    while (closer.closes && closer.left > 0) {
      const at = openerFor(closer, own, bottoms.get(kind) ?? 0);
      const opener = own[at];
      if (!opener) {
        bottoms.set(kind, own.length);
        break;
      }
      own.length = at + 1;
      for (const others of Object.values(open)) while ((others.at(-1)?.token ?? -1) > opener.token) others.pop();
      pair(scan, opener, closer);
      if (opener.left === 0) own.pop();
      for (const [each, bottom] of bottoms)
        if (each.startsWith(closer.char)) bottoms.set(each, Math.min(bottom, own.length));
    }
    if (closer.opens && closer.left > 0) own.push(closer);
  }
}

/** The nearest opener that fits; two runs do not when their lengths add up to a multiple of three and one does both. */
function openerFor(closer: Delimiter, own: readonly Delimiter[], bottom: number): number {
  for (let at = own.length - 1; at >= bottom; at--) {
    const opener = own[at];
    if (!opener) break;
    const doesBoth = opener.closes || closer.opens;
    const isOdd = doesBoth && (opener.length + closer.length) % 3 === 0 && opener.length % 3 !== 0;
    if (closer.char === '~' ? opener.length === closer.length : !isOdd) return at;
  }
  return -1;
}

function pair(scan: InlineScan, opener: Delimiter, closer: Delimiter): void {
  const width = opener.left >= 2 && closer.left >= 2 ? 2 : 1;
  opener.left -= width;
  closer.left -= width;
  for (const side of [opener, closer]) {
    const token = scan.tokens[side.token];
    if (token) token.shown = side.char.repeat(side.left);
  }
  if (opener.char === '~') return;
  const { emphasis } = scan;
  emphasis.set(opener.token + 1, (emphasis.get(opener.token + 1) ?? 0) + 1);
  emphasis.set(closer.token, (emphasis.get(closer.token) ?? 0) - 1);
}
