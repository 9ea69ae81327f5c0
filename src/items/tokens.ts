import { isTypoOf } from './plain.ts';
import { scanWords } from './scan-words.ts';

/** A word of a text: `lower` is its lower-cased form with contractions resolved, `before` what stands between it and the word before. */
export interface Word {
  readonly text: string;
  readonly lower: string;
  readonly start: number;
  readonly end: number;
  readonly before: string;
}

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
  scanWords(text, (start, end) => {
    // Most words stand behind one blank: no need to cut that out each time.
    const before = start - last === 1 && text.charCodeAt(last) === 32 ? ' ' : text.slice(last, start);
    addWord(words, text.slice(start, end), start, before);
    last = end;
  });
  return words.map((word, at) => (word.lower === "'s" && isVerbal(words, at) ? { ...word, lower: 'is' } : word));
}

/** "Alice's going to", "Bob's writing the guide": no possession. */
function isVerbal(words: readonly Word[], at: number): boolean {
  const next = words[at + 1]?.lower ?? '';
  if (words[at - 1]?.lower === 'let' || !next.endsWith('ing')) return false;
  return next === 'going' || /^(?:the|a|an|on|to|this|that|it|some|our)$/.test(words[at + 2]?.lower ?? '');
}

/** What is to be said about a word wherever it stands; `tail` is what a contraction hides ("won't": will, not). */
interface Spelling {
  readonly text: string;
  readonly lower: string;
  readonly tail: { readonly text: string; readonly lower: string } | null;
}

/** Texts repeat their words: what was found about one is kept, as long as it is not too much. */
const spellings = new Map<string, Spelling>();
const MOST_SPELLINGS = 20_000;
const LONGEST_KEPT = 32;

function spellingOf(raw: string): Spelling {
  const known = spellings.get(raw);
  if (known !== undefined) return known;
  const spelling = spell(raw);
  if (raw.length <= LONGEST_KEPT) {
    if (spellings.size >= MOST_SPELLINGS) spellings.clear();
    spellings.set(raw, spelling);
  }
  return spelling;
}

function spell(text: string): Spelling {
  if (text.startsWith('http')) return { text, lower: '<url>', tail: null };
  const lower = text.toLowerCase();
  const parts = lower.length < 24 ? CONTRACTION.exec(lower) : null;
  if (parts === null) return { text, lower: respelt(lower), tail: null };
  const [, stem = '', tail = ''] = parts;
  const plainTail = tail.replace('’', "'");
  return {
    text: text.slice(0, stem.length),
    lower: IRREGULAR_STEMS.get(stem) ?? stem,
    tail: { text: text.slice(stem.length), lower: FULL_FORMS.get(plainTail) ?? plainTail },
  };
}

/** The words on which most hangs, when they are misspelt. */
function respelt(lower: string): string {
  if (!lower.endsWith('ed') || lower.length < 6 || lower.length > 12) return lower;
  if (/^de[cv]i[a-z]{1,4}ed$/.test(lower) && isTypoOf(lower, 'decided')) return 'decided';
  return lower.startsWith('volu') && isTypoOf(lower, 'volunteered') ? 'volunteered' : lower;
}

function addWord(words: Word[], raw: string, start: number, before: string): void {
  if (isAsItStands(raw)) {
    words.push({ text: raw, lower: raw, start, end: start + raw.length, before });
    return;
  }
  const { text, lower, tail } = spellingOf(raw);
  const cut = start + text.length;
  words.push({ text, lower, start, end: cut, before });
  if (tail !== null) words.push({ ...tail, start: cut, end: start + raw.length, before: '' });
}

/** Most words are nothing but small letters, and there is nothing to find out about them. */
function isAsItStands(raw: string): boolean {
  for (let at = 0; at < raw.length; at += 1) {
    const code = raw.charCodeAt(at);
    if (code < 97 || code > 122) return false;
  }
  return !raw.endsWith('ed') && !raw.startsWith('http');
}
