import type { Explained } from '../items/extract.ts';
import type { Item } from '../items/item.ts';
import type { Note } from '../notes/note.ts';
import type { Found } from '../pipeline.ts';

type Wanted = { readonly all?: boolean; readonly explain?: boolean };

/** What `extract --format json` prints; `docs/schema/extract.schema.json` describes it. */
export function itemsJson(found: Pick<Found, 'notes' | 'items' | 'extractions'>, { all, explain }: Wanted) {
  return {
    notes: found.notes.map(noteJson),
    items: found.items.map(itemJson),
    ...(all ? { close: statements(found, ({ close }) => close) } : {}),
    ...(explain ? { statements: statements(found, (extraction) => extraction.explain()) } : {}),
  };
}

function noteJson({ source, url, kind, title, author, date, hash }: Note) {
  return { source, url, kind, title, author, date, hash };
}

function itemJson(item: Item) {
  const { key, kind, title, quote, owners, refs, due, section, source, tracked, confidence, evidence } = item;
  const alsoIn = item.alsoIn.map(({ note, lineStart, lineEnd }) => ({ note, lineStart, lineEnd }));
  return {
    key,
    kind,
    title,
    quote,
    owners,
    refs,
    due,
    section,
    source,
    alsoIn,
    tracked,
    confidence: round(confidence),
    evidence,
  };
}

function statements(
  { notes, extractions }: Pick<Found, 'notes' | 'extractions'>,
  some: (extraction: Found['extractions'][number]) => readonly Explained[],
) {
  return extractions.flatMap((extraction, index) =>
    some(extraction).map(({ text, lineStart, lineEnd, confidence, reasons }) => ({
      text,
      source: { note: notes[index]?.source ?? '', lineStart, lineEnd },
      confidence: round(confidence),
      reasons: reasons.map(({ id, weight }) => ({ id, weight: round(weight) })),
    })),
  );
}

/** Three digits say all that there is to say. */
export function round(number: number): number {
  return Math.round(number * 1000) / 1000;
}
