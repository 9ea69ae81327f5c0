import { startsClause } from './subject.ts';
import type { Word } from './tokens.ts';

/** What kind of clause something is said in: `main`, or the subordinate kind by its opening word. */
export type Clause = 'main' | 'so' | 'if' | 'why' | 'which' | 'how' | 'after' | 'that';

const OPENERS: ReadonlyMap<string, Clause> = new Map([
  ['if', 'if'],
  ['unless', 'if'],
  ['whether', 'how'],
  ['as', 'why'],
  ['since', 'why'],
  ['because', 'why'],
  ['although', 'why'],
  ['though', 'why'],
  ['while', 'why'],
  ['which', 'which'],
  ['who', 'which'],
  ['whose', 'which'],
  ['where', 'which'],
  ['how', 'how'],
  ['what', 'how'],
  ['why', 'how'],
  ['when', 'after'],
  ['once', 'after'],
  ['until', 'after'],
  ['before', 'after'],
  ['after', 'after'],
  ['that', 'that'],
]);
/** After these words "that" says what was agreed, noted or is so. */
const COMPLEMENT = new Set(
  'agreed agree decided decide consensus conclusion decision is was noted said ensure sure hope suggested proposed resolved felt think believe agreement so mean means requires recommended idea outcome mentioned clear reminded'.split(
    ' ',
  ),
);
/** Before one of these a clause has its verb, so that what follows begins a new one. */
const FINITE = new Set(
  'will would should could can may might must is are was were has have had do does did need needs'.split(' '),
);
const REACH = 16;

/** The opening word to the left inside the same clause, a comma ends the search only after the subject was passed. */
export function clauseOf(words: readonly Word[], subjectAt: number, verbAt: number): Clause {
  const start = Math.min(subjectAt, verbAt);
  for (let at = verbAt - 1; at >= 0 && verbAt - at <= REACH; at -= 1) {
    const word = words[at];
    if (word === undefined || (at < start && FINITE.has(word.lower))) break;
    const clause =
      word.lower === 'that' && !COMPLEMENT.has(words[at - 1]?.lower ?? '')
        ? relative(words, at)
        : OPENERS.get(word.lower);
    if (clause !== undefined && !isPreposition(words, at) && !isFronted(words, at, verbAt)) return clause;
    if (word.lower === 'so' && at > 0 && !MEASURED.has(words[at + 1]?.lower ?? ''))
      return words[at + 1]?.lower === 'that' ? 'why' : 'so';
    if (at < start && startsClause(words, at + 1)) break;
    if (at <= start && startsClause(words, at)) break;
  }
  return 'main';
}

/** "so far", "so much": no consequence. */
const MEASURED = new Set('far much many long called'.split(' '));
/** "as the main case" is no clause; "as it is slow" is one, and so is what begins with "as". */
function isPreposition(words: readonly Word[], at: number): boolean {
  return words[at]?.lower === 'as' && !startsClause(words, at) && !PRONOUNS.has(words[at + 1]?.lower ?? '');
}

const PRONOUNS = new Set('it we they this there he she i you that these those'.split(' '));

/** "That" after a noun opens a relative clause; as a subject of its own it opens none. */
function relative(words: readonly Word[], at: number): Clause | undefined {
  const before = words[at - 1];
  if (before === undefined || startsClause(words, at)) return undefined;
  return 'which';
}

/** "Once it is merged, Bob will …": the comma closes the clause that the opener began. */
function isFronted(words: readonly Word[], openerAt: number, verbAt: number): boolean {
  for (let at = openerAt + 2; at < verbAt; at += 1) if (words[at]?.before.includes(',') === true) return true;
  return false;
}
