import type { Commitment } from './commitments.ts';
import type { Opening } from './opening.ts';
import type { Place } from './place.ts';
import type { Subject } from './subject.ts';

/** Who a commitment is said of, in the few classes that matter: somebody by name, "we", nobody, a thing. */
export type Who = 'someone' | 'nick' | 'we' | 'crowd' | 'none' | 'they' | 'it' | 'thing' | 'you' | 'nobody';

const WHO: Readonly<Record<Subject, Who>> = {
  i: 'someone',
  person: 'someone',
  name: 'someone',
  nick: 'nick',
  they: 'they',
  we: 'we',
  team: 'we',
  crowd: 'crowd',
  none: 'none',
  it: 'it',
  thing: 'thing',
  there: 'it',
  you: 'you',
  nobody: 'nobody',
};

const PROMISES = new Set([
  'will',
  'going-to',
  'plan-to',
  'intend-to',
  'will-try',
  'volunteered',
  'promised',
  'take-on',
  'willing',
  'need-to',
  'have-to',
]);
const DECIDED = new Set(['decided-to', 'agreed-to', 'plan-is']);
const DUTIES = new Set(['need-to', 'needs-doing', 'should', 'must', 'have-to']);
const OPEN_WORK = new Set([
  'needs-doing',
  'need-to',
  'to-be-done',
  'is-to',
  'will',
  'should',
  'must',
  'have-to',
  'going-to',
]);

/** The class of a subject. */
export function whoOf(subject: Subject): Who {
  return WHO[subject];
}

/** Constructions that state an item by themselves, as named features; several cues together make one. */
export function constructionsOf(
  opening: Opening,
  place: Place,
  commitments: readonly Commitment[],
  features: ReadonlySet<string>,
): readonly string[] {
  const found: string[] = [];
  const has = (id: string) => features.has(id);
  const line =
    has('kind:bullet') ||
    has('kind:cell') ||
    has('words:1-2') ||
    has('words:3-4') ||
    has('words:5-7') ||
    has('words:8-14');
  const says = (id: string) => place.announced.includes(id);
  const verbFirst = has('imperative') || has('name-to-work') || has('name-base') || has('framed') || has('name-finite');
  if (!place.old) {
    if (says('place-actions') || says('place-next'))
      found.push(...inList('actions', place, verbFirst, line, has('spoken')));
    else if (says('place-decided')) found.push(...inList('decisions', place, verbFirst, line, has('spoken')));
    else if (says('place-goals') || says('place-will') || says('place-need'))
      found.push(...inList('plans', place, verbFirst, line, has('spoken')));
  }
  if (
    has('has-children') &&
    !has('ends-colon') &&
    commitments.length === 0 &&
    !verbFirst &&
    (has('words:1-2') || has('words:3-4') || has('words:5-7'))
  )
    found.push('titles-list');
  if (says('place-people') && commitments.length === 0 && !has('framed')) found.push('in-people');
  const marked = opening.markers.find((id) => id === 'action-marker' || id === 'todo-marker' || id === 'next-marker');
  if (marked !== undefined && !opening.markers.includes('done-marker')) found.push('marked-work');
  if ((has('framed') || has('named-behind')) && (has('imperative') || has('gerund'))) found.push('named-verb');
  if (!has('question')) for (const commitment of commitments) addCommitted(found, commitment);
  if (has('name-to-work')) found.push('name-to-work');
  if (has('later-clause') && (has('gerund') || has('imperative'))) found.push('one-more-verb');
  const evidence = has('checked') ? [] : evidenceOf(new Set(found));
  if (says('place-agenda') && !place.nested && !evidence.includes('evidence:strong')) found.push('in-agenda');
  if (has('old-list') && evidence.length > 0) found.push('old-but-said');
  return [...found, ...evidence];
}

/** Constructions that nearly always state an item, and those that often do: one of them is much, more are little more. */
const STRONG = new Set(
  'name-to-work someone-promises-work marked-work in-actions:verb decided-work named-verb duty-of-someone we-promise-work'.split(
    ' ',
  ),
);
const FAIR = new Set(
  'duty-of-us passive-work in-decisions:verb in-plans:verb promise-without-subject in-actions:pure-line progressive-someone nick-promises-work'.split(
    ' ',
  ),
);

function evidenceOf(found: ReadonlySet<string>): readonly string[] {
  const strong = [...found].filter((id) => STRONG.has(id)).length;
  const fair = [...found].filter((id) => FAIR.has(id)).length;
  if (strong > 0) return ['evidence', 'evidence:strong', ...(strong + fair > 1 ? ['evidence:more'] : [])];
  return fair > 0 ? ['evidence', ...(fair > 1 ? ['evidence:more'] : [])] : [];
}

function inList(name: string, place: Place, verbFirst: boolean, line: boolean, spoken: boolean): readonly string[] {
  const how = place.pure ? 'pure' : 'said';
  // What somebody says under a heading is talk about it, not an entry of a list.
  if (spoken && !verbFirst) return [`in-${name}:spoken`];
  return [`in-${name}`, `in-${name}:${how}${line ? '-line' : ''}`, ...(verbFirst ? [`in-${name}:verb`] : [])];
}

function addCommitted(found: string[], commitment: Commitment): void {
  const { cue, subject, verb, passive, negated, clause } = commitment;
  if (negated || !(clause === 'main' || clause === 'that' || clause === 'so')) return;
  const who = whoOf(subject);
  const work = verb === 'work' || verb === 'weak';
  if (PROMISES.has(cue) && who === 'someone') found.push(work ? 'someone-promises-work' : `someone-promises-${verb}`);
  if (PROMISES.has(cue) && who === 'nick' && work && !passive) found.push('nick-promises-work');
  if (PROMISES.has(cue) && (who === 'they' || who === 'crowd') && work && !passive) found.push(`${who}-promise-work`);
  if (PROMISES.has(cue) && who === 'we') found.push(work ? 'we-promise-work' : `we-promise-${verb}`);
  if (PROMISES.has(cue) && who === 'none' && work && !passive) found.push('promise-without-subject');
  if (DECIDED.has(cue)) found.push(work ? 'decided-work' : 'decided-other');
  if (DUTIES.has(cue) && (who === 'we' || who === 'none') && work && !passive) found.push('duty-of-us');
  if (DUTIES.has(cue) && who === 'someone' && work && !passive) found.push('duty-of-someone');
  if (OPEN_WORK.has(cue) && passive && work)
    found.push('passive-work', `passive-work:${who === 'it' || who === 'thing' ? 'thing' : who}`);
  if (cue === 'progressive' && work) found.push(`progressive-${who}`);
}
