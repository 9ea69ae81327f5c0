/** Words that carry no subject: they neither tell two statements apart nor make a title. */
const STOP_WORDS =
  'a an and are as at be been being but by can could did do does for from had has have he her here him his how i if in ' +
  'into is it its just let may me might more most must my no not of off on one or our out over own per please shall ' +
  'she should so some such than that the their them then there these they this those to too up us was we were what ' +
  'when where which while who whose why will with would you your also any each both all about after again still yet ' +
  'before between during through until within without against under upon via per than';
const STOP: ReadonlySet<string> = new Set(STOP_WORDS.split(' '));

/** True for words such as "the", "we" and "with". */
export function isStopWord(word: string): boolean {
  return STOP.has(word);
}

/** The text's words as identity reads them: lower case, no markup, no punctuation, no accents, no footnote marks. */
export function plainWords(text: string): readonly string[] {
  const marked = text.includes('[');
  // Most texts hold nothing but ASCII, which has no accents to take off.
  if (ASCII.test(text))
    return (
      withoutMarks(text, marked)
        .toLowerCase()
        .match(/[a-z0-9]+/g) ?? []
    );
  return (
    withoutMarks(text.replace(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, ''), marked)
      .normalize('NFKD')
      .replace(/\p{M}+/gu, '')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant.
const ASCII = /^[\x00-\x7f]*$/;

function withoutMarks(text: string, some: boolean): string {
  return some ? text.replace(/\[\d{1,3}\]/g, ' ') : text;
}

/** A heading's words without its number ("3.1) Zuul jobs" and "Zuul jobs" are one heading). */
export function headingWords(heading: string): readonly string[] {
  return plainWords(heading.replace(/^\s*(?:\d{1,3}(?:\.\d{1,3}){0,4}[.)]|[IVX]{1,5}(?:\.\d{1,3})?[.)])\s+(?=\S)/, ''));
}

/** Stems that were asked for, as long as they are not too many: texts repeat their words. */
const stems = new Map<string, string>();
const MOST_STEMS = 20_000;

/** A crude stem: "dropping", "dropped" and "drops" meet; identifiers with digits stay as they are. */
export function stemOf(word: string): string {
  if (word.length < 4) return word;
  const known = stems.get(word);
  if (known !== undefined) return known;
  const stem = cutStem(word);
  if (stems.size >= MOST_STEMS) stems.clear();
  if (word.length <= 32) stems.set(word, stem);
  return stem;
}

function cutStem(word: string): string {
  if (/\d/.test(word)) return word;
  const cut = word
    .replace(/ies$/, 'y')
    .replace(/(?:ations?|ings?|ed|ers?|es|s|e)$/, '')
    .replace(/([b-df-hj-np-tv-z])\1$/, '$1');
  return cut.length >= 3 ? cut : word;
}

/** Whether two words are one word with a slip of the keyboard: one or two letters off in a long enough word. */
export function isTypoOf(a: string, b: string): boolean {
  const longest = Math.max(a.length, b.length);
  if (Math.min(a.length, b.length) < 5 || longest > 40) return false;
  const allowed = longest >= 8 ? 2 : 1;
  if (Math.abs(a.length - b.length) > allowed || /\d/.test(a) || /\d/.test(b)) return false;
  return differences(lettersOf(a) ^ lettersOf(b)) <= 2 * allowed && distance(a, b) <= allowed;
}

/** Which letters a word has, as bits. An edit changes two of them at most, so that most pairs need no closer look. */
function lettersOf(word: string): number {
  let letters = 0;
  for (let at = 0; at < word.length; at += 1) letters |= 1 << (word.charCodeAt(at) & 31);
  return letters;
}

function differences(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

/** Edits between two short words; two swapped neighbours count as one. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = swapped ? (before[j - 2] ?? 0) + 1 : change;
      row.push(Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, change, swap));
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
