import { push } from './multimap.ts';
import { isStopWord, isTypoOf, plainWords, stemOf } from './plain.ts';
import { baseOf } from './verbs.ts';

/** A statement as two readings of it are compared: its words sorted by what they say. */
export interface Gist {
  /** All words, for the test of equality. */
  readonly plain: string;
  readonly section: string;
  readonly sectionStems: readonly string[];
  readonly title: string;
  readonly owners: readonly string[];
  readonly words: readonly GistWord[];
  /** Sum of the weights of `words`. */
  readonly weight: number;
}

export interface GistWord {
  readonly stem: string;
  readonly word: string;
  readonly kind: 'verb' | 'object' | 'trailing' | 'adjective' | 'date';
  readonly weight: number;
}

/** Where a statement is compared: its text and what stands around it. */
export interface Passage {
  readonly quote: string;
  readonly title: string;
  readonly section: readonly string[];
  readonly owners: readonly string[];
}

/** How two readings relate; `score` orders the pairs that are the same, 0 to 1. */
export interface Likeness {
  readonly verdict: 'same' | 'doubtful' | 'other';
  readonly score: number;
  /** What changed, in words for the plan. */
  readonly changed: readonly string[];
}

const WEIGHT: Readonly<Record<GistWord['kind'], number>> = {
  object: 1,
  trailing: 0.6,
  verb: 0.4,
  adjective: 0.3,
  date: 0.2,
};

/** Words that only say that something is an item; two statements do not differ by them. */
const FRAME: ReadonlySet<string> = new Set(
  (
    'action actions item items ai ar todo outcome conclusion decision decided decide agreed agree plan plans planned next step ' +
    'need needs needed want wants going volunteered volunteer volunteers promised offered happy willing team everyone ' +
    'somebody someone people discussion session now currently already basically really actually probably possibly first ' +
    'well better possible please ok okay let us try tries trying help start continue'
  ).split(' '),
);

const DATE_WORD =
  /^(?:\d{1,4}(?:st|nd|rd|th)?|\d{4}-\d{2}-\d{2}|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|mon(?:day)?|tues?(?:day)?|wed(?:nesday)?|thu(?:rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?|today|tomorrow|week|weeks|month|months|year|years|day|days|cycle|cycles|milestone|release|releases|deadline|soon|later|q[1-4]|ptg|midcycle|summit|meeting)$/;
const DATE_LEAD: ReadonlySet<string> = new Set(
  'by before until till during within next this last end after'.split(' '),
);
const ADJECTIVE =
  /(?:able|ible|ical|ful|less|ous|ive|ish|est)$|^(?:new|old|big|small|large|huge|tiny|good|bad|better|best|worse|long|short|quick|slow|fast|full|empty|early|late|recent|current|existing|missing|broken|failing|flaky|stale|stagnant|simple|easy|hard|high|low|main|major|minor|extra|additional|further|other|remaining|whole|entire|proper|correct|wrong|final|initial|public|private|common|general|specific|different|similar|single|separate|unstable|stable|experimental|optional|periodic|weekly|monthly|daily|urgent|important|detailed|dedicated|old-style|unused|outdated|obsolete|legacy|last|several|many|few|two|three|four|five|quickly|slowly|immediately|completely|carefully|finally|partly|fully|only|also|maybe|soon|asap)$|ly$/;
const CLAUSE =
  /^(?:to|for|from|in|on|at|by|as|because|since|that|which|who|when|while|if|so|but|and|or|with|about|via|into|using|until|before|after|during|per|through|against|than|then|unless|where)$/;

/** Sorts a statement's words by what they say: what is done, to what, the rest. */
export function gistOf(passage: Passage): Gist {
  const owners = passage.owners.map((owner) => plainWords(owner).join(' ')).filter((owner) => owner !== '');
  const ownerWords = new Set(owners.flatMap((owner) => owner.split(' ')));
  const sectionWords = plainWords(passage.section[passage.section.length - 1] ?? '');
  let words = wordsOf(passage.quote, ownerWords);
  if (words.filter(({ kind }) => kind === 'object' || kind === 'trailing').length < 2) {
    const said = new Set(words.map(({ stem }) => stem));
    words = [...words, ...wordsOf(passage.title, ownerWords).filter(({ stem }) => !said.has(stem))];
  }
  return {
    plain: plainWords(passage.quote).join(' '),
    section: sectionWords.join(' '),
    sectionStems: sectionWords.filter((word) => !isStopWord(word)).map(stemOf),
    title: plainWords(passage.title).join(' '),
    owners,
    words,
    weight: words.reduce((sum, { weight }) => sum + weight, 0),
  };
}

const MODAL = /^(?:will|should|shall|must|need|needs|to|ll)$/;
const DETERMINER = /^(?:the|a|an|our|its|this|these|those|their|all|some|his|her|my)$/;
const JOINS_VERBS = /^(?:and|or|to|then|not)$/;

function wordsOf(text: string, ownerWords: ReadonlySet<string>): readonly GistWord[] {
  const tokens = tokensOf(text);
  const starts = verbStart(tokens);
  const found: GistWord[] = [];
  let zone: 'verb' | 'object' | 'trailing' = 'verb';
  let mayBeVerb = true;
  let dated = 0;
  for (const [at, raw] of tokens.entries()) {
    const word = raw.toLowerCase();
    dated = Math.max(0, DATE_LEAD.has(word) ? 3 : dated - 1);
    if (at === starts) zone = 'verb';
    if (CLAUSE.test(word) && zone === 'object') zone = 'trailing';
    if (DETERMINER.test(word)) mayBeVerb = false;
    if (JOINS_VERBS.test(word) || at === starts) mayBeVerb = true;
    if (isStopWord(word) || FRAME.has(word) || isOf(word, ownerWords)) continue;
    const kind = kindOf(
      raw,
      word,
      at < starts ? 'trailing' : zone === 'verb' && !mayBeVerb ? 'object' : zone,
      dated > 0,
    );
    if (kind === 'object') zone = 'object';
    if (kind === 'verb') mayBeVerb = false;
    found.push({ stem: stemOf(word), word, kind, weight: WEIGHT[kind] * (isName(raw) ? 1.5 : 1) });
  }
  return found;
}

function isOf(word: string, ownerWords: ReadonlySet<string>): boolean {
  if (ownerWords.size === 0) return false;
  return ownerWords.has(word) || (/[-_.]/.test(word) && word.split(/[-_.]/).every((part) => ownerWords.has(part)));
}

/** Where the work begins: behind the first "will", "should" or "to VERB" near the start; 0 without one. */
function verbStart(tokens: readonly string[]): number {
  const head = tokens.slice(0, 12);
  const isVerb = (token = '') => baseOf(token) !== null;
  const at = head.findIndex((token, i) => MODAL.test(token.toLowerCase()) && head.slice(i + 1, i + 3).some(isVerb));
  return at + 1;
}

function kindOf(raw: string, word: string, zone: 'verb' | 'object' | 'trailing', dated: boolean): GistWord['kind'] {
  if (DATE_WORD.test(word) || (dated && (/\d/.test(word) || /^\p{Lu}/u.test(raw)))) return 'date';
  if (ADJECTIVE.test(word) && !isName(raw)) return 'adjective';
  if (zone === 'verb') return baseOf(word) === null ? 'object' : 'verb';
  return zone;
}

/** Names of things: identifiers with a dash, a digit or an inner capital. */
function isName(raw: string): boolean {
  return /[\p{L}\p{N}][-_./][\p{L}\p{N}]|\d|\p{Ll}\p{Lu}|^\p{Lu}{2,}$/u.test(raw);
}

/** Words with inner dashes and dots kept together, so that "neutron-grenade" is one name. */
function tokensOf(text: string): readonly string[] {
  return text.match(/[\p{L}\p{N}]+(?:[-_./+'’][\p{L}\p{N}]+)*/gu) ?? [];
}

/** Compares two readings: what a person may change in a statement keeps it the same; another object and owner do not. */
export function likeness(a: Gist, b: Gist): Likeness {
  const sameSection = a.section === b.section;
  const left = leftover(a.words, b.words);
  const kept = a.weight - sum(left.onlyA);
  const objects = changedObjects(left.onlyA, left.onlyB);
  const owners = ownersRelate(a.owners, b.owners);
  const changed = [...(objects === null ? [] : [objects]), ...(owners === 'changed' ? ['the owner'] : [])];
  const ownA = sum(left.onlyA.filter(counts));
  const ownB = sum(left.onlyB.filter(counts));
  const coverage = kept / (kept + Math.min(ownA, ownB) || 1);
  const overlap = kept / (kept + ownA + ownB || 1);
  const score = 0.6 * coverage + 0.3 * overlap + (sameSection ? 0.1 : 0);
  const enough = sameSection ? kept >= 0.9 && coverage >= 0.6 : kept >= 1.5 && coverage >= 0.75 && overlap >= 0.3;
  if (changed.length === 0 && enough) return { verdict: 'same', score, changed };
  const near = kept >= (sameSection ? 0.9 : 1.5) && coverage >= (sameSection ? 0.4 : 0.55) && overlap >= 0.2;
  const another = objects !== null && owners === 'changed';
  return { verdict: near && !another ? 'doubtful' : 'other', score, changed };
}

/** Whether two readings say the same but for slips of the keyboard and a few words that one of them has more. */
export function nearlyEqual(a: Gist, b: Gist): boolean {
  const { onlyA, onlyB } = leftover(a.words, b.words);
  if (onlyA.length > 0 && onlyB.length > 0) return false;
  return a.weight >= 2 && b.weight >= 2 && Math.min(a.weight, b.weight) >= 0.8 * Math.max(a.weight, b.weight);
}

/** Changed verbs, adjectives and dates do not count against two readings. */
function counts({ kind }: GistWord): boolean {
  return kind === 'object' || kind === 'trailing';
}

function sum(words: readonly GistWord[]): number {
  return words.reduce((total, { weight }) => total + weight, 0);
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

/** "Miguel", "Miguel Lavalle" and "mlavalle" may be one; two names that share no word are two. */
export function namesAgree(a: string, b: string): boolean {
  if (a === b) return true;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  const longWords = new Set(long.split(' '));
  if (short.split(' ').every((word) => longWords.has(word))) return true;
  const surname = long.split(' ').at(-1) ?? '';
  return long.includes(' ') && surname.length >= 4 && !short.includes(' ') && short.endsWith(surname);
}
