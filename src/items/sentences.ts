/** A piece of a text: `[start, end)`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const STOP = /(?<mark>(?<![.!?…])[.!?…]{1,20})["'”’)\]*_]{0,8}\s{1,8}|\s{0,3}<br\s{0,3}\/?>\s{0,3}|\s{1,3}\|\s{1,3}/g;
const BRACKET_REACH = 400;

/** The sentences of a text as trimmed spans; a lower-case word may begin one, so abbreviations and brackets are the guard. */
export function sentencesOf(text: string, abbreviations: ReadonlySet<string>): readonly Span[] {
  const depth = bracketDepths(text);
  const spans: Span[] = [];
  let start = 0;
  for (const stop of text.matchAll(STOP)) {
    const mark = stop.groups?.mark;
    const at = stop.index;
    if (mark !== undefined && !endsSentence(text, at, mark, at + stop[0].length, start, depth, abbreviations)) continue;
    addTrimmed(spans, text, start, mark === undefined ? at : at + stop[0].length);
    start = at + stop[0].length;
  }
  addTrimmed(spans, text, start, text.length);
  return spans;
}

function endsSentence(
  text: string,
  at: number,
  mark: string,
  next: number,
  start: number,
  depth: Int8Array,
  abbreviations: ReadonlySet<string>,
): boolean {
  const closes = /[)\]]/.test(text.slice(at + mark.length, next));
  if ((depth[at] ?? 0) > 0 && !closes) return false;
  const following = text[next] ?? '';
  if (mark.length > 1 && mark.startsWith('.')) return /[\p{Lu}\p{N}"'([]/u.test(following);
  if (mark !== '.') return mark === '…' ? /\p{Lu}/u.test(following) : true;
  const word = /[^\s([/]*$/.exec(text.slice(Math.max(start, at - 24), at))?.[0] ?? '';
  const lower = word.toLowerCase();
  if (/^\p{Lu}$/u.test(word) && word !== 'I') return false;
  if (/^\d{1,2}$/.test(word) && at - word.length <= start) return false;
  if (abbreviations.has(lower)) return lower === 'etc' && /\p{Lu}/u.test(following);
  if (lower === 'etc') return /\p{Lu}/u.test(following);
  return true;
}

/** For every character how many brackets are open there; a bracket that is not closed soon is no bracket. */
function bracketDepths(text: string): Int8Array {
  const depth = new Int8Array(text.length);
  const open: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '(' || char === '[') open.push(at);
    else if ((char === ')' || char === ']') && open.length > 0) {
      const from = open.pop() ?? at;
      if (open.length === 0 && at - from < BRACKET_REACH) depth.fill(1, from, at);
    }
    if (open.length > 50) open.shift();
  }
  return depth;
}

function addTrimmed(spans: Span[], text: string, start: number, end: number): void {
  let from = start;
  let to = end;
  while (from < to && text[from]?.trim() === '') from += 1;
  while (to > from && text[to - 1]?.trim() === '') to -= 1;
  if (to > from) spans.push({ start: from, end: to });
}
