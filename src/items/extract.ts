import type { Person } from '../../config/schema.ts';
import type { Note } from '../notes/note.ts';
import { contextOf } from './context.ts';
import { dueOf, type Releases } from './dates.ts';
import { type Reading, readStatement } from './features.ts';
import type { Finding, NoteFacts } from './item.ts';
import { kindOf } from './kind.ts';
import type { Language } from './language.ts';
import { logOddsOf, probabilityOf, type Reason, reasonsFor } from './model.ts';
import { ownersOf } from './owners.ts';
import { type Directory, directoryOf } from './people.ts';
import { type Places, placesOf } from './place.ts';
import { refsOf, trackedOf } from './refs.ts';
import { withoutRepeats } from './repeats.ts';
import type { Context, Statement } from './statement.ts';
import { titleOf } from './title.ts';

/** What extraction needs besides the note. */
export interface ExtractOptions {
  readonly language: Language;
  /** Statements with less confidence are not items; default: the model's. */
  readonly threshold?: number | undefined;
  readonly people?: readonly Person[];
  readonly releases?: Releases;
}

/** A statement that was looked at: how sure we are that it is an item, and why. */
export interface Explained {
  readonly text: string;
  readonly lineStart: number;
  readonly lineEnd: number;
  readonly confidence: number;
  /** Strongest first; they add up, with the model's bias, to the log-odds of the confidence. */
  readonly reasons: readonly Reason[];
}

/** The items of a note, what came close, and why. Holds on to nothing else that was made of the note on the way. */
export interface Extraction {
  readonly findings: readonly Finding[];
  /** Statements under the threshold that came close, in reading order. */
  readonly close: readonly Explained[];
  /** Every statement with its reasons; reads the note again when it is called, since most callers never ask. */
  explain(): readonly Explained[];
}

/** Statements from here to the threshold came close. */
const CLOSE = 0.3;
const EVIDENCE = 4;

/** Finds the action items and requests of a note. Pure: the same note and options give the same result. */
export function extract(note: Note, options: ExtractOptions): Extraction {
  const threshold = options.threshold ?? options.language.model.threshold;
  const least = threshold > CLOSE ? CLOSE : threshold / 2;
  const parts = partsOf(note, options);
  const findings: Finding[] = [];
  const close: Explained[] = [];
  for (const statement of parts.context.statements) {
    const { reading, confidence } = judge(statement, parts);
    if (confidence >= threshold) findings.push(findingOf(statement, reading, confidence, parts));
    else if (confidence >= least) close.push(explained(statement, reading, confidence, parts));
  }
  return { findings: withoutRepeats(findings), close, explain: () => explainAll(note, options) };
}

function explainAll(note: Note, options: ExtractOptions): readonly Explained[] {
  const parts = partsOf(note, options);
  return parts.context.statements.map((statement) => {
    const { reading, confidence } = judge(statement, parts);
    return explained(statement, reading, confidence, parts);
  });
}

function judge(statement: Statement, { context, places, language }: Parts) {
  const reading = readStatement(statement, context, places, language);
  return { reading, confidence: probabilityOf(logOddsOf(reading, language.model)) };
}

function explained({ text, lines }: Statement, reading: Reading, confidence: number, { language }: Parts): Explained {
  return {
    text,
    lineStart: lines.start,
    lineEnd: lines.end,
    confidence,
    reasons: reasonsFor(reading, language.model),
  };
}

interface Parts {
  readonly context: Context;
  readonly places: Places;
  readonly directory: Directory;
  readonly releases: Releases;
  readonly language: Language;
  readonly facts: NoteFacts;
}

function partsOf(note: Note, { language, people = [], releases = {} }: ExtractOptions): Parts {
  const context = contextOf(note, language.lexicon);
  return {
    context,
    places: placesOf(language),
    directory: directoryOf(people),
    releases,
    language,
    facts: factsOf(note),
  };
}

function findingOf(statement: Statement, reading: Reading, confidence: number, parts: Parts): Finding {
  const { context, places, directory, releases, language, facts } = parts;
  const reasons = reasonsFor(reading, language.model).filter(({ weight }) => weight > 0);
  return {
    kind: kindOf(statement, reading, places, language),
    title: titleOf(statement, context),
    quote: statement.text,
    owners: ownersOf(statement, context, directory),
    refs: refsOf(statement, context),
    due: dueOf(statement, context, releases),
    section: statement.block.section,
    source: { note: facts.source, lineStart: statement.lines.start, lineEnd: statement.lines.end },
    note: facts,
    tracked: trackedOf(statement, context),
    confidence,
    evidence: reasons.slice(0, EVIDENCE).map(({ id }) => id),
  };
}

function factsOf(note: Note): NoteFacts {
  return { source: note.source, url: note.url, title: note.title, author: note.author, date: note.date };
}
