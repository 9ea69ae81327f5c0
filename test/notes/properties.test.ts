import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NoteError } from '../../src/errors.ts';
import { lineAt, type Note } from '../../src/notes/note.ts';
import { parseNote } from '../../src/notes/read.ts';

const fixtures = join(import.meta.dirname, 'fixtures');
const seeds = join(import.meta.dirname, '..', '..', 'seeds');
const samples = [fixtures, seeds].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => !name.endsWith('.outline'))
    .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') })),
);

/** Pieces of every notation: what trips parsers up is how they meet. */
const SCRAPS = [
  ...[
    '\n',
    '\n\n',
    ' ',
    '    ',
    '\t',
    '> ',
    '>> ',
    '* ',
    '** ',
    '- ',
    '1. ',
    '[ ] ',
    '# ',
    '## ',
    '===\n',
    '---\n',
    '~~~\n',
  ],
  ...[
    '```\n',
    '| a | b |\n',
    '|---|---|\n',
    '[a](http://b.c)',
    '[1]',
    '[1] http://a.b\n',
    '**x**',
    '_y_',
    '`z`',
    '<p>',
    '</p>',
  ],
  ...[
    '<ul><li>',
    '</ul>',
    '<b>',
    '<!--',
    '-->',
    '&amp;',
    '&#0;',
    '\u00a0',
    '\u2028',
    '\u200b',
    '\r',
    '\r\n',
    '\ufeff',
    '\ud800',
  ],
  ...[
    'From: a@b.c\n',
    'Subject: s\n',
    'Content-Type: text/html\n',
    '-- \n',
    'On 1 May 2020, x wrote:\n',
    '.. note::\n',
  ],
  ...[
    '`t <http://u.v>`_',
    '**Term**\n    body\n',
    '#+TITLE: t\n',
    ':END:\n',
    '== h\n',
    '|===\n',
    '14:00 <a> hi\n',
    'AB: c\n',
  ],
  ...[
    'Attendees:\n',
    'alice (al)\n',
    'word',
    'Bob will do it.',
    '<cite>A:</cite>',
    '<table><tr><td>',
    '<pre>',
    '…',
    '://',
    'é',
    '漢',
  ],
];
const anyText = fc.oneof(
  fc.array(fc.constantFrom(...SCRAPS), { maxLength: 60 }).map((scraps) => scraps.join('')),
  fc.string({ unit: 'binary', maxLength: 300 }),
);

function read(text: string | Uint8Array): Note | null {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  try {
    return parseNote('note', bytes);
  } catch (error) {
    if (error instanceof NoteError) return null;
    throw error;
  }
}

function quote(text: string): string {
  return text
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');
}

function texts(note: Note | null): readonly string[] {
  return note?.blocks.map((block) => `${block.kind} ${block.depth} ${block.text}`) ?? [];
}

function expectSound(note: Note, text: string): void {
  const last = text.split(/\r\n|\n|\r/).length;
  note.blocks.forEach((block, index) => {
    expect(block.index).toBe(index);
    expect(block.lines.start).toBeGreaterThanOrEqual(1);
    expect(block.lines.end).toBeGreaterThanOrEqual(block.lines.start);
    expect(block.lines.end).toBeLessThanOrEqual(last);
    for (const above of [block.parent, block.leadIn]) if (above !== null) expect(above).toBeLessThan(index);
    if (block.kind !== 'code') expect(block.text).toBe(block.text.replace(/\s+/g, ' ').trim());
    expect(block.depth > 0).toBe(block.list !== null && block.kind !== 'cell' ? true : block.depth > 0);
    const offsets = block.marks.map((mark) => mark.offset);
    expect(offsets).toEqual([...new Set(offsets)].sort((a, b) => a - b));
    for (const link of block.links) expect(block.text.slice(link.start, link.end)).toBe(link.text);
    for (const span of [...block.links, ...block.strong]) expect(span.end).toBeLessThanOrEqual(block.text.length);
    const line = lineAt(block, block.text.length);
    expect(line).toBeGreaterThanOrEqual(block.lines.start);
    expect(line).toBeLessThanOrEqual(block.lines.end);
  });
}

describe('whatever is given', () => {
  it('gives a sound note or a sentence', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const note = read(text);
        if (note) expectSound(note, text);
      }),
      { numRuns: 1500 },
    );
  });

  it('reads any bytes without a crash', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        read(bytes);
      }),
      { numRuns: 500 },
    );
  });

  it('reads the same twice', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(read(text)).toEqual(read(text));
      }),
      { numRuns: 200 },
    );
  });

  it('says the same when every line is quoted', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        // a mark or control characters in front decide how bytes are read, and a lone `\r` what a line is
        fc.pre(!/\r(?!\n)|\ufeff|[^\P{Cc}\s]/u.test(text) && text.trim() !== '');
        const quoted = quote(text);
        expect(texts(read(quoted))).toEqual(texts(read(text)));
      }),
      { numRuns: 600 },
    );
  });
});

describe('real notes', () => {
  it.each(samples)('$name is sound', ({ text }) => {
    const note = read(text);

    expect(note).not.toBeNull();
    if (note) expectSound(note, text);
  });

  it.each(samples.filter((sample) => !sample.name.startsWith('windows')))(
    '$name says the same when it is quoted',
    ({ text }) => {
      const quoted = quote(text);

      expect(texts(read(quoted))).toEqual(texts(read(text)));
    },
  );

  it.each(samples.filter((sample) => !sample.name.startsWith('windows')))(
    '$name says the same with other line ends',
    ({ text }) => {
      const other = text.replace(/\r?\n/g, '\r\n');

      expect(texts(read(other))).toEqual(texts(read(text)));
    },
  );

  it('puts every block where its text stands', () => {
    const { text } = samples.find((sample) => sample.name.startsWith('000')) ?? { text: '' };
    const lines = text.split('\n');

    for (const block of read(text)?.blocks ?? []) {
      for (const mark of block.marks) {
        const word = block.text.slice(mark.offset).split(' ')[0] ?? '';
        expect(lines[mark.line - 1]).toContain(word);
      }
    }
  });
});
