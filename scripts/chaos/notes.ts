import { loadLanguage } from '../../config/language.ts';
import type { Person } from '../../config/schema.ts';
import { extract } from '../../src/items/extract.ts';
import type { Item } from '../../src/items/item.ts';
import { merge } from '../../src/items/merge.ts';
import { parseNote } from '../../src/notes/read.ts';
import { OWNERS, quoteOf, type Statement } from './statements.ts';

/** The people of the notes, as `people.yaml` would name them. */
const PEOPLE: readonly Person[] = OWNERS.map(({ name, github, launchpad }) => ({
  name,
  nicks: [],
  mail: [],
  ...(github === null ? {} : { github }),
  ...(launchpad === null ? {} : { launchpad }),
}));

/** How a document of each name is written: a page, the mail that replies to it, the blog post. */
const FORMATS: Readonly<Record<string, (statements: readonly Statement[]) => string>> = {
  'notes/summary.md': (statements) =>
    [
      '# Team meeting summary of 2 March 2026',
      'Author One',
      '## Welcome',
      'It rained, and everybody was there.',
      ...sections(
        statements,
        (heading) => `## ${heading}`,
        (text) => `* ${text}`,
      ),
    ].join('\n\n'),
  'notes/reply.txt': (statements) =>
    [
      'From: Author One <author-one@example.org>\nDate: Mon, 2 Mar 2026 12:00:00 +0000\nSubject: Re: Team meeting summary\nMessage-ID: <1@example.org>\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8',
      'Hello,',
      ...sections(
        statements,
        (heading) => `${heading}\n${'='.repeat(heading.length)}`,
        (text) => `* ${text}`,
      ),
      '-- \nAuthor One',
    ].join('\n\n'),
  'notes/blog.html': (statements) =>
    `<!doctype html><html><head><title>Team meeting summary</title></head><body><h1>Team meeting summary</h1>\n${sections(
      statements,
      (heading) => `<h2>${heading}</h2>`,
      (text) => `<ul><li>${text}</li></ul>`,
    ).join('\n')}\n</body></html>`,
};

/** Statements under one heading, in the order of their lines. */
function sections(
  statements: readonly Statement[],
  heading: (text: string) => string,
  bullet: (text: string) => string,
): string[] {
  return [
    heading('Work'),
    ...statements.toSorted((one, other) => one.line - other.line).map((one) => bullet(quoteOf(one))),
  ];
}

/** The documents that state these statements, by their names. */
export function textsOf(statements: readonly Statement[]): ReadonlyMap<string, string> {
  const texts = Object.entries(FORMATS).map(([name, format]) => {
    const mine = statements.filter(({ note, alsoIn }) => note === name || alsoIn === name);
    return [name, mine.length === 0 ? '' : format(mine)] as const;
  });
  return new Map(texts.filter(([, text]) => text !== ''));
}

let language: ReturnType<typeof loadLanguage> | null = null;

/** The items that the program itself finds in documents. */
export async function itemsIn(texts: ReadonlyMap<string, string>): Promise<readonly Item[]> {
  language ??= loadLanguage();
  const options = { language: await language, people: PEOPLE };
  const notes = [...texts].map(([name, text]) => parseNote(name, Buffer.from(text)));
  return merge(notes.flatMap((note) => extract(note, options).findings));
}
