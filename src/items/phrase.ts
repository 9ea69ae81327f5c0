import { isStopWord } from './plain.ts';
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
const ADVERB =
  /^(?:also|then|now|probably|possibly|maybe|still|just|immediately|first|later|again|already|really|simply|only|definitely|clearly|seriously|tentatively|additionally|heavily|further|not|hopefully|eventually|always|please|both|either|all|to|be|able|go|and|like|ahead|have|need|want)$/;
/** Words before "to VERB" that make it the work: decisions, promises, "the plan is to". */
const LETS_IN =
  /^(?:volunteered|volunteer|volunteers|agreed|agree|agrees|decided|decide|deviced|decicded|offered|offers|promised|willing|happy|going|want|wants|need|needs|plan|plans|planned|planning|intend|intends|like|asked|supposed|expected|set|is|are|was|were|be|recommended|suggested|proposed|proposes|prefer|aim|aims|hope|hopes|try|tries|trying|ready|begin|start|started|starting|help|yet|out|continue|targets|moves|have|has|still)$/;
const RELATIVE = /^(?:which|who|that|whose|where|what|how|whether)$/;
const SUBORDINATE =
  /^(?:if|when|once|as|after|until|unless|because|since|while|before|although|though|whenever|given)$/;
/** Verbs that only introduce another: "start working on replacing X" is "replace X". */
const INTRODUCES =
  /^(?:start|begin|continue|keep|work|look|focus|go|plan|target|consider|aim|include|try|move|proceed)$/;

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
  return found === null ? null : past(words, found);
}

/** "Drop the job", "then drop the job", "let's drop the job". */
function imperative(words: readonly Word[], from: number): Phrase | null {
  let at = from;
  while (at < Math.min(from + 3, words.length) && OPENERS.test(words[at]?.lower ?? '')) at += 1;
  const word = words[at];
  const next = words[at + 1];
  if (word === undefined || baseOf(word.lower) !== word.lower) return null;
  if (next !== undefined && /^(?:is|are|was|were|will|has|have|should|must|needs?|can|of)$/.test(next.lower))
    return null;
  const modal = (from: number, to: number) => words.slice(from, to).some(({ lower }) => MODAL.test(lower));
  if (at > from && words[at - 1]?.lower === 'to' && words.slice(at).some((later, n) => n > 1 && opensMain(later)))
    return null;
  return at === from && modal(at + 2, at + 5) ? null : { verb: word.lower, from: at + 1, passive: null };
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
    } else if (MODAL.test(word.lower) && !isRelative(words, at) && !isSubordinate(words, at)) {
      push(/^(?:may|might|can|could|would)$/.test(word.lower) ? loose : firm, words, at, true);
    } else if (/^(?:need|needs|has|have)$/.test(word.lower) && words[at + 1]?.lower === 'to') {
      push(firm, words, at + 1, !isSubordinate(words, at) && !isRelative(words, at));
    }
  }
  const changes = firm.find(({ verb }) => !/^(?:keep|remain|stay|leave)$/.test(verb));
  return changes ?? firm[0] ?? loose[0] ?? null;
}

/** "which will", "that will": said of a thing, except after "decided that". */
function isRelative(words: readonly Word[], at: number): boolean {
  if (RELATIVE.test(words[at - 1]?.lower ?? '')) return true;
  const said =
    /^(?:we|they|i)$/.test(words[at - 1]?.lower ?? '') && /^(?:that|which)$/.test(words[at - 2]?.lower ?? '');
  return said && !SAYS.test(words[at - 3]?.lower ?? '');
}

/** Words before "that we will" that make it what was decided, and not more about a thing. */
const SAYS =
  /^(?:decided|agreed|said|is|was|sure|means|think|thought|felt|feel|suggested|proposed|noted|outcome|decision|conclusion|plan|agree|ensure|concluded|mentioned|see|resolved|consensus|idea)$/;

function named(words: readonly Word[], at: number): boolean {
  const before = words[at - 1];
  return before !== undefined && (at === 1 || /^\p{Lu}|^@/u.test(before.text)) && !isStopWord(before.lower);
}

function push(list: Phrase[], words: readonly Word[], cue: number, allowed: boolean): void {
  const phrase = allowed ? afterCue(words, cue) : null;
  if (phrase !== null) list.push(phrase);
}

/** The verb behind "will" or "to": "will then drop", "should be dropped", "will be dropping". */
function afterCue(words: readonly Word[], cue: number): Phrase | null {
  let at = cue + 1;
  while (at < words.length && at < cue + 6 && isAdverb(words[at])) {
    if (words[at]?.lower === 'be') return afterBe(words, cue, at);
    if (words[at]?.lower === 'not') return null;
    if (/^(?:have|need|want|go)$/.test(words[at]?.lower ?? '') && !leadsOn(words, at)) break;
    at += 1;
  }
  const base = baseOf(words[at]?.lower ?? '');
  if (base === null) return null;
  const goesOn = base === 'continue' && /^(?:$|in|during|until|for|as|on)$/.test(words[at + 1]?.lower ?? '');
  const subject = { from: clauseStart(words, cue), to: subjectEnd(words, cue) };
  return { verb: base, from: at + 1, passive: goesOn && subject.to > subject.from ? subject : null };
}

/** "have to drop", "go and drop": another verb follows. */
function leadsOn(words: readonly Word[], at: number): boolean {
  return /^(?:to|and)$/.test(words[at + 1]?.lower ?? '') && baseOf(words[at + 2]?.lower ?? '') === words[at + 2]?.lower;
}

function isAdverb(word: Word | undefined): boolean {
  return word !== undefined && (ADVERB.test(word.lower) || /.{3}ly$/.test(word.lower));
}

function afterBe(words: readonly Word[], cue: number, be: number): Phrase | null {
  let at = be + 1;
  while (at < words.length && at < be + 4 && isAdverb(words[at])) {
    if (words[at]?.lower === 'not') return null;
    at += 1;
  }
  const word = words[at]?.lower ?? '';
  if (words[cue - 1]?.lower === 'there' && !isParticiple(word) && !/^(?:necessary|no|needed|enough)$/.test(word))
    return { verb: 'provide', from: at, passive: null };
  if (/^(?:possible|good|great|nice|useful)$/.test(word) && words[at + 1]?.lower === 'to') return possible(words, at);
  const verb = baseOf(word);
  if (verb === null) return null;
  const infinitive = words[at - 1]?.lower === 'to';
  if (/ing$/.test(word) || infinitive) return { verb, from: at + 1, passive: null };
  if (!isParticiple(word)) return null;
  const from = clauseStart(words, relativeBefore(words, cue));
  const to = subjectEnd(words, cue);
  return to <= from ? { verb, from: at + 1, passive: null } : { verb, from: at + 1, passive: { from, to } };
}

function isParticiple(word: string): boolean {
  const base = baseOf(word);
  return (
    base !== null && (base !== word || /^(?:put|set|cut|run|read|split|shut|let)$/.test(word)) && !/ing$/.test(word)
  );
}

/** "the phase that still needs to be finished": the subject stands before "that". */
function relativeBefore(words: readonly Word[], cue: number): number {
  let at = cue - 1;
  while (at > 0 && /^(?:still|also|now|already|yet)$/.test(words[at]?.lower ?? '')) at -= 1;
  return /^(?:that|which)$/.test(words[at]?.lower ?? '') ? at : cue;
}

/** "it should be possible to delete them": the work is to make it possible. */
function possible(words: readonly Word[], at: number): Phrase | null {
  return words[at]?.lower === 'possible' ? { verb: 'make it possible', from: at + 1, passive: null } : null;
}

/** The passive's subject ends before "will", "should" or "needs to". */
function subjectEnd(words: readonly Word[], cue: number): number {
  let end = cue;
  while (
    end > 0 &&
    /^(?:needs?|has|have|is|are|was|were|also|still|to|going|supposed|yet|that|which)$/.test(
      words[end - 1]?.lower ?? '',
    )
  )
    end -= 1;
  return end;
}

/** Where the clause of the word at `at` begins: behind the last comma or "that". */
function clauseStart(words: readonly Word[], at: number): number {
  let start = at;
  while (start > 0) {
    const word = words[start];
    const before = words[start - 1]?.lower ?? '';
    if (word === undefined || /[.,;:!?—]|\s[-–]\s/.test(word.before)) break;
    if (/^(?:but|so|because|if|when|whether|then)$/.test(before) && at - start > 0) break;
    if (/^(?:that|and)$/.test(before) && (at - start > 1 || /^(?:this|it|these|they)$/.test(word.lower))) break;
    start -= 1;
  }
  while (
    start < at &&
    /^(?:also|then|so|and|but|that|finally|additionally|ultimately)$/.test(words[start]?.lower ?? '')
  )
    start += 1;
  return start;
}

/** In "After it will be done we need to check" the first verb belongs to the condition, the second does not. */
function isSubordinate(words: readonly Word[], at: number): boolean {
  let start = at;
  while (start > 0 && !/[.,;:!?—]|\s[-–]\s/.test(words[start]?.before ?? '')) start -= 1;
  while (start < at && /^(?:and|but|so|then|also)$/.test(words[start]?.lower ?? '')) start += 1;
  if (!SUBORDINATE.test(words[start]?.lower ?? '')) return false;
  return !words.slice(start + 1, at).some(({ lower }) => FINITE.test(lower));
}

/** "If there are volunteers to maintain it": an infinitive inside the condition. */
function isConditional(words: readonly Word[], at: number): boolean {
  if (/^(?:need|needs|have|has|going|is|are)$/.test(words[at - 1]?.lower ?? '')) return false;
  let start = at;
  while (start > 0 && !/[.,;:!?—]|\s[-–]\s/.test(words[start]?.before ?? '')) start -= 1;
  return /^(?:if|when|once|unless|because)$/.test(words[start]?.lower ?? '');
}

const FINITE = /^(?:is|are|was|were|will|has|have|had|should|must|can|could|would|'s)$/;

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
  return at < 1 || verb === null ? null : { verb, from: at + 2, passive: { from: clauseStart(words, at), to: at } };
}

/** Goes past verbs that only introduce another one. */
function past(words: readonly Word[], phrase: Phrase): Phrase {
  let { verb, from } = phrase;
  for (let round = 0; round < 3 && phrase.passive === null; round += 1) {
    const [a = '', b = '', c = ''] = words.slice(from, from + 3).map(({ lower }) => lower);
    if (verb === 'get' && a === 'rid' && b === 'of') [verb, from] = ['remove', from + 2];
    else if (/^(?:make|be)$/.test(verb) && a === 'sure' && (b === 'to' || b === 'we') && baseOf(c) === c)
      [verb, from] = [c, from + 3];
    else if (INTRODUCES.test(verb) && /ing$/.test(a) && baseOf(a) !== null)
      [verb, from] = [baseOf(a) ?? verb, from + 1];
    else if (INTRODUCES.test(verb) && /^(?:on|into|out|with|to)$/.test(a) && /ing$/.test(b) && baseOf(b) !== null)
      [verb, from] = [baseOf(b) ?? verb, from + 2];
    else if (
      /^(?:start|begin|continue|want|need|plan|hope|aim|target|volunteer|set|like|agree|decide)$/.test(verb) &&
      a === 'to' &&
      baseOf(b) === b
    )
      [verb, from] = [b, from + 2];
    else break;
  }
  return { ...phrase, verb, from };
}
