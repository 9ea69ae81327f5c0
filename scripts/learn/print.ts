import type { Finding } from '../../src/items/item.ts';
import { type Gold, matchQuotes } from '../../test/eval/score.ts';
import { type addNote, figuresOf, isFalse, type Tally } from '../../test/eval/tally.ts';

const BANDS = [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01];

/** How often findings of a confidence are right; `may` passages count neither way. */
export class Calibration {
  readonly #right = new Map<number, number>();
  readonly #all = new Map<number, number>();

  add(gold: readonly Gold[], findings: readonly Finding[]): void {
    const matching = matchQuotes(
      gold,
      findings.map(({ quote }) => quote),
    );
    findings.forEach(({ confidence }, at) => {
      const item = gold[matching.ofPredicted.get(at) ?? -1];
      const right = item?.tier === 'must';
      if (!right && !isFalse(matching, at)) return;
      const band = BANDS.find((edge) => confidence < edge) ?? 1;
      this.#all.set(band, (this.#all.get(band) ?? 0) + 1);
      if (right) this.#right.set(band, (this.#right.get(band) ?? 0) + 1);
    });
  }

  toString(): string {
    const parts = BANDS.filter((band) => this.#all.has(band)).map((band) => {
      const all = this.#all.get(band) ?? 0;
      return `<${band.toFixed(1)}: ${Math.round((100 * (this.#right.get(band) ?? 0)) / all)} % of ${all}`;
    });
    return parts.join('  ');
  }
}

/** A line that says what follows. */
export function printHeader(text: string): void {
  process.stdout.write(`\n${text}\n`);
}

/** One note: its figures, and its errors where they are asked for. */
export function printNote(
  doc: string,
  { missed, wrong, tp }: ReturnType<typeof addNote>,
  found: number,
  { errors, notes }: { readonly errors?: boolean; readonly notes?: boolean },
): void {
  if (notes || errors)
    process.stdout.write(`  ${doc}: ${tp} right, ${wrong.length} false, ${missed.length} missed of ${found} found\n`);
  if (!errors) return;
  for (const item of missed)
    process.stdout.write(`    MISS ${item.line_start} [${item.kind}] ${item.quote.slice(0, 200)}\n`);
  for (const { source, kind, confidence, quote, evidence } of wrong) {
    process.stdout.write(
      `    FALSE ${source.lineStart} [${kind}] ${confidence.toFixed(2)} ${quote.slice(0, 200)}\n          because ${evidence.join(', ')}\n`,
    );
  }
}

/** The figures of a group of notes. */
export function printFigures(name: string, tally: Tally, calibration: Calibration): void {
  const figures = figuresOf(tally);
  const show = (value: number | null) => (value === null ? '  –  ' : value.toFixed(3));
  process.stdout.write(
    `${name.padEnd(7)} F1 ${show(figures.f1)}  P ${show(figures.precision)}  R ${show(figures.recall)}  macro ${show(figures.macroF1)}` +
      `  (${tally.tp} right, ${tally.fp} false, ${tally.fn} missed)\n` +
      `        kind ${show(figures.kind)}  owners ${show(figures.owners)}  refs ${show(figures.refs)}  due ${show(figures.due)}` +
      `  titles ${show(figures.titles)} (${figures.titleFaults} too long or dangling)\n` +
      `        calibration ${calibration}\n`,
  );
}
