import type { Finding } from '../items/item.ts';
import type { Comparison } from '../model/compare.ts';
import type { Found } from '../pipeline.ts';
import { count } from '../report/words.ts';
import { pad, printable, wrap } from '../terminal/text.ts';
import { round } from './items-json.ts';
import type { Screen } from './screen.ts';

type Seen = Pick<Found, 'second'>;

/** What `extract --explain --format json` says of the model's opinion; nothing where none was asked. */
export function secondJson({ second }: Seen) {
  if (second === null) return {};
  return {
    model: second.comparisons.map(({ note, both, onlyModel, onlyRules, refused }) => ({
      note,
      both: both.map(brief),
      onlyModel: onlyModel.map(brief),
      onlyRules: onlyRules.map(brief),
      refused,
    })),
  };
}

function brief({ kind, title, quote, owners, source, confidence, evidence }: Finding) {
  return { kind, title, quote, owners, source, confidence: round(confidence), evidence };
}

/** One line for everybody who has asked a model; null for all others. */
export function secondLine({ second }: Seen): string | null {
  if (second === null) return null;
  const sum = (of: (comparison: Comparison) => number) => second.comparisons.reduce((all, one) => all + of(one), 0);
  const refused = sum((one) => refusedIn(one));
  const told = [
    `${count(
      sum(({ both }) => both.length),
      'item',
    )} found by the rules and the model`,
    `${sum(({ onlyRules }) => onlyRules.length)} by the rules alone`,
    `${sum(({ onlyModel }) => onlyModel.length)} by the model alone`,
  ].join(', ');
  return refused === 0 ? told : `${told}; ${count(refused, 'offer')} of the model refused`;
}

function refusedIn({ refused }: Comparison): number {
  return Object.values(refused).reduce((all, n) => all + n, 0);
}

const REASONS = {
  form: 'without the form that was asked for',
  many: 'more than a part of a note can hold',
  quote: 'whose quote does not stand in the note',
  title: 'without a usable title',
  twice: 'said twice',
} as const;

/** The differences of the two opinions for a terminal. */
export function secondText({ second }: Seen, { width, paint }: Pick<Screen, 'width' | 'paint'>): string {
  const lines = (second?.comparisons ?? []).flatMap((one) => {
    const refused = Object.entries(REASONS).flatMap(([why, words]) => {
      const n = one.refused[why as keyof typeof REASONS] ?? 0;
      return n === 0 ? [] : [`    ${n} ${words}`];
    });
    return [
      paint.strong(`The model on ${printable(one.note)}`),
      ...group('Only the model:', one.onlyModel, width, paint.fresh),
      ...group('Only the rules:', one.onlyRules, width, paint.wrong),
      ...(refused.length === 0 ? [] : [`  ${paint.dim('Refused:')}`, ...refused]),
      `  ${paint.dim(`Found by both: ${one.both.length}`)}`,
      '',
    ];
  });
  return lines.length === 0 ? '' : `\n${lines.join('\n').trimEnd()}\n`;
}

function group(
  name: string,
  findings: readonly Finding[],
  width: number,
  coloured: (text: string) => string,
): readonly string[] {
  if (findings.length === 0) return [];
  const told = findings.flatMap(({ title, quote, source }) => {
    const start = `    ${pad(`L${source.lineStart}`, LINE)}  `;
    const indent = ' '.repeat(start.length);
    const columns = Math.max(30, width - start.length);
    const [first = '', ...rest] = wrap(printable(title), columns).map(coloured);
    return [start + first, ...[...rest, ...wrap(printable(quote), columns)].map((line) => indent + line)];
  });
  return [`  ${name}`, ...told];
}

const LINE = 5;
