import type { Language } from './language.ts';
import type { VerbForm } from './lexicon.ts';
import type { NoteNames } from './names.ts';
import { findPatterns, type Hit } from './patterns.ts';
import { type Subject, startsClause, subjectBefore } from './subject.ts';
import type { Word } from './tokens.ts';

/** What kind of clause something is said in: `main`, or the subordinate kind by its opening word. */
export type Clause = 'main' | 'if' | 'why' | 'which' | 'how' | 'after' | 'that';

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

export type VerbClass = 'work' | 'keep' | 'weak' | 'talk' | 'behave' | 'be' | 'have' | 'other' | 'end';

const OPENERS: ReadonlyMap<string, Clause> = new Map([
  ['if', 'if'],
  ['unless', 'if'],
  ['whether', 'how'],
  ['as', 'why'],
  ['since', 'why'],
  ['because', 'why'],
  ['so', 'why'],
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
/** What is done to things all the time: "will be used" is no piece of work. */
const HABITUAL = new Set(
  'use run show see need require expect allow consider know call base present support include give hold keep find treat serve'.split(
    ' ',
  ),
);
/** Verbs after which things stay as they are. */
const KEEPING = new Set('keep remain stay leave stick retain'.split(' '));
const NEGATIONS = new Set(['not', 'never', 'no', 'without', 'cannot', 'nobody', 'neither', 'nothing']);
const TO_SKIP = new Set([
  'be',
  'to',
  'also',
  'not',
  'then',
  'try',
  'start',
  'continue',
  'help',
  'go',
  'ahead',
  'and',
  'further',
  'just',
  'still',
  'likely',
  'probably',
  'been',
  'being',
  'get',
  'have',
  'begin',
  'get',
  'able',
  'first',
  'now',
  'only',
  'both',
  'all',
  'at',
  'least',
  'again',
  'likely',
  'possibly',
  'better',
  'properly',
  'only',
  'us',
  'need',
  'needs',
  'want',
]);
/** Before one of these a clause has its verb, so that what follows begins a new one. */
const FINITE = new Set(
  'will would should could can may might must is are was were has have had do does did need needs'.split(' '),
);
/** Whoever takes work on does so in any clause ("people who volunteered to help"). */
const ANYWHERE = new Set(['volunteered', 'promised']);
/** After one of these "be done" is said already by the cue of the modal. */
const MODAL = new Set('will would should could can may might must shall need needs not'.split(' '));
const REACH = 16;

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

/** The opening word to the left inside the same clause, a comma ends the search only after the subject was passed. */
function clauseOf(words: readonly Word[], subjectAt: number, verbAt: number): Clause {
  const start = Math.min(subjectAt, verbAt);
  for (let at = verbAt - 1; at >= 0 && verbAt - at <= REACH; at -= 1) {
    const word = words[at];
    if (word === undefined || (at < start && FINITE.has(word.lower))) break;
    const clause =
      word.lower === 'that' && !COMPLEMENT.has(words[at - 1]?.lower ?? '')
        ? relative(words, at)
        : OPENERS.get(word.lower);
    if (clause !== undefined && !(word.lower === 'so' && at === 0) && !isFronted(words, at, verbAt)) return clause;
    if (at < start && startsClause(words, at + 1)) break;
    if (at <= start && startsClause(words, at)) break;
  }
  return 'main';
}

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

interface VerbFound {
  readonly behaves: boolean;
  readonly class: VerbClass;
  readonly lemma: string;
  readonly passive: boolean;
}

const NO_VERB: VerbFound = { behaves: false, class: 'end', lemma: '', passive: false };

function verbAfter(words: readonly Word[], hit: Hit, forms: ReadonlyMap<string, VerbForm>): VerbFound {
  // patterns may end with the verb itself ("going to <work>", "to be <worked>")
  let passive = false;
  let at = Math.max(hit.from, hit.to - 1);
  const last = words[at];
  const inside = last === undefined || hit.to - hit.from < 2 ? undefined : forms.get(last.lower);
  if (inside?.work === true && last !== undefined && !TO_SKIP.has(last.lower)) {
    return { behaves: inside.behave, class: classOf(inside), lemma: inside.lemma, passive: inside.form === 'ed' };
  }
  for (at = hit.to; at < Math.min(words.length, hit.to + 6); at += 1) {
    const word = words[at];
    if (word === undefined || startsClause(words, at)) break;
    if (word.lower === 'be' || word.lower === 'been' || word.lower === 'get') passive = true;
    const next = words[at + 1]?.lower ?? '';
    const skipped = TO_SKIP.has(word.lower) || (word.lower.endsWith('ly') && word.lower.length > 4);
    if (skipped && (forms.has(next) || TO_SKIP.has(next) || next.endsWith('ly'))) continue;
    const form = forms.get(word.lower);
    if (passive && (form === undefined || form.form === 's')) return { ...NO_VERB, class: 'be', lemma: 'be' };
    if (word.lower === 'be') return { ...NO_VERB, class: 'be', lemma: 'be' };
    if (word.lower === 'have') return { ...NO_VERB, class: 'have', lemma: 'have' };
    if (form === undefined) return { ...NO_VERB, class: 'other', lemma: word.lower, passive };
    return {
      behaves: form.behave && !passive,
      class: passive && HABITUAL.has(form.lemma) ? 'behave' : classOf(form),
      lemma: form.lemma,
      passive,
    };
  }
  return { ...NO_VERB, passive };
}

function classOf(form: VerbForm): VerbClass {
  if (KEEPING.has(form.lemma)) return 'keep';
  if (form.strong) return 'work';
  if (form.behave) return 'behave';
  if (form.talk) return 'talk';
  return form.work ? 'weak' : 'other';
}
