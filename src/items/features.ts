import { type Commitment, commitmentsOf } from './commitments.ts';
import { constructionsOf, whoOf } from './constructions.ts';
import type { Language } from './language.ts';
import { namesOf } from './names.ts';
import { listsActions } from './note-style.ts';
import { openingOf } from './opening.ts';
import { findPatterns } from './patterns.ts';
import { type Places, placeOf } from './place.ts';
import { type Context, nextOf, type Statement } from './statement.ts';
import { type Word, wordsOf } from './tokens.ts';

/** What is to be said about a statement: named features, and its words for the model's vocabulary. */
export interface Reading {
  readonly features: readonly string[];
  readonly words: readonly string[];
  readonly commitments: readonly Commitment[];
  readonly requests: readonly string[];
}

/** Reads a statement with its context into named features. */
export function readStatement(statement: Statement, context: Context, places: Places, language: Language): Reading {
  const { text } = statement;
  const words = wordsOf(text);
  const names = namesOf(context);
  const commitments = commitmentsOf(words, names, language);
  const { forms } = language.lexicon;
  const phrases = findPatterns(language.patterns.phrase, words, forms).map((hit) => hit.id);
  const requests = findPatterns(language.patterns.request, words, forms).map((hit) => hit.id);
  const opening = openingOf(words, text, names, language);
  const place = placeOf(statement, context, places);
  const features = new Set<string>([...phrases, ...requests, ...opening.features, ...place.features]);
  const asked = ASKS.test(text.slice(-8));
  for (const commitment of commitments) addCommitment(features, commitment, asked);
  if (commitments.length === 0) features.add('no-commitment');
  addShape(features, statement, words, language);
  addNext(features, nextOf(statement, context), language);
  for (const id of constructionsOf(opening, place, commitments, features)) features.add(id);
  addStyle(features, listsActions(context, places));
  if (features.has('if-first')) for (const { subject } of commitments) features.add(`if-first:${whoOf(subject)}`);
  return { features: [...features], words: words.map((word) => word.lower), commitments, requests };
}

function addCommitment(features: Set<string>, commitment: Commitment, asked: boolean): void {
  const { cue, subject, verb, clause, negated, passive } = commitment;
  if (negated) {
    features.add(`${cue}~not`);
    features.add('negated');
    return;
  }
  if (asked) {
    features.add(`${cue}~asked`);
    return;
  }
  if (clause !== 'main' && clause !== 'that' && clause !== 'so') {
    features.add(`${cue}~${clause}`);
    features.add(`clause:${clause}`);
    return;
  }
  const who = whoOf(subject);
  const act = passive ? `${verb}-passive` : verb;
  features.add(cue);
  features.add(`${cue}+${who}`);
  features.add(`${cue}+${act}`);
  features.add(`${cue}+${who}+${act}`);
  features.add(`by:${subject}`);
  features.add(`by:${who}`);
  features.add(`by:${who}+${act}`);
  features.add(`act:${act}`);
  if (clause !== 'main') features.add(`${cue}~${clause}`).add(`clause:${clause}`);
}

function addShape(features: Set<string>, statement: Statement, words: readonly Word[], language: Language): void {
  const { text } = statement;
  const count = words.length;
  features.add(
    count <= 2
      ? 'words:1-2'
      : count <= 4
        ? 'words:3-4'
        : count <= 7
          ? 'words:5-7'
          : count <= 14
            ? 'words:8-14'
            : count <= 25
              ? 'words:15-25'
              : count <= 40
                ? 'words:26-40'
                : 'words:41+',
  );
  if (ASKS.test(text.slice(-8))) features.add('question').add(`question:${asks(words)}`);
  if (/!["')\]]*$/.test(text)) features.add('exclaims');
  if (!/[.!?:;,]["')\]]*$/.test(text)) features.add('no-stop');
  if (words.length > 0 && words.every((word) => word.lower === '<url>')) features.add('only-url');
  else if (words.some((word) => word.lower === '<url>') || statement.block.links.length > 0) features.add('has-link');
  addTense(features, words, language);
}

/** What kind of question it is, by its first words: one that wants to know, or one that asks for something. */
function asks(words: readonly Word[]): string {
  const opening = words.slice(0, 4).map(({ lower }) => lower);
  if (opening.some((word) => WONDERS.has(word))) return 'wonders';
  if (opening.some((word) => REQUESTS.has(word))) return 'requests';
  return opening.some((word) => CHECKS.has(word)) ? 'checks' : 'other';
}

const WONDERS = new Set('what how why who when where which whether'.split(' '));
const REQUESTS = new Set('can could will would please shall'.split(' '));
const CHECKS = new Set('is are do does did has have was were should any'.split(' '));

/** How much a statement's own evidence means depends on whether the note has a list of actions besides. */
function addStyle(features: Set<string>, listed: boolean): void {
  const evidence = features.has('evidence:strong') ? 'strong' : features.has('evidence') ? 'fair' : 'none';
  const style = listed ? 'note:lists-actions' : 'note:no-list';
  features.add(style).add(`${style}+${evidence}`);
}

/** What follows tells whether a matter was closed here: the end of a section, a question, more talk. */
function addNext(features: Set<string>, next: Statement | null, { lexicon }: Language): void {
  if (next === null) {
    features.add('ends-section');
    return;
  }
  if (next.block.speaker !== null) features.add('next:spoken');
  if (ASKS.test(next.text.slice(-8))) features.add('next:question');
  const words = wordsOf(next.text);
  if (words.length <= 2) features.add('next:short');
  if (words.some(({ lower }, at) => lexicon.past.has(lower) && !INFINITIVE_AFTER.has(words[at - 1]?.lower ?? '')))
    features.add('next:past');
}

function addTense(features: Set<string>, words: readonly Word[], language: Language): void {
  const { forms, past } = language.lexicon;
  let finite = false;
  words.forEach((word, at) => {
    const before = words[at - 1]?.lower ?? '';
    if (past.has(word.lower) && !INFINITIVE_AFTER.has(before)) {
      features.add('past');
      finite = true;
    } else if (word.lower.endsWith('ed') && forms.get(word.lower)?.ed === true && !PARTICIPLE_AFTER.has(before)) {
      features.add(at === 0 ? 'past:first' : 'past');
      finite = true;
    }
    if (word.lower === 'is' || word.lower === 'are' || word.lower === 'has' || word.lower === 'have') {
      features.add(`verb:${word.lower}`);
      finite = true;
    }
    if (MODALS.has(word.lower) || forms.get(word.lower)?.s === true) finite = true;
    if (word.lower === 'if' || word.lower === 'unless') features.add(at === 0 ? 'if-first' : 'has-if');
  });
  if (!finite) features.add('no-finite-verb');
}

const ASKS = /\?["')\]]*$/;
const INFINITIVE_AFTER = new Set('to will would should must can could may might not please then'.split(' '));
const PARTICIPLE_AFTER = new Set(
  'be been being is are was were has have had get gets got the a an to and not as more'.split(' '),
);
const MODALS = new Set('will would should could can may might must do does did am'.split(' '));
