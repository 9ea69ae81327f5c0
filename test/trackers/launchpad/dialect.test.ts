import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { launchpadDialect as dialect } from '../../../src/trackers/launchpad/dialect.ts';
import { anIssueText } from '../harness.ts';
import { aKey } from './desk.ts';

const key = aKey('abcdefghij234567');
const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 });
const text = fc
  .array(fc.oneof(words, fc.constantFrom('\n', '\r\n', '--- ptg-tracker ', '@alice', '#12')), { maxLength: 12 })
  .map((parts) => parts.join(''));

describe('a block in a Launchpad description', () => {
  it('stands between two lines that people see, with the key in the last one', () => {
    const lines = dialect.wrap(key, 'One fact').split('\n');

    expect(lines[0]).toMatch(
      /^--- ptg-tracker abcdefghij234567 begins, hash [0-9a-f]{16}: please edit outside of it ---$/,
    );
    expect(lines.at(-1)).toBe('--- ptg-tracker abcdefghij234567 ends ---');
  });

  it('is found whole and untouched around any content, under any text of people', () => {
    fc.assert(
      fc.property(text, text, text, (before, content, after) => {
        const clean = (part: string) => part.replaceAll('--- ptg-tracker ', '--- other ');
        const body = `${clean(before)}\n${dialect.wrap(key, content)}\n${clean(after)}`;

        expect(dialect.find(body)).toMatchObject({ key, untouched: true });
      }),
    );
  });

  it('is exchanged without another byte being changed', () => {
    fc.assert(
      fc.property(text, text, text, (before, content, after) => {
        const clean = (part: string) => part.replaceAll('--- ptg-tracker ', '--- other ');
        const [head, tail] = [`${clean(before)}\n`, `\n${clean(after)}`];

        const body = dialect.replace(head + dialect.wrap(key, 'first') + tail, key, content);

        expect(body).toBe(head + dialect.wrap(key, content) + tail);
        expect(dialect.replace(body, key, content)).toBe(body);
      }),
    );
  });

  it('is seen as touched when a letter of it was changed, and keeps its key', () => {
    const body = dialect.wrap(key, 'One fact\nAnother fact').replace('Another', 'A better');

    expect(dialect.find(body)).toEqual({ key, content: 'One fact\nA better fact', untouched: false });
  });

  it.each(['begins', 'ends'])('keeps its key when the line where it %s is gone', (word) => {
    const lines = dialect.wrap(key, 'One fact').split('\n');

    const found = dialect.find(lines.filter((line) => !line.includes(` ${word}`)).join('\n'));

    expect(found).toMatchObject({ key, untouched: false });
  });

  it('survives line ends of another kind', () => {
    const body = dialect.wrap(key, 'One fact\nAnother fact').replaceAll('\n', '\r\n');

    expect(dialect.find(body)).toMatchObject({ content: 'One fact\nAnother fact', untouched: true });
  });

  it('is not taken from a copy that stands below it', () => {
    const other = aKey('zzzzzzzzzzzzzzzz');
    const body = `${dialect.wrap(key, 'Ours')}\n\nA person quotes:\n${dialect.wrap(other, 'Theirs')}`;

    expect(dialect.find(body)).toMatchObject({ key, content: 'Ours', untouched: true });
  });

  it('is found in time that grows with the text, whatever the text', () => {
    const body = '--- ptg-tracker abcdefghij234567 ends ---x\n'.repeat(200_000);
    const start = performance.now();

    expect(dialect.find(body)).toBeNull();
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

describe('what a block says', () => {
  it('reads like a note to a colleague', () => {
    const content = dialect.render(
      anIssueText({
        owners: [
          { name: 'Owner One', account: 'owner-one', assigned: true },
          { name: 'Owner Two', account: null, assigned: false },
        ],
        due: 'Victoria-2',
        refs: [{ url: 'https://bugs.launchpad.net/bugs/1', label: 'LP 1' }],
      }),
    );

    expect(content.split('\n')).toEqual([
      'Item: Drop the old grenade job',
      'Said: “Owner One will drop the old grenade job.”',
      'Section: Jobs',
      'From: Team meeting summary (Author One, 2026-03-02)',
      'Note: notes/summary.md, lines 10–11',
      'Owner: Owner One — ~owner-one, assigned',
      'Owner: Owner Two — no Launchpad account known, not assigned',
      'Due: Victoria-2',
      'See: LP 1 https://bugs.launchpad.net/bugs/1',
      'Found by: will',
      'Kept by ptg-tracker; the tag ptg-tracker-ignore stops it.',
    ]);
  });

  it('is read back as it was, whatever stands in it', () => {
    const plain = words
      .map((word) =>
        word
          .replace(/\s+/g, ' ')
          .replace(/[@#]\u200b/g, '')
          .trim(),
      )
      .filter((word) => word !== '');
    fc.assert(
      fc.property(plain, plain, plain, plain, (title, quote, section, owner) => {
        const clean = (value: string) => value.replaceAll('»', '>').replaceAll(' — ', ' - ');
        const owners = [{ name: owner, account: null, assigned: false }];

        const passage = dialect.read(dialect.render(anIssueText({ title, quote, section: [section], owners })));

        expect(passage).toEqual({
          title,
          quote,
          section: [clean(section)],
          owners: [clean(owner)],
          note: 'notes/summary.md',
        });
      }),
    );
  });

  it('is null when the passage itself is gone', () => {
    expect(dialect.read('Section: Jobs\nOwner: not named')).toBeNull();
  });
});

describe('text that is made safe', () => {
  it('pings nobody and links nothing, and reads the same', () => {
    const given = 'Ask @alice about #12; fixes #7, LP: #1234567, and mail bob@example.org.';

    const safe = dialect.neutralise(given);

    expect(safe).not.toMatch(/@\w|#\d/);
    expect(safe.replaceAll('\u200b', '')).toBe(given);
  });
});
