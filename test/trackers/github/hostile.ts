import fc from 'fast-check';
import { createDialect } from '../../../src/trackers/github/dialect.ts';
import { aKey } from '../../builders.ts';
import { anIssueText } from '../harness.ts';

export const dialect = createDialect('github.com');
export const key = aKey('property');

/** What GitHub acts on, by its documentation, in the text that stays when addresses are taken out. */
export const POWER = [
  /(?<![A-Za-z0-9_])@[A-Za-z0-9]/,
  /#\d/,
  /(?<![A-Za-z0-9])GH-\d/i,
  /(?<![0-9a-z])(?=[0-9]*[a-f])(?=[a-f]*[0-9])[0-9a-f]{7,40}(?![0-9a-z])/i,
  /www\.github\.com\//i,
];
export const ADDRESS = /https?:\/\/[^\s<>]+/gi;
export const BACKLINK =
  /^https?:\/\/(?:www\.)?github\.com\/[^/\s]+\/[^/\s]+\/(?:issues|pulls?|commits?|discussions)\//i;

/** Text made of what is dangerous on GitHub and in markdown, and of anything else. */
export const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '@alice',
        '@acme/core',
        '#12',
        'GH-34',
        'gh-5',
        'acme/items#56',
        'fixes #7',
        'LP: #1234567',
        '1a2b3c4d',
        'deadbeef1234567890',
        'https://github.com/acme/items/issues/1',
        'http://www.github.com/a/b/pull/2#issuecomment-3',
        'https://github.com/a/b/commit/1a2b3c4',
        'https://medium.example/@bob/post',
        'www.github.com/a/b/issues/9',
        'https://review.example/#/c/12/',
        'https://x.example/a_b_c*d',
        '<!--',
        '-->',
        '<script>',
        '<!-- ptg-tracker: key=aaaaaaaaaaaaaaaa -->',
        '&amp;',
        '&#64;bob',
        '\\',
        '`',
        '```',
        '**',
        '__',
        '_',
        '[x](y)',
        '![i](j)',
        '|',
        '~~',
        '> ',
        '# ',
        '- ',
        '1. ',
        '›',
        ';',
        '(',
        ')',
        '\n',
        '\r\n',
        '\u2028',
        '\u0000',
        '\u202e',
        '\ud800',
        '👩‍💻',
        ' ',
        '.',
        ',',
      ),
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.string({ unit: 'grapheme', maxLength: 8 }),
    ),
    { maxLength: 20 },
  )
  .chain((parts) => fc.constantFrom('', ' ').map((gap) => parts.join(gap)));

/** The same text as people see it: what is invisible, and the two ways to write an `@` in an address, do not count. */
export function seen(text: string): string {
  return text
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\u200b\u202a-\u202e\u2066-\u2069]/gu, '')
    .replace(/ {2,}/g, ' ')
    .replaceAll('%40', '@')
    .replace(/https?:\/\/(?:www\.|redirect\.)?github\.com(?::\d+)?\//gi, 'https://github.com/')
    .trim();
}

/** A block made from two texts, each in every place. */
export function rendered(text: string, other: string): string {
  return dialect.render(
    anIssueText({
      title: other,
      quote: text,
      section: [`A${text}`, `B${other}`],
      owners: [
        { name: `C${text}`, account: null, assigned: false },
        { name: `D${other}`, account: 'alice', assigned: true },
      ],
      sources: [
        {
          note: `E${other}`,
          title: text,
          author: other,
          date: text,
          url: `https://x.example/${other}`,
          lineStart: 1,
          lineEnd: 2,
        },
        { note: text, title: other, author: text, date: null, url: null, lineStart: 3, lineEnd: 3 },
      ],
      refs: [
        { url: text, label: other },
        { url: `https://github.com/a/b/issues/${other}`, label: text },
      ],
      due: text,
      evidence: [other],
    }),
  );
}
