import { indentOf, isBlank, type Line } from './lines.ts';

/** How a text's lines were broken: at a width by a program, or each where its writer wanted a new line. */
export interface Layout {
  readonly width: number;
  readonly wrapped: boolean;
}

const USUAL_WIDTH = 78;
const LONGEST_WRAPPED = 110;
const BULLET = /^\s*(?:[-*+•]|\d{1,3}[.)])\s+/;
const STARTS_OTHER = /^[\s>]*(?:[-*+•#|=]|\d{1,3}[.)]\s|$)/;

/** Finds out how a text was broken into lines. */
export function layoutOf(lines: readonly Line[]): Layout {
  const lengths: number[] = [];
  let long = 0;
  for (const line of lines) {
    const length = line.text.trimEnd().length;
    if (length > LONGEST_WRAPPED) long++;
    else if (length > 40 && !line.text.includes('://')) lengths.push(length);
  }
  if (long > 0.12 * (long + lengths.length)) return { width: LONGEST_WRAPPED, wrapped: false };
  lengths.sort((a, b) => a - b);
  const width = lengths[Math.floor(lengths.length * 0.97)] ?? USUAL_WIDTH;
  return { width, wrapped: isWrapped(lines, width) };
}

/** Whether lines go on in the next ones: sentences that run over line ends speak for it, short lines against it. */
function isWrapped(lines: readonly Line[], width: number): boolean {
  let over = 0;
  let broken = 0;
  for (let at = 0; at + 1 < lines.length; at++) {
    const line = lines[at];
    const next = lines[at + 1];
    if (!line || !next || isBlank(line) || STARTS_OTHER.test(next.text)) continue;
    if (isFull(width, line, next)) over++;
    else if (!/^\s*\p{Ll}/u.test(next.text)) broken++;
    else if (indentOf(next.text) <= textStart(line.text) + 1) over += 0.5;
  }
  return over >= 0.7 * broken;
}

/** Whether a line was broken because the next word did not fit; a few characters of slack for other programs. */
export function isFull(width: number, line: Line, next: Line): boolean {
  const word = /\S+/.exec(next.text)?.[0].length ?? 0;
  return line.text.trimEnd().length + 1 + word > width - 2;
}

/** Whether the writer meant a new line between two lines that no other sign keeps apart. */
export function isMeant(layout: Layout, line: Line, next: Line): boolean {
  if (isFull(layout.width, line, next)) return false;
  const text = next.text.trimStart();
  if (/^[([]/.test(text) && /[\p{L}\p{N}]\s*$/u.test(line.text)) return false;
  if (!layout.wrapped) return !/^[\p{Ll},;)]/u.test(text) || indentOf(next.text) > textStart(line.text) + 1;
  const word = /\S+/.exec(text)?.[0].length ?? 0;
  const isShort = line.text.trimEnd().length + 1 + word <= 0.8 * layout.width;
  return isShort && /^["'“(*_`]?[\p{Lu}\p{N}]/u.test(text) && !/[,(–-]$/.test(line.text.trimEnd());
}

/** Where a line's text begins: behind its bullet, when it has one. */
function textStart(text: string): number {
  return BULLET.exec(text)?.[0].length ?? indentOf(text);
}
