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

/** The raw lines of a text; `\n` and `\r\n` end one, `\r` only where it does so everywhere. */
export function splitLines(text: string): Line[] {
  const ends = text.includes('\n') ? /\r?\n/ : /\r/;
  return text.split(ends).map((content, index) => lineOf(content, index + 1));
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
  if (line.cuts.length === 0) return { line: line.line, column: line.column + offset };
  const cut = line.cuts[cutsUpTo(line, offset) - 1];
  if (!cut) return { line: line.line, column: line.column + offset };
  return { line: cut.line, column: cut.column + offset - cut.offset };
}

/** How many cuts of a line are at or before an offset. */
export function cutsUpTo(line: Line, offset: number): number {
  let low = 0;
  let high = line.cuts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((line.cuts[middle]?.offset ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
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

/** Text that stands at one place of the raw file. */
export interface Chunk extends Place {
  readonly text: string;
}

/** A line as chunks, one for each raw line that it came from. */
export function* chunksOf(line: Line): Generator<Chunk> {
  let start: Cut = { offset: 0, line: line.line, column: line.column };
  for (const cut of line.cuts) {
    yield { text: line.text.slice(start.offset, cut.offset), line: start.line, column: start.column };
    start = cut;
  }
  yield { text: line.text.slice(start.offset), line: start.line, column: start.column };
}

/** Chunks as lines; `advances` says that a line end in a chunk is one in the raw file too. */
export function linesFrom(chunks: Iterable<Chunk>, advances: boolean): Line[] {
  const lines: Line[] = [];
  let open: { text: string[]; length: number; place: Place; cuts: Cut[] } | null = null;
  const close = (): void => {
    if (open) lines.push({ text: open.text.join(''), ...open.place, cuts: open.cuts });
    open = null;
  };
  for (const chunk of chunks) {
    let place: Place = { line: chunk.line, column: chunk.column };
    const parts = chunk.text.split('\n');
    parts.forEach((text, index) => {
      if (index > 0) close();
      if (index > 0 && advances) place = { line: place.line + 1, column: 1 };
      if (open === null) open = { text: [text], length: text.length, place, cuts: [] };
      else if (text !== '') {
        open.cuts.push({ offset: open.length, ...place });
        open.text.push(text);
        open.length += text.length;
      }
    });
  }
  if (open !== null && (open as { length: number }).length > 0) close();
  return lines;
}
