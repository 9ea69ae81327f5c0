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
    scan.delimiters.push({ token: scan.tokens.length, char, left: length, opens: left, closes: right });
  }
  push(scan, scan.at + length, null);
}

/** Pairs the delimiters; gives how emphasis begins and ends at each token, and hides what was paired. */
export function emphasis(scan: InlineScan): Int32Array {
  const change = new Int32Array(scan.tokens.length + 1);
  const open: Record<string, Delimiter[]> = { '*': [], _: [], '~': [] };
  for (const closer of scan.delimiters) {
    const own = open[closer.char] ?? [];
    while (closer.closes && closer.left > 0) {
      const opener = own.at(-1);
      if (!opener) break;
      for (const others of Object.values(open)) while ((others.at(-1)?.token ?? -1) > opener.token) others.pop();
      pair(scan, opener, closer, change);
      if (opener.left === 0) own.pop();
    }
    if (closer.opens && closer.left > 0) own.push(closer);
  }
  return change;
}

function pair(scan: InlineScan, opener: Delimiter, closer: Delimiter, change: Int32Array): void {
  const width = opener.left >= 2 && closer.left >= 2 ? 2 : 1;
  opener.left -= width;
  closer.left -= width;
  for (const side of [opener, closer]) {
    const token = scan.tokens[side.token];
    if (token) token.shown = side.char.repeat(side.left);
  }
  if (opener.char === '~') return;
  change[opener.token + 1] = (change[opener.token + 1] ?? 0) + 1;
  change[closer.token] = (change[closer.token] ?? 0) - 1;
}
