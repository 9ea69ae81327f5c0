import { takeAddresses } from './addresses.ts';
import { DIALECTS, type DialectName } from './dialects.ts';
import { signatureIn } from './facts.ts';
import { readLines } from './grammar.ts';
import { dialectOf } from './kind.ts';
import { layoutOf } from './layout.ts';
import type { Line } from './lines.ts';
import { peopleIn, rowsOfLines } from './people.ts';
import { withoutHidden } from './prepare.ts';
import { type Part, partsOf } from './quotes.ts';
import { markSpeech } from './speech.ts';
import { closeQuote, type Growing, openQuote } from './tree.ts';
import { voicesOf } from './voices.ts';
import { attributionIn, forwardedIn, withoutWrappers } from './wrappers.ts';

/** What a mail's text says about itself. */
export interface MailText {
  readonly author: string | null;
  readonly date: string | null;
  /** The subject of a mail that is passed on. */
  readonly subject: string | null;
  readonly people: readonly string[];
  /** Whether an earlier mail is quoted. */
  readonly answered: boolean;
}

/** Reads the text of a mail: what is quoted in it, without signatures and footers. */
export function readMailText(tree: Growing, lines: readonly Line[]): MailText {
  const { base, parts } = partsOf(lines);
  const clean = parts.map((part) => ({ ...part, lines: withoutWrappers(part.lines) }));
  const own = clean.filter((part) => part.quoted === 0).flatMap((part) => part.lines);
  const signed = signatureIn(parts.filter((part) => part.quoted === 0).flatMap((part) => part.lines));
  const people = readParts(tree, clean, dialectOf(own));
  const forwarded = forwardedIn(lines);
  const carried = forwarded ?? (base > 0 ? attributionIn(lines) : null);
  const answered = base > 0 || parts.length > 1 || forwarded !== null || attributionIn(lines) !== null;
  const facts = { author: carried?.author ?? signed, date: carried?.date ?? null, subject: forwarded?.subject ?? null };
  return { ...facts, people, answered };
}

/** Reads parts of one text, which share their footnotes and speakers; gives the people that it lists. */
export function readParts(tree: Growing, parts: readonly Part[], name: DialectName): string[] {
  const { addresses, rest } = takeAddresses(parts.flatMap((part) => part.lines));
  const lines = withoutHidden(name, rest);
  const people = peopleIn(rowsOfLines(lines));
  const voices = voicesOf(textsOf(lines), people);
  const manner = { dialect: DIALECTS[name], addresses, layout: layoutOf(lines), voices, underlines: [] };
  let start = 0;
  for (const part of parts) {
    for (let depth = 0; depth < part.quoted; depth++) openQuote(tree, true);
    readLines(tree, lines.slice(start, start + part.lines.length), manner);
    for (let depth = 0; depth < part.quoted; depth++) closeQuote(tree);
    start += part.lines.length;
  }
  markSpeech(tree.root, voices);
  return people;
}

function* textsOf(lines: readonly Line[]): Generator<string> {
  for (const line of lines) yield line.text;
}
