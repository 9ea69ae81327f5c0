import { isStopWord, plainWords, stemOf } from './plain.ts';
import { baseOf, isBaseVerb } from './verbs.ts';

/** A statement as two readings of it are compared: its words sorted by what they say. */
export interface Gist {
  /** All words, for the test of equality. */
  readonly plain: string;
  readonly section: string;
  readonly title: string;
  readonly owners: readonly string[];
  /** The words of the quote, and of the title too where the quote says too little (`weak`). */
  readonly words: readonly GistWord[];
  /** What the title adds to the quote. */
  readonly about: readonly GistWord[];
  readonly weak: boolean;
  /** How much the quote says alone. */
  readonly ownWeight: number;
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
  /^(?:20\d{2}|\d{1,2}(?:st|nd|rd|th)|\d{4}-\d{2}-\d{2}|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|mon(?:day)?|tues?(?:day)?|wed(?:nesday)?|thu(?:rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?|today|tomorrow|week|weeks|month|months|year|years|day|days|cycle|cycles|milestone|release|releases|deadline|soon|later|q[1-4]|ptg|midcycle|summit|meeting)$/;
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
  const quoted = wordsOf(passage.quote, ownerWords);
  const about = fromTitle(passage.title, ownerWords, quoted);
  const weak = quoted.filter(isThing).length < 2;
  return {
    plain: plainWords(passage.quote).join(' '),
    section: sectionWords.join(' '),
    title: plainWords(passage.title).join(' '),
    owners,
    words: weak ? [...quoted, ...about] : quoted,
    about,
    weak,
    ownWeight: weigh(quoted),
  };
}

/** "Revisit next week" says nothing alone: what its title adds is what it is about. */
function fromTitle(title: string, ownerWords: ReadonlySet<string>, quoted: readonly GistWord[]): readonly GistWord[] {
  const said = new Set(quoted.map(({ stem }) => stem));
  return wordsOf(title, ownerWords)
    .filter(({ stem }) => !said.has(stem))
    .map((word) => (word.kind === 'trailing' ? { ...word, kind: 'object', weight: WEIGHT.object } : word));
}

/** Whether a word names something, rather than saying how or when. */
export function isThing({ kind }: GistWord): boolean {
  return kind === 'object' || kind === 'trailing';
}

/** How much the words say. */
export function weigh(words: readonly GistWord[]): number {
  return words.reduce((sum, { weight }) => sum + weight, 0);
}

/** So many words tell a statement; more only cost time. */
const LONGEST = 120;
const MODAL = /^(?:will|should|shall|must|need|needs|to|ll)$/;
const DETERMINER = /^(?:the|a|an|our|its|this|these|those|their|all|some|his|her|my)$/;
const JOINS_VERBS = /^(?:and|or|to|then|not)$/;

function wordsOf(text: string, ownerWords: ReadonlySet<string>): readonly GistWord[] {
  const tokens = tokensOf(text).slice(0, LONGEST);
  const starts = verbStart(tokens, ownerWords);
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
function verbStart(tokens: readonly string[], ownerWords: ReadonlySet<string>): number {
  const head = tokens.slice(0, 12);
  const first = head.find(
    (token) => !FRAME.has(token.toLowerCase()) && !/^\d+$/.test(token) && !isOf(token.toLowerCase(), ownerWords),
  );
  if (first !== undefined && isBaseVerb(first)) return 0;
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
