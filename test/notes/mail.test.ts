import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { lineAt } from '../../src/notes/note.ts';
import { parseNote } from '../../src/notes/read.ts';

const fixtures = join(import.meta.dirname, 'fixtures');
const mails = readdirSync(fixtures).filter((name) => name.endsWith('.eml'));

function mailOf(headers: readonly string[], body: string | Uint8Array): Uint8Array {
  const head = Buffer.from(`${['From: Owner One <one@example.org>', ...headers, 'Subject: s'].join('\n')}\n\n`);
  return Buffer.concat([head, Buffer.from(body)]);
}

describe('mail', () => {
  it.each(mails)('%s shows only what a mail program shows', async (name) => {
    const bytes = readFileSync(join(fixtures, name));
    const mail = await PostalMime.parse(bytes);
    const shown = `${mail.text ?? ''}${mail.html?.replace(/<[^>]*>/g, '').replace(/&nbsp;/g, ' ') ?? ''}`.replace(
      /[\s>]+/g,
      '',
    );
    const note = parseNote(name, bytes);

    expect([mail.from?.name, mail.from?.name?.split(', ').reverse().join(' ')]).toContain(note.author);
    for (const block of note.blocks) expect(shown).toContain(block.text.replace(/[\s>]+/g, ''));
  });

  it.each([
    { charset: 'iso-8859-1', bytes: [0x63, 0x61, 0x66, 0xe9], text: 'café' },
    { charset: 'windows-1252', bytes: [0x93, 0x61, 0x94], text: '“a”' },
    { charset: 'utf-8', bytes: [0xc3, 0xbc, 0x62], text: 'üb' },
    { charset: 'koi8-r', bytes: [0xcd, 0xc9, 0xd2], text: 'мир' },
    { charset: 'nobody-knows', bytes: [0x61, 0x62], text: 'ab' },
    { charset: '', bytes: [0xe9, 0x61], text: 'éa' },
  ])('reads bytes in $charset', ({ charset, bytes, text }) => {
    const field = charset === '' ? 'X-Nothing: 1' : `Content-Type: text/plain; charset="${charset}"`;
    const note = parseNote('note', mailOf([field], Uint8Array.from([...bytes, 0x20, 0x6f, 0x6b])));

    expect(note.blocks[0]?.text).toBe(`${text} ok`);
  });

  it('knows the raw line of every word that soft breaks cut', () => {
    const note = parseNote(
      'note',
      mailOf(['Content-Transfer-Encoding: quoted-printable'], 'one tw=\no three=20=\nfour\n'),
    );
    const [block] = note.blocks;

    expect(block?.text).toBe('one two three four');
    expect(block && ['one', 'o three', 'four'].map((part) => lineAt(block, block.text.indexOf(part)))).toEqual([
      5, 6, 7,
    ]);
  });

  it('leaves signatures and footers out, wherever they stand', () => {
    const footer = `${'_'.repeat(47)}\ndev mailing list\nhttps://lists.example.org/mailman/listinfo/dev\n`;
    const note = parseNote('note', mailOf([], `We will do it.\n\n-- \nOwner One\n${footer}`));

    expect(note.blocks.map((block) => block.text)).toEqual(['We will do it.']);
  });

  it('takes the note from the quote below a short reply, and names its author', () => {
    const quote = ['Summary', '=======', '* bob will do it', '* alice will check it', 'More will follow.'].map(
      (line) => `> ${line}`,
    );
    const note = parseNote(
      'note',
      Buffer.from(
        `Thanks for this.\n\nOn Mon, 2 Feb 2026 at 10:00, Owner Two <two@example.org> wrote:\n${quote.join('\n')}\n`,
      ),
    );

    expect(note).toMatchObject({ kind: 'mail', author: 'Owner Two', date: '2026-02-02' });
    expect(note.blocks.filter((block) => block.quoted !== undefined)).toEqual([]);
    expect(note.blocks.map((block) => block.kind)).toEqual(['paragraph', 'heading', 'bullet', 'bullet', 'paragraph']);
  });
});
