import type { Passage } from '../tracker.ts';
import { plain } from './markdown.ts';
import { WORDS } from './render.ts';

/** Reads a block's content back; null when a person has changed it beyond reading. */
export function read(content: string): Passage | null {
  const lines = content.split(/\r\n|\r|\n/);
  const quote = lines.filter((line) => line.startsWith('> ')).map((line) => line.slice(2));
  if (quote.length === 0) return null;
  return {
    title: plainOrNull(after(lines, WORDS.title)),
    quote: plain(quote.join(' ')).trim(),
    section: section(after(lines, WORDS.from)),
    owners: owners(after(lines, WORDS.owner)),
    note: plainOrNull(/, lines? [\d–]+ of (?<note>.+)\.$/.exec(after(lines, WORDS.from) ?? '')?.groups?.note ?? null),
  };
}

function after(lines: readonly string[], words: string): string | null {
  return lines.find((line) => line.startsWith(words))?.slice(words.length) ?? null;
}

function plainOrNull(markdown: string | null): string | null {
  return markdown === null ? null : plain(markdown);
}

function section(from: string | null): readonly string[] {
  const names = /^\*\*(?<names>(?:[^*\\]|\\.)+)\*\* in /.exec(from ?? '')?.groups?.names;
  return names === undefined ? [] : names.split(' › ').map(plain);
}

function owners(line: string | null): readonly string[] {
  const list = line?.replace(/\.$/, '') ?? WORDS.nobody;
  if (list === WORDS.nobody) return [];
  const names = list.split(' · ').filter((name) => !/^and \d+ more$/.test(name));
  return names.map((name) => plain(name.split(WORDS.notAssigned)[0] ?? ''));
}
