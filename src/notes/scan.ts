import type { Addresses } from './addresses.ts';
import type { Bullet } from './bullets.ts';
import type { Dialect } from './dialects.ts';
import type { Layout } from './layout.ts';
import type { Line } from './lines.ts';
import type { Piece } from './pieces.ts';
import { closeList, type Growing } from './tree.ts';
import type { Voices } from './voices.ts';

/** What is known about a whole text while its lines are read. */
export interface Manner {
  readonly dialect: Dialect;
  readonly addresses: Addresses;
  readonly layout: Layout;
  readonly voices: Voices;
  /** The underlines seen so far: their order is the depth of their headings. */
  readonly underlines: string[];
}

/** The lines of a text, how far they are read, and which bullets are open there. */
export interface Scan extends Manner {
  readonly lines: readonly Line[];
  readonly tree: Growing;
  readonly open: Bullet[];
  /** The last bullet has no text yet. */
  empty: boolean;
  /** The indent of the line that deeper lines say more about. */
  hook: number | null;
  at: number;
}

/** The lines as their dialect's inline markup shows them. */
export function inline(scan: Scan, lines: readonly Line[]): Piece[] {
  return scan.dialect.inline(lines, scan.addresses);
}

/** Takes the lines up to, not with, the first that `ends` says. */
export function takeUntil(scan: Scan, ends: (line: Line, at: number) => boolean): Line[] {
  const start = scan.at;
  while (scan.at < scan.lines.length) {
    const line = scan.lines[scan.at];
    if (!line || (scan.at > start && ends(line, scan.at))) break;
    scan.at++;
  }
  return scan.lines.slice(start, scan.at);
}

/** Closes bullets until so many are open. */
export function closeDownTo(scan: Scan, count: number): void {
  while (scan.open.length > count) {
    scan.open.pop();
    closeList(scan.tree);
  }
  scan.empty = false;
}

/** How many of the open bullets a paragraph with this indent belongs to. */
export function innermost(scan: Scan, indent: number): number {
  const exact = scan.open.findLastIndex((open) => open.content === indent);
  if (exact >= 0) return exact + 1;
  return scan.open.findLastIndex((open) => indent >= Math.min(open.content, open.marker + 2)) + 1;
}
