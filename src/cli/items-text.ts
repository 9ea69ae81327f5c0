import type { Explained } from '../items/extract.ts';
import type { Item } from '../items/item.ts';
import type { Note } from '../notes/note.ts';
import type { Found } from '../pipeline.ts';
import { count, longDate, shortRef } from '../report/words.ts';
import type { Paint } from '../terminal/paint.ts';
import { clip, flow, pad, printable, toWidth, widest, widthOf, wrap } from '../terminal/text.ts';
import { byNote } from './by-note.ts';
import type { ExtractFlags } from './extract.ts';
import type { Screen } from './screen.ts';

type Shown = Pick<ExtractFlags, 'all' | 'explain'>;
type Extraction = Found['extractions'][number];

interface Page {
  readonly width: number;
  readonly paint: Paint;
  readonly shown: Shown;
}

/** The items for a terminal, by note and section; below them what came close, and why where that was asked for. */
export function itemsText(
  { notes, items, extractions }: Pick<Found, 'notes' | 'items' | 'extractions'>,
  shown: Shown,
  { width, paint }: Pick<Screen, 'width' | 'paint'>,
): string {
  const page: Page = { width: Math.max(40, width), paint, shown };
  const groups = byNote(items);
  const lines = notes.flatMap((note, index) => {
    const own = groups.get(note.source) ?? [];
    const extraction = extractions[index];
    return [
      ...head(note, own, page),
      '',
      ...sections(note, own, page),
      ...(extraction === undefined ? [] : asides(extraction, page)),
    ];
  });
  const close = extractions.flatMap((extraction) => extraction.close);
  return `${[...lines, ...footer(close, page)].join('\n').trimEnd()}\n`;
}

function head(note: Note, items: readonly Item[], { width, paint }: Page): readonly string[] {
  const date = note.date === null ? [] : [longDate(note.date)];
  const left = [note.title, ...(note.author === null ? [] : [note.author]), ...date, note.kind]
    .map(printable)
    .join(' · ');
  const rfes = items.filter(({ kind }) => kind === 'rfe').length;
  const split = `${count(items.length - rfes, 'action')}, ${count(rfes, 'RFE')}`;
  const right = items.length === 0 ? 'no items' : `${count(items.length, 'item')} (${split})`;
  const gap = width - widthOf(left) - widthOf(right);
  if (gap >= 3) return [paint.strong(left) + ' '.repeat(gap) + right];
  return [...wrap(left, width).map(paint.strong), `  ${right}`];
}

function sections(note: Note, items: readonly Item[], page: Page): readonly string[] {
  const lines: string[] = [];
  const owners = Math.min(widest(items.map(ownersText), 1), page.width < 64 ? 8 : page.width < 100 ? 14 : 24);
  let section: string | null = null;
  for (const item of items) {
    // The note's title stands above already.
    const name = printable(item.section.filter((heading) => heading !== note.title).join(' / '));
    if (name !== section && name !== '') lines.push(`  ${page.paint.dim(clip(name, page.width - 2))}`);
    section = name;
    lines.push(...row(item, owners, page));
  }
  return items.length === 0 ? [] : [...lines, ''];
}

/** Columns for the kind, the line, and the confidence. */
const [KIND, LINE, CONFIDENCE] = [6, 5, 4];

function row(item: Item, owners: number, { width, paint }: Page): readonly string[] {
  const titles = width - 4 - KIND - 2 - 2 - owners - 2 - LINE - 2 - CONFIDENCE;
  const tracked =
    item.tracked === null
      ? ''
      : `tracked as ${printable(shortRef({ id: item.tracked.id ?? item.tracked.url, url: item.tracked.url }))}`;
  const title = printable(item.title);
  // Beside the title where both fit, else on a line of its own.
  const beside = tracked !== '' && widthOf(title) + widthOf(tracked) + 2 <= titles;
  const shown = beside ? pad(title, titles - widthOf(tracked)) + paint.dim(tracked) : toWidth(title, titles);
  const kind = pad(item.kind, KIND);
  const where = pad(`L${item.source.lineStart}`, LINE);
  const line = `    ${item.kind === 'rfe' ? paint.changed(kind) : paint.fresh(kind)}  ${shown}  ${toWidth(ownersText(item), owners)}  ${where}  ${paint.dim(item.confidence.toFixed(2))}`;
  return tracked === '' || beside
    ? [line]
    : [line, `${' '.repeat(KIND + 6)}${paint.dim(clip(tracked, width - KIND - 6))}`];
}

function ownersText({ owners }: Item): string {
  return owners.length === 0 ? '–' : owners.map(({ name }) => printable(name)).join(', ');
}

/** What came close, and the reasons, where they were asked for. */
function asides(extraction: Extraction, page: Page): readonly string[] {
  const { all, explain } = page.shown;
  if (explain) {
    const told = all
      ? extraction.explain()
      : extraction.explain().filter(({ confidence }) => confidence >= lowest(extraction));
    return [`  ${page.paint.dim('Why:')}`, ...told.flatMap((one) => statement(one, page, true)), ''];
  }
  if (!all || extraction.close.length === 0) return [];
  return [`  ${page.paint.dim('Came close:')}`, ...extraction.close.flatMap((one) => statement(one, page, false)), ''];
}

/** Without `--all`, the reasons of items and of what came close are enough. */
function lowest({ findings, close }: Extraction): number {
  return [...findings, ...close].reduce((least, { confidence }) => Math.min(least, confidence), 1);
}

function statement(
  { text, lineStart, confidence, reasons }: Explained,
  { width, paint }: Page,
  why: boolean,
): readonly string[] {
  const start = `    ${pad(`L${lineStart}`, LINE)}  ${confidence.toFixed(2)}  `;
  const [first = '', ...rest] = wrap(printable(text), width - widthOf(start));
  const indent = ' '.repeat(widthOf(start));
  const told = why ? flow(strongest(reasons, paint), width - indent.length, '  ') : [];
  return [start + first, ...rest.map((line) => indent + line), ...told.map((line) => indent + line)];
}

/** The weak ones say little and drown the strong ones. */
const STRONG = 8;

function strongest(reasons: Explained['reasons'], paint: Paint): readonly string[] {
  const shown = reasons.slice(0, STRONG).map(({ id, weight }) => reason(printable(id), weight, paint));
  return reasons.length <= STRONG ? shown : [...shown, paint.dim(`${reasons.length - STRONG} weaker ones`)];
}

function reason(id: string, weight: number, paint: Paint): string {
  const shown = `${weight >= 0 ? '+' : '−'}${Math.abs(weight).toFixed(1)} ${id}`;
  return weight >= 0 ? paint.fresh(shown) : paint.wrong(shown);
}

function footer(close: readonly Explained[], { width, paint, shown }: Page): readonly string[] {
  if (close.length === 0 || shown.all) return [];
  const numbers = close.map(({ confidence }) => confidence).sort((a, b) => a - b);
  const [from, to] = [numbers[0]?.toFixed(2), numbers.at(-1)?.toFixed(2)];
  const range = from === to ? from : `${from}–${to}`;
  const hints = shown.explain ? '--all shows them' : '--all shows them, --explain says why';
  const came = close.length === 1 ? '1 more statement came close' : `${close.length} more statements came close`;
  return wrap(`${came} (${range}): ${hints}`, width - 2).map((line) => `  ${paint.dim(line)}`);
}
