import { type Clause, clauseOf } from './clause-kind.ts';
import type { Language } from './language.ts';
import type { NoteNames } from './names.ts';
import { findPatterns, type Hit } from './patterns.ts';
import { type Subject, startsClause, subjectBefore } from './subject.ts';
import type { Word } from './tokens.ts';
import { type VerbClass, verbAfter } from './verb-after.ts';

/** A cue said of a subject: who, what they do, and under which reserve. */
export interface Commitment {
  readonly cue: string;
  readonly subject: Subject;
  readonly verb: VerbClass;
  readonly lemma: string;
  readonly passive: boolean;
  readonly negated: boolean;
  readonly clause: Clause;
  readonly at: number;
  readonly to: number;
}

const NEGATIONS = new Set(['not', 'never', 'no', 'without', 'cannot', 'nobody', 'neither', 'nothing']);
/** Whoever takes work on does so in any clause ("people who volunteered to help"). */
const ANYWHERE = new Set(['volunteered', 'promised']);
/** After one of these "be done" is said already by the cue of the modal. */
const MODAL = new Set('will would should could can may might must shall need needs not'.split(' '));
/** Every commitment of a text, in order. */
export function commitmentsOf(words: readonly Word[], names: NoteNames, language: Language): readonly Commitment[] {
  const hits = findPatterns(language.patterns.commitment, words, language.lexicon.forms);
  let inherited: Subject = 'none';
  return longestOnly(hits, words).map((hit) => {
    const commitment = commitmentAt(hit, words, names, language, inherited);
    inherited = commitment.subject;
    return commitment;
  });
}

/** Where two patterns of one cue begin at the same word, the longer one counts. */
function longestOnly(hits: readonly Hit[], words: readonly Word[]): readonly Hit[] {
  const best = new Map<string, Hit>();
  for (const hit of hits) {
    const place = `${hit.id} ${hit.from}`;
    const known = best.get(place);
    if (known === undefined || known.to < hit.to) best.set(place, hit);
  }
  const kept = [...best.values()];
  const said = (at: number) => MODAL.has(words[at]?.lower ?? '');
  const longer = new Set(kept.filter(({ from, to }) => to > from + 1).map(({ from }) => from));
  return kept
    .filter(({ id, from }) => !(id === 'to-be-done' && (said(from - 1) || said(from - 2))))
    .filter(({ id, from }) => !(id.endsWith('-noun') && longer.has(from)))
    .sort((a, b) => a.from - b.from);
}

function commitmentAt(
  hit: Hit,
  words: readonly Word[],
  names: NoteNames,
  language: Language,
  inherited: Subject,
): Commitment {
  const found = subjectBefore(words, hit.from, names, language.lexicon);
  const before = words[hit.from - 1]?.lower;
  const joined = before === 'and' || before === 'then' || before === 'but' || before === 'or';
  const verb = verbAfter(words, hit, language.lexicon.forms);
  const subject = joined && inherited !== 'none' ? inherited : found.subject;
  return {
    cue: hit.id,
    subject,
    verb: verb.behaves && THINGS.has(subject) ? 'behave' : verb.class,
    lemma: verb.lemma,
    passive: verb.passive,
    negated: isNegated(words, hit),
    clause: ANYWHERE.has(hit.id) ? 'main' : clauseOf(words, found.at, hit.from),
    at: hit.from,
    to: hit.to,
  };
}

function isNegated(words: readonly Word[], hit: Hit): boolean {
  for (let at = Math.max(0, hit.from - 2); at < Math.min(words.length, hit.to + 3); at += 1) {
    const word = words[at];
    if (word === undefined || (at > hit.to && startsClause(words, at))) break;
    if (NEGATIONS.has(word.lower) && !(word.lower === 'not' && words[at + 1]?.lower === 'only')) return true;
  }
  return false;
}

/** Of these a verb that can say how something behaves does say so ("the client will provide"). */
const THINGS = new Set<Subject>(['thing', 'it', 'nick', 'there']);
