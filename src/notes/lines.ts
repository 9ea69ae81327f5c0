/** A place in the raw file; both 1-based. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** From this offset of a line's text on, the text stands at another place of the raw file. */
export interface Cut extends Place {
  readonly offset: number;
}

/** A line of text after unwrapping (quotes, transfer encodings), which still knows where it stands in the raw file. */
export interface Line extends Place {
  readonly text: string;
  /** Where the text goes on elsewhere; empty for a line that is one raw line. */
  readonly cuts: readonly Cut[];
}

const NO_CUTS: readonly Cut[] = [];
const TAB = 4;

/** A line that stands on one raw line. */
export function lineOf(text: string, line: number, column = 1): Line {
  return { text, line, column, cuts: NO_CUTS };
}

/** The raw lines of a text; `\r\n`, `\r` and `\n` end one. */
export function splitLines(text: string): Line[] {
  return text.split(/\r\n|\n|\r/).map((content, index) => lineOf(content, index + 1));
}

/** The same line without its first `count` characters. */
export function dropStart(line: Line, count: number): Line {
  if (count <= 0) return line;
  const text = line.text.slice(count);
  if (line.cuts.length === 0) return lineOf(text, line.line, line.column + count);
  const start = placeIn(line, count);
  const cuts = line.cuts.filter((cut) => cut.offset > count).map((cut) => ({ ...cut, offset: cut.offset - count }));
  return { text, ...start, cuts };
}

/** The same line with another ending: its first `length` characters. */
export function keepStart(line: Line, length: number): Line {
  return { ...line, text: line.text.slice(0, length) };
}

/** Where an offset of a line's text stands in the raw file. */
export function placeIn(line: Line, offset: number): Place {
  let place: Cut = { offset: 0, line: line.line, column: line.column };
  for (const cut of line.cuts) {
    if (cut.offset > offset) break;
    place = cut;
  }
  return { line: place.line, column: place.column + offset - place.offset };
}

/** The width of the white space in front, tabs counted to the next stop. */
export function indentOf(text: string): number {
  let width = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i);
    if (char === 32 || char === 160) width++;
    else if (char === 9) width += TAB - (width % TAB);
    else break;
  }
  return width;
}

/** Whether a line shows nothing. */
export function isBlank(line: Line | undefined): boolean {
  return line === undefined || line.text.trim() === '';
}
