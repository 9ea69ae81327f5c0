import type { Addresses } from './addresses.ts';

/** A part of the source while it is being understood. */
interface Token {
  readonly start: number;
  end: number;
  shown: string | null;
  url: string | null;
}

/** A run of `*`, `_` or `~` that may open or close emphasis. */
export interface Delimiter {
  readonly token: number;
  readonly char: string;
  readonly length: number;
  left: number;
  readonly opens: boolean;
  readonly closes: boolean;
}

/** A `[` or `![` that may open a link or an image. */
export interface Opener {
  readonly token: number;
  readonly after: number;
  readonly image: boolean;
  /** How many delimiters stood in front of it. */
  readonly delimiters: number;
}

/** A paragraph of markdown while its inline markup is understood. */
export interface InlineScan {
  readonly text: string;
  readonly addresses: Addresses;
  readonly tokens: Token[];
  readonly delimiters: Delimiter[];
  /** By token: how many emphasised spans begin there, less those that end. */
  readonly emphasis: Map<number, number>;
  readonly openers: Opener[];
  /** The runs of backticks that may still close one, by length. */
  ticks: Map<number, number[]> | null;
  readonly line: number;
  anchor: string | null;
  at: number;
}

/** Passes the source up to `end`: shown as it is, or as `shown`. */
export function push(scan: InlineScan, end: number, shown: string | null, url: string | null = scan.anchor): void {
  scan.tokens.push({ start: scan.at, end, shown, url });
  scan.at = end;
}

/** The match of a sticky pattern at a place. */
export function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** How often the character at a place is repeated. */
export function runLength(text: string, at: number): number {
  let end = at;
  while (text.charAt(end) === text.charAt(at) && end < text.length) end++;
  return end - at;
}
