import { describe, expect, it } from 'vitest';
import { dateIn } from '../../src/notes/facts.ts';
import type { Note } from '../../src/notes/note.ts';
import { parseNote } from '../../src/notes/read.ts';

function noteOf(text: string, source = 'notes/spring.txt'): Note {
  return parseNote(source, new TextEncoder().encode(text));
}

describe('dates', () => {
  it.each([
    ['2026-02-03T10:00:00Z', '2026-02-03'],
    ['Notes of 2026/2/3', '2026-02-03'],
    ['20260203', '2026-02-03'],
    ['Tue, 3 Feb 2026 10:00:00 +0000', '2026-02-03'],
    ['February 3rd, 2026', '2026-02-03'],
    ['the 3rd of February 2026', '2026-02-03'],
    ['Tue Feb  3 10:00:00 UTC 2026', '2026-02-03'],
    ['03-Feb-2026', '2026-02-03'],
    ['2026-02-31', null],
    ['version 1.2.3 of 2026', null],
    ['3 February', null],
  ])('in %j it is %s', (text, date) => {
    expect(dateIn(text)).toBe(date);
  });
});

describe('what a note says about itself', () => {
  it.each([
    { when: 'it is signed after a greeting', text: 'Hi all,\n\nwe met.\n\nCheers,\nOwner One\n', author: 'Owner One' },
    { when: 'its last line is a dash and a name', text: 'We met.\n\nAll went well.\n\n- Owner\n', author: 'Owner' },
    {
      when: 'it stands below two dashes',
      text: 'Hi,\n\nwe met.\n\n-- \nOwner One\nExample Inc\n',
      author: 'Owner One',
    },
    {
      when: 'the last line is a whole name',
      text: 'We met.\n\nAll went well.\n\nOwner One (one)\n',
      author: 'Owner One',
    },
    {
      when: 'it is noted when by whom',
      text: '# T\n\n*Posted on May 3, 2026 by Owner One*\n\nWe met.\n',
      author: 'Owner One',
    },
    {
      when: 'a name and a date stand below the title',
      text: '# T\n\nOwner One · 3 May 2026\n\nWe met.\n',
      author: 'Owner One',
    },
    {
      when: 'an archive shows name and mail',
      text: 'T\n\nOwner One one at example.org\n\nWe met.\n',
      author: 'Owner One',
    },
    { when: 'only a day stands below the title', text: '# T\n\nTuesday, 3 May 2026\n\nWe met.\n', author: null },
    { when: 'nobody signed it', text: 'We met.\n\nAll went well.\n', author: null },
    {
      when: 'front matter names one',
      text: '---\ntitle: T\nauthors:\n  - name: Owner Two\n---\n# T\nx\n',
      author: 'Owner Two',
    },
  ])('has the author $author when $when', ({ text, author }) => {
    expect(noteOf(text).author).toBe(author);
  });

  it.each([
    { when: 'it has a heading', text: '# Spring sprint\n\ntext\n', title: 'Spring sprint' },
    {
      when: 'its first line is short',
      text: 'Spring sprint\nApril 2026\n\nWe talked about many things on that day, and here they are.\n',
      title: 'Spring sprint',
    },
    {
      when: 'it says what it is',
      text: 'Hello,\n\nbelow is my summary of the Spring Sprint, more will follow.\n',
      title: 'Summary of the Spring Sprint',
    },
    { when: 'it says nothing', text: 'we met and talked, that is all.\n', title: 'spring.txt' },
  ])('has the title $title when $when', ({ text, title }) => {
    expect(noteOf(text).title).toBe(title);
  });

  it('has its date from its name only when the text has none', () => {
    expect(noteOf('we met.\n', 'notes/2026-02-03.txt').date).toBe('2026-02-03');
    expect(noteOf('# Notes of 2025-01-02\n\nwe met.\n', 'notes/2026-02-03.txt').date).toBe('2025-01-02');
  });

  it.each([
    { text: '', says: 'note.md is empty: left out' },
    { text: ' \n\n\t\n', says: 'note.md is empty: left out' },
    { text: '---\ntitle: only front matter\n---\n', says: 'note.md is empty: left out' },
    { text: 'a\0b', says: 'note.md is not text: left out' },
  ])('is refused with a sentence: $says', ({ text, says }) => {
    expect(() => noteOf(text, 'note.md')).toThrow(says);
  });
});
