import { type Block, lineAt, type Note } from '../notes/note.ts';
import { Offer } from './answer.ts';
import type { Part } from './parts.ts';
import type { Proposal, Why } from './proposal.ts';

const MOST_QUOTE = 1_000;
const MOST_TITLE = 80;
const MOST_OWNERS = 10;
const MOST_NAME = 60;

/** What a model's offer is worth: a proposal whose quote and owners stand in the note, or the reason why it is refused. */
export type Check = (offer: unknown, part: Part) => Proposal | Why;

/** Makes the check for a note. */
export function checkFor(note: Note): Check {
  const names = namesOf(note);
  return (offered, part) => {
    const read = Offer.safeParse(offered);
    if (!read.success) return 'form';
    const { data: offer } = read;
    const place = placeOf(oneSpaced(offer.quote), offer.block ?? null, part.blocks);
    if (place === null) return 'quote';
    const title = titleOf(offer.title);
    if (title === null) return 'title';
    const { block, start, end } = place;
    const owners = [...new Set(offer.owners.slice(0, MOST_OWNERS).flatMap((name) => names(name) ?? []))];
    return { kind: offer.kind, title, quote: block.text.slice(start, end), owners, block: block.index, start, end };
  };
}

/** The lines of the raw file on which a proposal stands. */
export function linesOf({ start, end }: Proposal, block: Block): { readonly start: number; readonly end: number } {
  return { start: lineAt(block, start), end: lineAt(block, end - 1) };
}

function oneSpaced(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

interface Place {
  readonly block: Block;
  readonly start: number;
  readonly end: number;
}

/** Where a quote stands word for word: in the block that was named, else in another one of the part. */
function placeOf(quote: string, named: number | null, blocks: readonly Block[]): Place | null {
  const words = quote.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
  // One word could be found anywhere, and says nothing.
  if (words < 2 || quote.length > MOST_QUOTE || /\p{Surrogate}/u.test(quote)) return null;
  const first = blocks.filter(({ index }) => index === named);
  for (const block of [...first, ...blocks]) {
    const start = find(block.text, quote);
    if (start !== null) return { block, start, end: start + quote.length };
  }
  return null;
}

/** The first place where these words stand as whole words. */
function find(text: string, words: string): number | null {
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    if (isBorder(text, at) && isBorder(text, at + words.length)) return at;
  }
  return null;
}

function isBorder(text: string, at: number): boolean {
  return !(WORD.test(text[at - 1] ?? '') && WORD.test(text[at] ?? ''));
}

const WORD = /[\p{L}\p{N}_]/u;

/** A title on one line without characters that nobody sees; cut between words where it is too long; null when it says nothing. */
function titleOf(offered: string): string | null {
  const title = oneSpaced(offered.replace(/[\p{Cc}\p{Cf}\p{Surrogate}]/gu, ' ')).replace(/[.\s]{1,8}$/, '');
  if (!/[\p{L}\p{N}]/u.test(title)) return null;
  if (title.length <= MOST_TITLE) return title;
  const space = title.lastIndexOf(' ', MOST_TITLE);
  return space > MOST_TITLE / 2 ? title.slice(0, space).replace(/[\s,;:–-]{1,8}$/, '') : null;
}

const AUTHOR = /^(?:I|me|myself|author)$/i;
const NOBODY =
  /^(?:we|us|you|he|him|she|her|they|them|it|somebody|someone|anybody|anyone|everybody|everyone|nobody|none|all|both|others?|n\/a|tbd|unknown)$/i;

/** Reads an offered name: as it is when it stands in the note as whole words, the author for "I", else null. */
function namesOf(note: Note): (offered: unknown) => string | null {
  const texts = [
    note.author ?? '',
    ...note.people,
    note.title,
    ...note.blocks.map(({ speaker, text }) => `${speaker ?? ''}\n${text}`),
  ];
  const words = new Set<string>();
  for (const text of texts) for (const [word] of text.matchAll(/[\p{L}\p{N}_]+/gu)) words.add(word);
  const known = new Map<string, boolean>();
  const stands = (name: string): boolean => {
    // Nearly all invented names fall here, without a walk through the note.
    if (!(name.match(/[\p{L}\p{N}_]+/gu) ?? []).every((word) => words.has(word))) return false;
    const found = known.get(name) ?? texts.some((text) => find(text, name) !== null);
    known.set(name, found);
    return found;
  };
  return (offered) => {
    if (typeof offered !== 'string') return null;
    const name = oneSpaced(offered.slice(0, 200)).replace(/^@/, '');
    if (AUTHOR.test(name)) return note.author;
    if (name.length > MOST_NAME || !/\p{L}/u.test(name) || NOBODY.test(name)) return null;
    return stands(name) ? name : null;
  };
}
