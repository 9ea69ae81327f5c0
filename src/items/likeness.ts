import { type Gist, type GistWord, isThing, weigh } from './gist.ts';
import { push } from './multimap.ts';
import { isTypoOf, stemOf } from './plain.ts';

/** How two readings relate; `score` orders the pairs that are the same, 0 to 1. */
export interface Likeness {
  readonly verdict: 'same' | 'doubtful' | 'other';
  readonly score: number;
  /** What changed, in words for the plan. */
  readonly changed: readonly string[];
}

/** Compares two readings: what a person may change in a statement keeps it the same; another object and owner do not. */
export function likeness(a: Gist, b: Gist): Likeness {
  const sameSection = a.section === b.section;
  const owners = ownersRelate(a.owners, b.owners);
  if (sameSection && owners !== 'changed' && holds(a.plain, b.plain))
    return { verdict: 'same', score: 0.95, changed: [] };
  const both = a.weak || b.weak;
  const wordsA = both ? told(a) : a.words;
  const left = leftover(wordsA, both ? told(b) : b.words);
  const kept = weigh(wordsA) - weigh(left.onlyA);
  const objects = changedObjects(left.onlyA, left.onlyB);
  const changed = [...(objects === null ? [] : [objects]), ...(owners === 'changed' ? ['the owner'] : [])];
  const share = shareOf(kept, weigh(left.onlyA.filter(isThing)), weigh(left.onlyB.filter(isThing)));
  const score = 0.6 * share.coverage + 0.3 * share.overlap + (sameSection ? 0.1 : 0);
  if (changed.length === 0 && isEnough(kept, share, sameSection)) return { verdict: 'same', score, changed };
  const another = objects !== null && (owners === 'changed' || !sameSection);
  return { verdict: isNear(kept, share, sameSection) && !another ? 'doubtful' : 'other', score, changed };
}

/** How much of the shorter reading is kept, and how much of both together. */
interface Share {
  readonly coverage: number;
  readonly overlap: number;
}

function shareOf(kept: number, onlyA: number, onlyB: number): Share {
  return { coverage: kept / (kept + Math.min(onlyA, onlyB) || 1), overlap: kept / (kept + onlyA + onlyB || 1) };
}

/** A statement that moved as well has to be more alike than one that stays under its heading. */
function isEnough(kept: number, { coverage, overlap }: Share, sameSection: boolean): boolean {
  return sameSection ? kept >= 0.9 && coverage >= 0.6 : kept >= 1.5 && coverage >= 0.75 && overlap >= 0.5;
}

function isNear(kept: number, { coverage, overlap }: Share, sameSection: boolean): boolean {
  return kept >= (sameSection ? 0.9 : 1.5) && coverage >= (sameSection ? 0.4 : 0.55) && overlap >= 0.2;
}

function told({ words, about, weak }: Gist): readonly GistWord[] {
  return weak ? words : [...words, ...about];
}

/** Whether one text holds the whole other one, word for word: something was put before or behind it. */
function holds(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  return short.split(' ', 3).length === 3 && ` ${long} `.includes(` ${short} `);
}

/** Whether two readings say the same but for slips of the keyboard and a few words that one of them has more. */
export function nearlyEqual(a: Gist, b: Gist): boolean {
  // Nearly all pairs differ in their first words already.
  if (hasMore(a, b) && hasMore(b, a)) return false;
  const { onlyA, onlyB } = leftover(a.words, b.words);
  const moreA = onlyA.filter((word) => !isInTitle(word, b));
  const moreB = onlyB.filter((word) => !isInTitle(word, a));
  if (moreA.length > 0 && moreB.length > 0) return false;
  const more = weigh(moreA) + weigh(moreB);
  const least = Math.min(weigh(a.words), weigh(b.words));
  return least >= 2 && more <= 0.25 * least;
}

/** Whether one has a word that the other surely has not. */
function hasMore(a: Gist, b: Gist): boolean {
  return a.words.some(
    (one) =>
      !b.words.some((other) => other.stem === one.stem) &&
      !b.words.some((other) => isTypoOf(one.word, other.word)) &&
      !isInTitle(one, b),
  );
}

/** One reading may hold the bullet's title in the sentence, which the other has for its own title only. */
function isInTitle({ word }: GistWord, { title }: Gist): boolean {
  const said = stemsOf(title);
  return word.split(/[-_./]/).every((part) => said.has(stemOf(part)));
}

/** One statement is compared with many: the stems of the last titles are kept. */
const titles = new Map<string, ReadonlySet<string>>();
const KEPT = 2_000;

function stemsOf(title: string): ReadonlySet<string> {
  const known = titles.get(title);
  if (known !== undefined) return known;
  const stems = new Set(title.split(' ').map(stemOf));
  if (titles.size >= KEPT) titles.clear();
  titles.set(title, stems);
  return stems;
}

/** The words that only one of the two has; words that differ by a slip of the keyboard are one word. */
function leftover(a: readonly GistWord[], b: readonly GistWord[]): { onlyA: GistWord[]; onlyB: GistWord[] } {
  const open = new Map<string, GistWord[]>();
  for (const word of b) push(open, word.stem, word);
  const onlyA = a.filter((word) => open.get(word.stem)?.pop() === undefined);
  const onlyB = [...open.values()].flat();
  return { onlyA: onlyA.filter((word) => !takeTypo(word, onlyB)), onlyB };
}

function takeTypo(word: GistWord, others: GistWord[]): boolean {
  const at = others.findIndex((other) => isTypoOf(word.word, other.word));
  if (at >= 0) others.splice(at, 1);
  return at >= 0;
}

/** "grenade → midonet" where both sides name something else as the object; null where one side only says more. */
function changedObjects(onlyA: readonly GistWord[], onlyB: readonly GistWord[]): string | null {
  const from = onlyA.filter(({ kind }) => kind === 'object').map(({ word }) => word);
  const to = onlyB.filter(({ kind }) => kind === 'object').map(({ word }) => word);
  return from.length === 0 || to.length === 0 ? null : `${from.join(' ')} → ${to.join(' ')}`;
}

/** Nobody named on one side says nothing; otherwise one name in common is enough. */
function ownersRelate(a: readonly string[], b: readonly string[]): 'same' | 'unknown' | 'changed' {
  if (a.length === 0 || b.length === 0) return 'unknown';
  return a.some((one) => b.some((other) => namesAgree(one, other))) ? 'same' : 'changed';
}

/** "Alice", "Alice Example" and "aexample" may be one; two names that share no word are two. */
function namesAgree(a: string, b: string): boolean {
  if (a === b) return true;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  const longWords = new Set(long.split(' '));
  if (short.split(' ').every((word) => longWords.has(word))) return true;
  const surname = long.split(' ').at(-1) ?? '';
  return long.includes(' ') && surname.length >= 4 && !short.includes(' ') && short.endsWith(surname);
}
