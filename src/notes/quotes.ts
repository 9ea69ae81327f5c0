import { dropStart, isBlank, type Line } from './lines.ts';

/** A run of lines that were quoted equally often, without their marks. */
export interface Part {
  /** 0 for the text that the note is made of; an answered mail's text is quoted. */
  readonly quoted: number;
  readonly lines: readonly Line[];
}

const MARKS = /^(?:[ \t]{0,3}>)+ ?/;
const DEEPEST = 20;

/** Takes the quote marks off a text that is quoted as a whole. */
export function unquoteAll(lines: readonly Line[]): readonly Line[] {
  let rest = lines;
  for (let depth = 0; depth < DEEPEST; depth++) {
    if (!rest.some((line) => !isBlank(line)) || !rest.every((line) => isBlank(line) || line.text.startsWith('>')))
      break;
    rest = rest.map((line) => dropStart(line, line.text.startsWith('> ') ? 2 : line.text.startsWith('>') ? 1 : 0));
  }
  return rest;
}

/** Cuts a mail's text where the depth of quotation changes; a blank line in a quote belongs to it. */
export function partsOf(lines: readonly Line[]): { base: number; parts: Part[] } {
  const runs: { depth: number; lines: Line[]; filled: number }[] = [];
  const depths = depthsOf(lines);
  lines.forEach((line, index) => {
    const depth = depths[index] ?? 0;
    if (runs.at(-1)?.depth !== depth) runs.push({ depth, lines: [], filled: 0 });
    const run = runs.at(-1);
    run?.lines.push(depth === 0 ? line : dropStart(line, MARKS.exec(line.text)?.[0].length ?? 0));
    if (run && !isBlank(run.lines.at(-1))) run.filled++;
  });
  const base = baseOf(runs);
  const parts = runs.map((run) => ({ quoted: Math.min(Math.max(0, run.depth - base), DEEPEST), lines: run.lines }));
  return { base, parts };
}

function depthsOf(lines: readonly Line[]): number[] {
  const depths = lines.map((line) => (MARKS.exec(line.text)?.[0].match(/>/g) ?? []).length);
  let next = 0;
  for (let at = lines.length - 1; at >= 0; at--) {
    if (isBlank(lines[at]) && (depths[at - 1] ?? 0) === next) depths[at] = next;
    next = depths[at] ?? 0;
  }
  return depths;
}

/**
 * The depth at which the note itself stands: where a reply only stands above or below one long quote, the quote carries
 * the note; where answers stand between the quoted passages, the answers are the note.
 */
function baseOf(runs: readonly { depth: number; filled: number }[]): number {
  const own = runs.filter((run) => run.depth === 0 && run.filled > 0);
  const quoted = runs.filter((run) => run.depth > 0 && run.filled > 0);
  const longest = quoted.reduce((best, run) => (run.filled > best.filled ? run : best), { depth: 0, filled: 0 });
  const ownLines = own.reduce((sum, run) => sum + run.filled, 0);
  return own.length <= 2 && longest.filled > ownLines ? longest.depth : 0;
}
