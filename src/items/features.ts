import { type Commitment, commitmentsOf } from './commitments.ts';
import type { Language } from './language.ts';
import { openingOf } from './opening.ts';
import { findPatterns } from './patterns.ts';
import { type Places, placeFeatures } from './place.ts';
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
  const commitments = commitmentsOf(words, context.people, language);
  const { forms } = language.lexicon;
  const phrases = findPatterns(language.patterns.phrase, words, forms).map((hit) => hit.id);
  const requests = findPatterns(language.patterns.request, words, forms).map((hit) => hit.id);
  const opening = openingOf(words, text, context.people, language);
  const features = new Set<string>([...phrases, ...requests, ...opening.features]);
  for (const feature of placeFeatures(statement, context, places)) features.add(feature);
  for (const commitment of commitments) addCommitment(features, commitment);
  if (commitments.length === 0) features.add('no-commitment');
  addShape(features, statement, words, language);
  addCrosses(features);
  return { features: [...features], words: words.map((word) => word.lower), commitments, requests };
}

function addCommitment(features: Set<string>, commitment: Commitment): void {
  const { cue, subject, verb, clause, negated, passive } = commitment;
  if (negated) {
    features.add(`${cue}~not`);
    features.add('negated');
    return;
  }
  if (clause === 'if' || clause === 'why' || clause === 'how' || clause === 'after' || clause === 'which') {
    features.add(`${cue}~${clause}`);
    features.add(`clause:${clause}`);
    return;
  }
  const act = passive ? `${verb}-passive` : verb;
  features.add(cue);
  features.add(`${cue}+${subject}`);
  features.add(`${cue}+${act}`);
  features.add(`by:${subject}`);
  features.add(`by:${subject}+${act}`);
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
  if (statement.block.speaker !== null) features.add('spoken');
  addTail(features, text);
  addTense(features, words, language);
}

/** Names at the end: "(Hans)", "- Sean", "[Rinku]", "(@nick)". */
function addTail(features: Set<string>, text: string): void {
  const tail = text.slice(-60);
  if (/\(@?[\p{Lu}@][\p{L}\p{N}_.-]*(?:(?:,? (?:and |& )?|\/)@?[\p{Lu}@][\p{L}\p{N}_.-]*){0,3}\)[.!]?$/u.test(tail))
    features.add('name-tail:round');
  else if (/\[@?[\p{L}][\p{L}\p{N}_.-]*(?:(?:,? (?:and |& )?|\/)@?[\p{L}][\p{L}\p{N}_.-]*){0,3}\][.!]?$/u.test(tail))
    features.add('name-tail:square');
  else if (/\s[-–—]\s@?[\p{Lu}][\p{L}\p{N}_.-]*(?: [\p{Lu}][\p{L}.-]*)?$/u.test(tail)) features.add('name-tail:dash');
  else if (/@[\p{L}\p{N}_-]+[.!]?$/u.test(tail)) features.add('name-tail:at');
}

function addTense(features: Set<string>, words: readonly Word[], language: Language): void {
  const { forms, past } = language.lexicon;
  let finite = false;
  words.forEach((word, at) => {
    const before = words[at - 1]?.lower ?? '';
    if (past.has(word.lower)) {
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

const PARTICIPLE_AFTER = new Set(
  'be been being is are was were has have had get gets got the a an to and not as more'.split(' '),
);
const MODALS = new Set('will would should could can may might must do does did am'.split(' '));

/** Pairs that mean more than their parts. */
function addCrosses(features: Set<string>): void {
  for (const [left, right] of CROSSES) {
    const found = [...features].filter((feature) => feature.startsWith(left));
    const partners = [...features].filter((feature) => feature.startsWith(right));
    for (const a of found) for (const b of partners) features.add(`${a} & ${b}`);
  }
}

const CROSSES: readonly (readonly [string, string])[] = [
  ['imperative:', 'kind:'],
  ['imperative:', 'under:place'],
  ['imperative:', 'heading:place'],
  ['kind:bullet', 'under:place'],
  ['kind:bullet', 'heading:place'],
  ['named:', 'kind:'],
  ['named-known', 'imperative'],
  ['named-first', 'imperative'],
  ['gerund', 'under:place'],
  ['no-commitment', 'heading:place'],
  ['no-finite-verb', 'under:place'],
  ['no-finite-verb', 'heading:place'],
  ['question', 'kind:'],
  ['by:person', 'kind:'],
  ['spoken', 'by:'],
];
