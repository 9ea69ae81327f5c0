import type { Item } from '../items/item.ts';
import type { Found } from '../pipeline.ts';
import { csv } from '../report/csv.ts';

const COLUMNS: readonly (readonly [string, (item: Item) => string | number | null])[] = [
  ['key', ({ key }) => key],
  ['kind', ({ kind }) => kind],
  ['title', ({ title }) => title],
  ['owners', ({ owners }) => owners.map(({ name }) => name).join('; ')],
  ['due', ({ due }) => due?.text ?? null],
  ['dueDate', ({ due }) => due?.date ?? null],
  ['tracked', ({ tracked }) => tracked?.url ?? null],
  ['refs', ({ refs }) => refs.map(({ url }) => url).join(' ')],
  ['section', ({ section }) => section.join(' / ')],
  ['note', ({ source }) => source.note],
  ['lineStart', ({ source }) => source.lineStart],
  ['lineEnd', ({ source }) => source.lineEnd],
  ['confidence', ({ confidence }) => Number(confidence.toFixed(3))],
  ['evidence', ({ evidence }) => evidence.join('; ')],
  ['quote', ({ quote }) => quote],
];

/** The items as CSV, one row each under a row of names. */
export function itemsCsv({ items }: Pick<Found, 'items'>): string {
  return csv([COLUMNS.map(([name]) => name), ...items.map((item) => COLUMNS.map(([, value]) => value(item)))]);
}
