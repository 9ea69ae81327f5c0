import type { Item } from '../items/item.ts';
import type { Found } from '../pipeline.ts';
import { text } from '../report/markdown.ts';
import { noteLine } from '../report/words.ts';
import { byNote } from './by-note.ts';

/** The items as a check-list, note by note and section by section; nobody is mentioned in it. */
export function itemsMarkdown({ notes, items }: Pick<Found, 'notes' | 'items'>): string {
  const groups = byNote(items);
  const lines = notes.flatMap((note) => {
    const own = groups.get(note.source) ?? [];
    return own.length === 0 ? [] : [`## ${text(noteLine(note))}`, '', ...sections(own)];
  });
  return lines.length === 0 ? 'No items found.\n' : `${lines.join('\n').trimEnd()}\n`;
}

function sections(items: readonly Item[]): readonly string[] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const name = item.section.join(' / ');
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [item]);
    else group.push(item);
  }
  return [...groups].flatMap(([name, group]) => [
    ...(name === '' ? [] : [`### ${text(name)}`, '']),
    ...group.map(line),
    '',
  ]);
}

function line({ kind, title, owners, due, source, tracked }: Item): string {
  const facts = [
    ...(owners.length === 0 ? [] : [owners.map(({ name }) => text(name)).join(', ')]),
    ...(due === null ? [] : [`due ${text(due.text)}`]),
    ...(tracked === null ? [] : [`tracked: ${text(tracked.url)}`]),
    source.lineStart === source.lineEnd ? `line ${source.lineStart}` : `lines ${source.lineStart}–${source.lineEnd}`,
  ];
  return `- [ ] ${kind === 'rfe' ? '**RFE** ' : ''}${text(title)} (${facts.join('; ')})`;
}
