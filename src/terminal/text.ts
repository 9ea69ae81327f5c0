import truncatedWidth from 'fast-string-truncated-width';

/**
 * A text that came from outside, made fit for one line of a terminal: no control characters (which could move the cursor,
 * change colours or set the window's title), nothing that turns the writing direction around, one space between words.
 */
export function printable(text: string): string {
  return text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(/\p{Cf}+/gu, '')
    .trim();
}

/** How many columns a text takes; colour codes take none. */
export function widthOf(text: string): number {
  return truncatedWidth(text).width;
}

/** The columns of the widest text, and never fewer than `least`; for lists of any length. */
export function widest(texts: readonly string[], least: number): number {
  return texts.reduce((most, text) => Math.max(most, widthOf(text)), least);
}

/** The text cut to that many columns, with an ellipsis where something was cut. Takes no colour codes. */
export function clip(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  return columns <= 0 ? '' : `${text.slice(0, cutAt(text, columns - 1)).trimEnd()}…`;
}

let segmenter: Intl.Segmenter | null = null;

/** Where to cut so that the first part takes at most that many columns and no character is torn apart. */
function cutAt(text: string, columns: number): number {
  if (/^[\x20-\x7e]*$/.test(text)) return columns;
  segmenter ??= new Intl.Segmenter();
  let width = 0;
  for (const { segment, index } of segmenter.segment(text)) {
    width += widthOf(segment);
    if (width > columns) return index;
  }
  return text.length;
}

/** The text with blanks behind it (or before it) up to that many columns. */
export function pad(text: string, columns: number, side: 'start' | 'end' = 'end'): string {
  const blanks = ' '.repeat(Math.max(0, columns - widthOf(text)));
  return side === 'end' ? text + blanks : blanks + text;
}

/** The text cut or filled to exactly that many columns. */
export function toWidth(text: string, columns: number, side: 'start' | 'end' = 'end'): string {
  return pad(clip(text, columns), columns, side);
}

/** The text as lines of at most that many columns, broken between words where that is possible. Takes no colour codes. */
export function wrap(text: string, columns: number): readonly string[] {
  const words = text.split(' ').filter((word) => word !== '');
  const lines = flow(
    words.flatMap((word) => broken(word, Math.max(2, columns))),
    columns,
    ' ',
  );
  return lines.length === 0 ? [''] : lines;
}

/** A word in pieces that each fit. */
function broken(word: string, columns: number): readonly string[] {
  const pieces: string[] = [];
  let rest = word;
  while (widthOf(rest) > columns) {
    // A single character that is wider than the line still has to go somewhere.
    const end = Math.max(cutAt(rest, columns), 1);
    pieces.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return [...pieces, rest];
}

/** Pieces on as few lines as fit, with the gap between those that share a line; a piece itself is not broken. */
export function flow(pieces: readonly string[], columns: number, gap: string): readonly string[] {
  const lines: string[] = [];
  for (const piece of pieces) {
    const last = lines.at(-1);
    const longer = last === undefined ? piece : last + gap + piece;
    if (last !== undefined && widthOf(longer) <= columns) lines[lines.length - 1] = longer;
    else lines.push(piece);
  }
  return lines;
}
