import { decodeHTML } from 'entities';
import { type Line, linesFrom, type Place } from './lines.ts';
import type { Piece } from './pieces.ts';
import type { Placer } from './placer.ts';
import type { Role } from './role.ts';
import { asTerm } from './terms.ts';
import * as grow from './tree.ts';

/** Reads a preformatted text that is none; `sure` that it is a mail in an archive. False leaves it verbatim. */
export type OnPre = (lines: Line[], sure: boolean) => boolean;

/** A page while it is read: what is open, and the text since the last block began. */
export interface HtmlReader {
  readonly tree: grow.Growing;
  readonly placer: Placer;
  readonly onPre: OnPre | null;
  readonly archived: boolean;
  pieces: Piece[];
  heading: number;
  strong: number;
  /** For each open span whether it is bold. */
  readonly spans: boolean[];
  url: string | null;
  lists: number;
  /** Lists of lines with a dash in front. */
  dashes: boolean;
  /** After `<br>`: what comes next may go on with the sentence. */
  broken: boolean;
  part: 'term' | 'body' | null;
  table: { readonly number: number; row: number; column: number; open: boolean } | null;
  pre: Piece[] | null;
  /** How many pieces there were when a `<cite>` opened a text, and whom it named. */
  cite: { readonly from: number; speaker: string | null } | null;
}

const DASH = /^\s*(?:[-*•·–]|\d{1,3}[.)])\s+(?=\S)/;

/** Adds text to what is being read. */
export function addText(reader: HtmlReader, text: string, start: number): void {
  if (reader.broken && text.trim() !== '') continueOrFlush(reader, text);
  let at = 0;
  while (at < text.length) {
    const end = Math.min(text.length, reader.placer.partEnd(start + at) - start);
    const part = text.slice(at, end);
    const shownText = part.includes('&') ? decodeHTML(part) : part;
    const piece = { ...reader.placer.place(start + at), text: shownText, strong: isStrong(reader), url: reader.url };
    (reader.pre ?? reader.pieces).push(piece);
    at = end;
  }
}

/** A line break within a sentence is a space; elsewhere it ends a text. */
function continueOrFlush(reader: HtmlReader, text: string): void {
  reader.broken = false;
  const before = reader.pieces.findLast((piece) => piece.text.trim() !== '')?.text.trimEnd() ?? '';
  const last = reader.pieces.at(-1);
  if (last && /^\s*[\p{Ll}(]/u.test(text) && !/[.:;!?]$/.test(before)) reader.pieces.push({ ...last, text: ' ' });
  else flush(reader);
}

function isStrong(reader: HtmlReader): boolean {
  return reader.strong > 0 || reader.spans.at(-1) === true;
}

/** Ends the text that is being read: it becomes a block. */
export function flush(reader: HtmlReader): void {
  const { tree } = reader;
  const speaker = reader.cite?.speaker ?? null;
  const pieces = speaker === null ? reader.pieces : withoutSpeaker(reader.pieces, reader.cite?.from ?? 0);
  reader.broken = false;
  reader.cite = null;
  if (pieces.length === 0) return;
  reader.pieces = [];
  if (speaker !== null) {
    grow.addParagraph(tree, pieces, { kind: 'speech', speaker });
    return;
  }
  if (!grow.isVisible(pieces)) return;
  if (reader.heading > 0) {
    endDashes(reader);
    grow.addHeading(tree, reader.heading, pieces);
  } else if (!addDash(reader, pieces)) grow.addParagraph(tree, pieces, roleOf(reader, pieces));
}

function roleOf(reader: HtmlReader, pieces: readonly Piece[]): Role | null {
  const { table } = reader;
  if (table?.open) {
    const cell = { table: table.number, row: table.row, column: table.column };
    return { kind: 'cell', cell };
  }
  if (reader.part === 'term') return { kind: 'term' };
  return asTerm(pieces, reader.lists > 0) ?? (reader.part === 'body' ? { kind: 'plain', body: true } : null);
}

/** "- text" on a line of its own is a bullet in mails that were written without lists. */
function addDash(reader: HtmlReader, pieces: Piece[]): boolean {
  const first = pieces.find((piece) => piece.text.trim() !== '');
  const mark = first ? DASH.exec(first.text)?.[0] : undefined;
  if (!first || mark === undefined || reader.lists > 0) {
    endDashes(reader);
    return false;
  }
  if (!reader.dashes) grow.openList(reader.tree, /\d/.test(mark));
  reader.dashes = true;
  grow.openItem(reader.tree, null, first);
  const text = first.text.slice(mark.length);
  const rest = pieces.map((piece) =>
    piece === first ? { ...piece, text, column: piece.column + mark.length } : piece,
  );
  grow.addParagraph(reader.tree, rest, roleOf(reader, rest));
  return true;
}

/** Ends a list of lines with a dash. */
export function endDashes(reader: HtmlReader): void {
  if (reader.dashes) grow.closeList(reader.tree);
  reader.dashes = false;
}

/** Preformatted text is a text of its own, given to whoever reads such, else it is verbatim. */
export function endPre(reader: HtmlReader, pieces: readonly Piece[]): void {
  reader.pre = null;
  reader.url = null;
  const lines = linesFrom(pieces, true);
  const first = lines[0];
  const last = lines.at(-1);
  if (!first || !last) return;
  if (reader.onPre?.(lines, reader.archived)) return;
  const end: Place = { line: last.line, column: last.column + last.text.length };
  grow.addCode(reader.tree, lines.map((line) => line.text).join('\n'), first, end);
}

/** Remembers that a name may begin: W3C minutes cite the speaker in front of what is said. */
export function openCite(reader: HtmlReader): void {
  if (reader.pieces.length < 4 && /^[\s<]*$/.test(textOf(reader.pieces)))
    reader.cite = { from: reader.pieces.length, speaker: null };
}

/** Ends such a name. */
export function closeCite(reader: HtmlReader): void {
  if (reader.cite === null || reader.cite.speaker !== null) return;
  const name = textOf(reader.pieces.slice(reader.cite.from)).replace(/:\s*$/, '').trim();
  if (name.length > 0 && name.length < 40) reader.cite.speaker = name;
  else reader.cite = null;
}

function withoutSpeaker(pieces: readonly Piece[], from: number): Piece[] {
  const rest = pieces.slice(from).filter((piece, at) => at > 0 || piece.text.trim() === '');
  const first = rest.findIndex((piece) => piece.text.trim() !== '');
  return rest.slice(Math.max(first, 0)).map((piece, at) => {
    const mark = at === 0 ? (/^\s*[:>]\s*/.exec(piece.text)?.[0].length ?? 0) : 0;
    return mark === 0 ? piece : { ...piece, text: piece.text.slice(mark), column: piece.column + mark };
  });
}

function textOf(pieces: readonly Piece[]): string {
  return pieces.map((piece) => piece.text).join('');
}
