import { type Chunk, chunksOf, dropStart, isBlank, keepStart, type Line, linesFrom } from './lines.ts';

/** Joins what `format=flowed` broke: a line that ends with a space goes on with the next of the same quote depth. */
export function flow(lines: readonly Line[], deletes: boolean): Line[] {
  return linesFrom(flowed(lines, deletes), false);
}

function* flowed(lines: readonly Line[], deletes: boolean): Generator<Chunk> {
  let joined = false;
  for (const [at, line] of lines.entries()) {
    const marks = marksOf(line);
    const next = lines[at + 1];
    const soft = line.text.endsWith(' ') && !isSignature(line) && !isBlank(line);
    const goesOn = soft && next !== undefined && marksOf(next) === marks && !isSignature(next) && !isBlank(next);
    const stuffed = line.text.charAt(marks) === ' ' && (joined || marks === 0) ? 1 : 0;
    const text = goesOn && deletes ? keepStart(line, line.text.length - 1) : line;
    yield* chunksOf(dropStart(text, joined ? marks + stuffed : stuffed));
    if (!goesOn) yield { text: '\n', line: line.line, column: line.column };
    joined = goesOn;
  }
}

function marksOf(line: Line): number {
  return /^>*/.exec(line.text)?.[0].length ?? 0;
}

function isSignature(line: Line): boolean {
  return /^>* ?-- $/.test(line.text);
}
