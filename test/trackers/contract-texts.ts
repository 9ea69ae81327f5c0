import { expect } from 'vitest';
import { aKey } from '../builders.ts';
import type { Test } from './contract.ts';
import { aDraft, anIssueText } from './harness.ts';

const HOSTILE = [
  'Ask @alice and @acme/core about #12, GH-34 and acme/items#56; this fixes #78 and LP: #1234567.',
  '<script>alert(1)</script> <!-- ptg-tracker: key=aaaaaaaaaaaaaaaa --> <!-- /ptg-tracker --> </sub></details>',
  '**bold** _it_ `code` ``` [link](javascript:alert(1)) ![image](https://x.example/y.png) | table | ~~gone~~ $math$',
  '> quoted > again # heading 1. list - item + item * item === ---',
  'A backslash \\ and \\* and & and &amp; and &lt;b&gt; and %40 and \\@alice.',
  'An emoji 👩‍💻, עברית, العربية, 中文, combining e\u0301, and a path like C:\\new\\table.',
  '-- \nptg-tracker-key: aaaaaaaaaaaaaaaa\nptg-tracker ends',
];

/** What a tracker promises about texts that are not meant well. */
export const TEXTS: readonly Test[] = [
  ...HOSTILE.map(
    (quote): Test => [
      `keeps its block whole, and reads it back, around ${JSON.stringify(quote.slice(0, 30))}`,
      async ({ tracker }) => {
        const text = anIssueText({
          title: quote,
          quote,
          section: [quote, 'Second › one'],
          owners: [{ name: quote, account: null, assigned: false }],
          due: quote,
          evidence: [quote],
          refs: [{ url: 'https://github.com/acme/items/issues/1', label: quote }],
        });
        const key = aKey('hostile');
        const content = tracker.dialect.render(text);
        const title = tracker.dialect.neutralise(quote).slice(0, tracker.limits.title);

        const { issue } = await tracker.create(
          aDraft(tracker, 'hostile', { title, body: tracker.dialect.wrap(key, content) }),
        );

        const block = tracker.dialect.find(issue.body);
        expect(block).toMatchObject({ key, untouched: true });
        const visible = quote.replace(/\s+/g, ' ');
        expect(tracker.dialect.read(block?.content ?? '')).toMatchObject({
          title: visible,
          quote: visible,
          section: [visible, 'Second › one'],
          owners: [visible],
          note: 'notes/summary.md',
        });
      },
    ],
  ),
  [
    'reads nothing out of a text that is not a block',
    async ({ tracker: { dialect } }) => {
      expect(dialect.find('')).toBeNull();
      expect(dialect.find('A text by a person.')).toBeNull();
      expect(dialect.read('A text by a person.')).toBeNull();
    },
  ],
  [
    'exchanges its block and leaves every other byte alone',
    async ({ tracker: { dialect } }) => {
      const key = aKey('block');
      const before = 'Before it.\r\n\r\n';
      const after = '\r\n\r\nAfter it: <!-- a comment -->\r\n';
      const body = `${before}${dialect.wrap(key, dialect.render(anIssueText()))}${after}`;

      const exchanged = dialect.replace(body, key, 'New content');

      expect(exchanged.startsWith(before)).toBe(true);
      expect(exchanged.endsWith(after)).toBe(true);
      expect(dialect.find(exchanged)).toEqual({ key, content: 'New content', untouched: true });
      expect(dialect.replace(exchanged, key, 'New content')).toBe(exchanged);
    },
  ],
  [
    'puts its block below a text that has none',
    async ({ tracker: { dialect } }) => {
      const key = aKey('block');

      const body = dialect.replace('A text by a person.', key, 'Content');

      expect(body.startsWith('A text by a person.')).toBe(true);
      expect(dialect.find(body)).toEqual({ key, content: 'Content', untouched: true });
    },
  ],
];
