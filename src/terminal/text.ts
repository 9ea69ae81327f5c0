import truncatedWidth from 'fast-string-truncated-width';
import { wrapAnsi } from 'fast-wrap-ansi';

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

/** The text cut to that many columns, with an ellipsis where something was cut. Takes no colour codes. */
export function clip(text: string, columns: number): string {
  if (columns <= 0) return '';
  const { index, ellipsed } = truncatedWidth(text, { limit: columns, ellipsis: '…', ellipsisWidth: 1 });
  const kept = text.slice(0, index);
  return ellipsed ? `${kept.trimEnd()}…` : kept;
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

/** The text as lines of at most that many columns, broken between words where that is possible. */
export function wrap(text: string, columns: number): readonly string[] {
  return wrapAnsi(text, Math.max(1, columns), { hard: true, trim: true }).split('\n');
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
