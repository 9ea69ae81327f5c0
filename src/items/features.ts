import { type Commitment, commitmentsOf } from './commitments.ts';
import { constructionsOf, whoOf } from './constructions.ts';
import type { Language } from './language.ts';
import { namesOf } from './names.ts';
import { openingOf } from './opening.ts';
import { findPatterns } from './patterns.ts';
import { type Places, placeOf } from './place.ts';
import type { Context, Statement } from './statement.ts';
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
  for (const commitment of commitments) addCommitment(features, commitment);
  if (commitments.length === 0) features.add('no-commitment');
  addShape(features, statement, words, language);
  for (const id of constructionsOf(opening, place, commitments, features)) features.add(id);
  if (features.has('if-first')) for (const { subject } of commitments) features.add(`if-first:${whoOf(subject)}`);
  return { features: [...features], words: words.map((word) => word.lower), commitments, requests };
}

function addCommitment(features: Set<string>, commitment: Commitment): void {
  const { cue, subject, verb, clause, negated, passive } = commitment;
  if (negated) {
    features.add(`${cue}~not`);
    features.add('negated');
    return;
  }
  if (clause !== 'main' && clause !== 'that') {
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
  if (clause === 'that') features.add(`${cue}~that`);
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
  if (/\?["')\]]*$/.test(text)) features.add('question');
  if (/!["')\]]*$/.test(text)) features.add('exclaims');
  if (!/[.!?:;,]["')\]]*$/.test(text)) features.add('no-stop');
  if (words.length > 0 && words.every((word) => word.lower === '<url>')) features.add('only-url');
  else if (words.some((word) => word.lower === '<url>') || statement.block.links.length > 0) features.add('has-link');
  addTense(features, words, language);
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

const INFINITIVE_AFTER = new Set('to will would should must can could may might not please then'.split(' '));
const PARTICIPLE_AFTER = new Set(
  'be been being is are was were has have had get gets got the a an to and not as more'.split(' '),
);
const MODALS = new Set('will would should could can may might must do does did am'.split(' '));
