import { isConditional, isRelative, isSubordinate, subjectOf } from './clause.ts';
import { introduced } from './introduced.ts';
import { isStopWord } from './plain.ts';
import { isAdverb, predicateAfter } from './predicate.ts';
import type { Word } from './tokens.ts';
import { baseOf } from './verbs.ts';

/** The work that a sentence states: a verb in its base form and what it is done to. */
export interface Phrase {
  readonly verb: string;
  /** Where the object begins, as an index of words. */
  readonly from: number;
  /** The words of a passive's subject, which is what the work is done to: `[from, to)`. */
  readonly passive: { readonly from: number; readonly to: number } | null;
}

const MODAL = /^(?:will|shall|should|must|may|might|can|could|would|gonna)$/;
/** Words before "to VERB" that make it the work: decisions, promises, "the plan is to". */
const LETS_IN =
  /^(?:volunteered|volunteer|volunteers|agreed|agree|agrees|decided|decide|deviced|decicded|offered|offers|promised|willing|happy|going|want|wants|need|needs|plan|plans|planned|planning|intend|intends|like|asked|supposed|expected|set|is|are|was|were|be|recommended|suggested|proposed|proposes|prefer|aim|aims|hope|hopes|try|tries|trying|ready|begin|start|started|starting|help|yet|out|up|action|continue|targets|moves|have|has|still)$/;

/** Finds what a sentence says is to be done; null when it only names a thing. */
export function phraseOf(words: readonly Word[]): Phrase | null {
  const found =
    imperative(words, 0) ??
    gerund(words) ??
    best(words) ??
    inLaterPart(words) ??
    progressive(words) ??
    objection(words) ??
    needed(words);
  return found === null ? null : introduced(words, ofThing(words, found));
}

/** "The API has to go away" is "remove the API", "the diagram will go onto the page" is "put it there". */
function ofThing(words: readonly Word[], phrase: Phrase): Phrase {
  const next = words[phrase.from]?.lower ?? '';
  const cue = words.findLastIndex(
    ({ lower }, n) => n < phrase.from - 1 && (MODAL.test(lower) || /^(?:has|have|needs?)$/.test(lower)),
  );
  const subject = phrase.verb !== 'go' || cue < 1 ? null : subjectOf(words, cue);
  if (subject === null || /^(?:we|i|they|he|she|you)$/.test(words[subject.from]?.lower ?? '')) return phrase;
  if (next === 'away') return { verb: 'remove', from: phrase.from + 1, passive: subject };
  return /^(?:onto|on|into|in)$/.test(next) ? { verb: 'put', from: phrase.from, passive: subject } : phrase;
}

/** "Drop the job", "then drop the job", "let's drop the job". */
function imperative(words: readonly Word[], from: number): Phrase | null {
  let at = from;
  while (at < Math.min(from + 3, words.length) && OPENERS.test(words[at]?.lower ?? '')) at += 1;
  const word = words[at];
  const next = words[at + 1];
  if (word === undefined || baseOf(word.lower) !== word.lower) return null;
  if (word.lower === 'pr' && /\d/.test(next?.text ?? '')) return null;
  if (next !== undefined && /^(?:is|are|was|were|will|has|have|should|must|needs?|can|of)$/.test(next.lower))
    return null;
  const modal = (from: number, to: number) => words.slice(from, to).some(({ lower }) => MODAL.test(lower));
  if (at > from && words[at - 1]?.lower === 'to' && words.slice(at).some((later, n) => n > 1 && opensMain(later)))
    return null;
  return at === from && ((modal(at + 2, at + 5) && !asks(words, at)) || saysOfThing(words, at))
    ? null
    : { verb: word.lower, from: at + 1, passive: null };
}

/** "Ask if we can", "check what should": the modal is in what is asked. */
function asks(words: readonly Word[], at: number): boolean {
  return /^(?:if|whether|what|who|how|when|where|that)$/.test(words[at + 1]?.lower ?? '');
}

/** "Post & diagram of 2023 will go online": what looks like an order is the subject of a later verb. */
function saysOfThing(words: readonly Word[], at: number): boolean {
  const later = words.findIndex(({ lower }, n) => n > at + 4 && n < at + 9 && lower === 'will');
  if (later < 0) return false;
  return !words
    .slice(at + 1, later + 1)
    .some(
      (word) =>
        /^(?:that|which|who|it|this|we|they|i|if|how|what|when|as|so|he|she)$/.test(word.lower) ||
        /[,:;.([–-]\s*$/.test(word.before),
    );
}

/** "To get around it, we plan …": the main clause begins. */
function opensMain(word: Word): boolean {
  return /,/.test(word.before) && /^(?:we|i|they|the|it|he|she|you|a|an|our)$/.test(word.lower);
}

const OPENERS =
  /^(?:please|then|also|so|and|lets|let|'s|us|to|maybe|just|simply|next|first|finally|again|must|should|will|can|need)$/;

/** The first decision, promise or plan outside of subordinate clauses, the firm ones first. */
function best(words: readonly Word[]): Phrase | null {
  const firm: Phrase[] = [];
  const loose: Phrase[] = [];
  for (let at = 0; at < words.length - 1; at += 1) {
    const word = words[at];
    if (word === undefined) continue;
    const before = words[at - 1]?.lower ?? '';
    if (word.lower === 'to' && (LETS_IN.test(before) || named(words, at))) {
      push(firm, words, at, !isSubordinate(words, at) && !isConditional(words, at) && !isRelative(words, at - 1));
    } else if (word.lower === 'to' && before === 'how') {
      push(loose, words, at, !isSubordinate(words, at));
    } else if (MODAL.test(word.lower) && !isRelative(words, at) && !isSubordinate(words, at)) {
      push(/^(?:may|might|can|could|would)$/.test(word.lower) ? loose : firm, words, at, true);
    } else if (/^(?:need|needs|has|have)$/.test(word.lower) && words[at + 1]?.lower === 'to') {
      push(firm, words, at + 1, !isSubordinate(words, at) && !isRelative(words, at));
    }
  }
  const changes = firm.find(({ verb }) => !/^(?:keep|remain|stay|leave)$/.test(verb));
  return changes ?? firm[0] ?? loose[0] ?? null;
}

function named(words: readonly Word[], at: number): boolean {
  const before = words[at - 1];
  return before !== undefined && (at === 1 || /^\p{Lu}|^@/u.test(before.text)) && !isStopWord(before.lower);
}

function push(list: Phrase[], words: readonly Word[], cue: number, allowed: boolean): void {
  const phrase = allowed ? predicateAfter(words, cue) : null;
  if (phrase !== null) list.push(phrase);
}

/** "If that is done, define the date", "in addition, ask the users", "agreed, but add a sentence". */
function inLaterPart(words: readonly Word[]): Phrase | null {
  for (const [at, word] of words.entries()) {
    const opens = at > 0 && (/[,:]/.test(word.before) || /^(?:but|then)$/.test(words[at - 1]?.lower ?? ''));
    const phrase = opens ? imperative(words, at) : null;
    if (phrase !== null) return phrase;
  }
  return null;
}

/** "Alice is working on the guide", "the plans include writing a guide". */
function progressive(words: readonly Word[]): Phrase | null {
  for (let at = 0; at < words.length - 1; at += 1) {
    if (
      !/^(?:is|are|am|started|start|continue|keep|include|includes|on|into)$/.test(words[at]?.lower ?? '') ||
      isSubordinate(words, at)
    )
      continue;
    let next = at + 1;
    while (next < at + 4 && isAdverb(words[next])) next += 1;
    const word = words[next]?.lower ?? '';
    const base = /ing$/.test(word) ? baseOf(word) : null;
    if (base !== null) return { verb: base, from: next + 1, passive: null };
  }
  return null;
}

/** "documenting the owners". */
function gerund(words: readonly Word[]): Phrase | null {
  const first = words[0]?.lower ?? '';
  const base = /ing$/.test(first) ? baseOf(first) : null;
  const subject = /^(?:is|are|was|were|will|has|seems?|would|should|needs?|may|of)$/.test(words[1]?.lower ?? '');
  return base === null || subject ? null : { verb: base, from: 1, passive: null };
}

/** "Any objections to closing the issue?" */
function objection(words: readonly Word[]): Phrase | null {
  const at = words.findIndex(({ lower }) => /^(?:objections?|objects?|opposed)$/.test(lower));
  if (at < 0 || at > 3 || words[at + 1]?.lower !== 'to') return null;
  const base = baseOf(words[at + 2]?.lower ?? '');
  return base === null ? null : { verb: base, from: at + 3, passive: null };
}

/** "The patch needs review": that is the work. "We need a prefix", "also need a doc": somebody has to make one. */
function needed(words: readonly Word[]): Phrase | null {
  const at = words.findIndex(({ lower }) => /^needs?$/.test(lower));
  const what = words[at + 1]?.lower ?? '';
  if (at < 0) return null;
  if (/^(?:an?|some|more|new|another|the)$/.test(what)) return { verb: 'provide', from: at + 1, passive: null };
  const verb = baseOf(what);
  return at < 1 || verb === null ? null : { verb, from: at + 2, passive: subjectOf(words, at) };
}
