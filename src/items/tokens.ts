import { isTypoOf } from './plain.ts';

/** A word of a text: `lower` is its lower-cased form with contractions resolved, `before` what stands between it and the word before. */
export interface Word {
  readonly text: string;
  readonly lower: string;
  readonly start: number;
  readonly end: number;
  readonly before: string;
}

const WORD = /https?:\/\/[^\s<>)\]]+|[\p{L}\p{N}_@#][\p{L}\p{N}_@#+]*(?:[.'’-][\p{L}\p{N}_@#+]+)*/gu;
const CONTRACTION = /^(.+?)(n['’]t|['’](?:ll|re|ve|d|m|s))$/;
const FULL_FORMS: ReadonlyMap<string, string> = new Map([
  ["'ll", 'will'],
  ["'re", 'are'],
  ["'ve", 'have'],
  ["'m", 'am'],
  ["n't", 'not'],
]);
const IRREGULAR_STEMS: ReadonlyMap<string, string> = new Map([
  ['wo', 'will'],
  ['ca', 'can'],
  ['sha', 'shall'],
]);

/** Many rules ask for the words of the same statement; the last few texts are kept, so that it is read once. */
const recent = new Map<string, readonly Word[]>();
const KEPT = 200;

/** The words of a text in order; an address is one word, `lower` of it is `<url>`. */
export function wordsOf(text: string): readonly Word[] {
  const known = recent.get(text);
  if (known !== undefined) return known;
  const words = readWords(text);
  if (recent.size >= KEPT) recent.clear();
  recent.set(text, words);
  return words;
}

function readWords(text: string): readonly Word[] {
  const words: Word[] = [];
  let last = 0;
  for (const match of text.matchAll(WORD)) {
    const [raw] = match;
    const start = match.index;
    addWord(words, raw, start, text.slice(last, start));
    last = start + raw.length;
  }
  return words;
}

/** The words on which most hangs, when they are misspelt. */
function respelt(lower: string): string {
  if (!lower.endsWith('ed') || lower.length < 6 || lower.length > 12) return lower;
  if (/^de[cv]i[a-z]{1,4}ed$/.test(lower) && isTypoOf(lower, 'decided')) return 'decided';
  return lower.startsWith('volu') && isTypoOf(lower, 'volunteered') ? 'volunteered' : lower;
}

function addWord(words: Word[], raw: string, start: number, before: string): void {
  if (raw.startsWith('http')) {
    words.push({ text: raw, lower: '<url>', start, end: start + raw.length, before });
    return;
  }
  const lower = raw.toLowerCase();
  const parts = lower.length < 24 ? CONTRACTION.exec(lower) : null;
  if (parts === null) {
    words.push({ text: raw, lower: respelt(lower), start, end: start + raw.length, before });
    return;
  }
  const [, stem = '', tail = ''] = parts;
  const cut = stem.length;
  const plainTail = tail.replace('’', "'");
  words.push(
    { text: raw.slice(0, cut), lower: IRREGULAR_STEMS.get(stem) ?? stem, start, end: start + cut, before },
    {
      text: raw.slice(cut),
      lower: FULL_FORMS.get(plainTail) ?? plainTail,
      start: start + cut,
      end: start + raw.length,
      before: '',
    },
  );
}
