import { dropStart, isBlank, type Line } from './lines.ts';

/** A run of lines that were quoted equally often, without their marks. */
export interface Part {
  /** 0 for the text that the note is made of; an answered mail's text is quoted. */
  readonly quoted: number;
  readonly lines: readonly Line[];
}

const MARKS = /^(?:[ \t]{0,3}>)+ ?/;
const DEEPEST = 20;
const ATTRIBUTION = /\b(?:wrote|writes|schrieb|écrit|escribió)\b[^:]{0,60}:\s*$/;

const WROTE =
  /^(?:On|Am|Le|El) (.{6,80}?)(?:,? (?:at )?\d{1,2}:\d\d(?::\d\d)?(?: ?[AP]M)?(?: (?:[+-]\d{4}|[A-Z]{2,5}))?)?(?: \([A-Z]{2,5}\))?(?:,| um| schrieb| a écrit)? ([^\d,<>:()]{2,60}?)\s?(?:<[^>]{3,100}>|\([^)]{3,100}\)|\[[^\]]{3,100}\])?\s?(?:wrote|writes|schrieb|a écrit)?\s?:\s*$/;

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

/** The last attribution of a mail ("On 12 Nov 2019, Owner One wrote:"): who wrote what is quoted, and when, as written. */
export function attributionIn(lines: readonly Line[]): { author: string; date: string | null } | null {
  for (let at = lines.length - 1; at >= 0; at--) {
    const text = lines[at]?.text.replace(/^[>\s]*/, '') ?? '';
    if (!/wrote:|writes:|schrieb|écrit/.test(text)) continue;
    const whole = /^(?:On|Am|Le|El) /.test(text) ? text : `${lines[at - 1]?.text.replace(/^[>\s]*/, '') ?? ''} ${text}`;
    const match = WROTE.exec(whole);
    const author = match?.[2]?.replace(/^["']|["']$/g, '').trim();
    if (match && author) return { author, date: match[1] ?? null };
  }
  return null;
}

/** Whether a line only says who wrote what is quoted below. */
export function isAttribution(text: string): boolean {
  return (
    text.length < 300 && text.trimEnd().endsWith(':') && ATTRIBUTION.test(text) && /\d|<|@|^\S+ \S+ wrote:/.test(text)
  );
}

/** Blanks what mail programs and list servers add: signatures, list footers, attributions, scrubbed parts. */
export function withoutWrappers(lines: readonly Line[]): Line[] {
  let gone = false;
  return lines.map((line, at) => {
    const text = line.text;
    if (startsFooter(lines, at)) gone = true;
    const isExtra = isWrote(lines, at) || isScrubbed(lines, at) || isSeal(text);
    return gone || isExtra ? { ...line, text: '', cuts: [] } : line;
  });
}

function startsFooter(lines: readonly Line[], at: number): boolean {
  const text = lines[at]?.text ?? '';
  if (/^-- ?$/.test(text) || /^-----BEGIN PGP SIGNATURE-----/.test(text)) return lines.length - at < 40;
  if (!/^\s*[_-]{20,}\s*$/.test(text)) return false;
  const below = lines.slice(at + 1, at + 4).map((line) => line.text);
  return below.some((each) => /mailing list|listinfo|mailman|unsubscribe/i.test(each));
}

/** Whether a line is an attribution, or one of the two lines that one was broken into. */
function isWrote(lines: readonly Line[], at: number): boolean {
  const text = lines[at]?.text ?? '';
  if (isAttribution(text)) return true;
  const isNear = text.startsWith('On ') || text.includes('wrote:');
  return isNear && isSplitAttribution(lines, at);
}

function isSplitAttribution(lines: readonly Line[], at: number): boolean {
  const text = lines[at]?.text ?? '';
  const next = lines[at + 1]?.text ?? '';
  const before = lines[at - 1]?.text ?? '';
  if (/^On .{6,200}$/.test(text) && !ATTRIBUTION.test(text))
    return /^[^.!?]{0,100}wrote:\s*$/.test(next) && !isBlank(lines[at + 1]);
  return /^[^.!?]{0,100}wrote:\s*$/.test(text) && /^On .{6,200}\d/.test(before);
}

function isScrubbed(lines: readonly Line[], at: number): boolean {
  const start = lines
    .slice(Math.max(0, at - 6), at + 1)
    .findLastIndex((line) => /^-{5,} next part -{5,}$/.test(line.text));
  if (start < 0) return false;
  const from = Math.max(0, at - 6) + start;
  return !lines.slice(from, at).some((line) => isBlank(line));
}

function isSeal(text: string): boolean {
  return /^-----BEGIN PGP SIGNED MESSAGE-----|^Hash: SHA\d+$|^Sent from my \w+/.test(text);
}
