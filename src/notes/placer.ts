import type { Cut, Line, Place } from './lines.ts';

/** Tells where offsets of lines joined by `\n` stand in the raw file; fast for offsets that mostly ascend. */
export class Placer {
  readonly #cuts: Cut[] = [];
  #at = 0;

  constructor(lines: readonly Line[]) {
    let offset = 0;
    for (const line of lines) {
      this.#cuts.push({ offset, line: line.line, column: line.column });
      for (const cut of line.cuts) this.#cuts.push({ ...cut, offset: offset + cut.offset });
      offset += line.text.length + 1;
    }
  }

  /** The place of an offset. */
  place(offset: number): Place {
    const cut = this.#find(offset);
    return { line: cut.line, column: cut.column + offset - cut.offset };
  }

  /** The offset up to which the text goes on at the same raw line. */
  partEnd(offset: number): number {
    this.#find(offset);
    return this.#cuts[this.#at + 1]?.offset ?? Number.POSITIVE_INFINITY;
  }

  #find(offset: number): Cut {
    while (this.#at > 0 && (this.#cuts[this.#at]?.offset ?? 0) > offset) this.#at--;
    while ((this.#cuts[this.#at + 1]?.offset ?? Number.POSITIVE_INFINITY) <= offset) this.#at++;
    return this.#cuts[this.#at] ?? { offset: 0, line: 1, column: 1 };
  }
}
