import fc from 'fast-check';
import { toString as textOf } from 'mdast-util-to-string';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { describe, expect, it } from 'vitest';
import { anIssueText } from '../harness.ts';
import { ADDRESS, BACKLINK, dialect, hostile, key, POWER, rendered, seen } from './hostile.ts';

describe('our block on GitHub', () => {
  it('has no power and no markup of others in it, whatever it is made from', () => {
    fc.assert(
      fc.property(hostile, hostile, (text, other) => {
        const content = rendered(text, other);
        expect(content.match(/<(?!https?:\/\/[^\s<>]*>)[^>]*>/g)).toEqual(['<sub>', '</sub>']);
        for (const [address] of content.matchAll(ADDRESS)) expect(address).not.toMatch(BACKLINK);
        const words = content.replace(/<https?:\/\/[^\s<>]*>/g, ' ');
        expect(words).not.toMatch(/<!--|-->/);
        for (const power of POWER) expect(words).not.toMatch(power);
      }),
      { numRuns: 1000 },
    );
  });

  it('gives back the passage that it was made from', () => {
    fc.assert(
      fc.property(hostile, hostile, (text, other) => {
        const passage = dialect.read(rendered(text, other));
        expect(seen(passage?.quote ?? 'none')).toBe(seen(text));
        expect(seen(passage?.title ?? 'none')).toBe(seen(other));
        expect(passage?.section.map(seen)).toEqual([seen(`A${text}`), seen(`B${other}`)]);
        expect(passage?.owners.map(seen)).toEqual([seen(`C${text}`), seen(`D${other}`)]);
        expect(seen(passage?.note ?? 'none')).toBe(seen(`E${other}`));
      }),
      { numRuns: 2000 },
    );
  });

  it('shows exactly the passage and the title to people, as paragraphs and nothing else', () => {
    fc.assert(
      fc.property(hostile, hostile, (text, other) => {
        const tree = unified()
          .use(remarkParse)
          .use(remarkGfm)
          .parse(dialect.wrap(key, rendered(text, other)));
        const kinds = tree.children.map(({ type }) => type);
        expect(kinds).toEqual(['html', 'paragraph', 'blockquote', 'paragraph', 'paragraph', 'html']);
        expect(seen(textOf(tree.children[1]))).toBe(seen(`To do: ${other}`));
        expect(seen(textOf(tree.children[2]))).toBe(seen(text));
      }),
      { numRuns: 400 },
    );
  });

  it('is found again with what it holds, in any text, and nothing else is touched', () => {
    fc.assert(
      fc.property(hostile, hostile, hostile, fc.constantFrom('\n', '\r\n'), (before, after, content, end) => {
        const around = (text: string) => text.replaceAll('ptg-tracker', 'other');
        const first = `${around(before)}${end}${dialect.wrap(key, rendered(content, ''))}${end}${around(after)}`;
        const text = rendered(after, before);

        const second = dialect.replace(first, key, text);

        expect(dialect.find(first)).toMatchObject({ key, untouched: true });
        expect(dialect.find(second)).toEqual({ key, content: text, untouched: true });
        expect(second.startsWith(`${around(before)}${end}`)).toBe(true);
        expect(second.endsWith(`${end}${around(after)}`)).toBe(true);
        expect(dialect.find(second.replace(/\r?\n/g, '\r\n'))).toEqual({ key, content: text, untouched: true });
      }),
      { numRuns: 1000 },
    );
  });

  it('fits into an issue, whatever it is made from', () => {
    const long = '@`*<&\\_[]|~#12 '.repeat(10_000);
    const text = anIssueText({
      title: long,
      quote: long,
      section: Array.from({ length: 200 }, () => long),
      owners: Array.from({ length: 200 }, () => ({ name: long, account: long, assigned: false })),
      refs: Array.from({ length: 200 }, () => ({ url: `https://x.example/${long}`, label: long })),
      sources: Array.from({ length: 200 }, () => ({
        note: long,
        title: long,
        author: long,
        date: long,
        url: long,
        lineStart: 1,
        lineEnd: 2,
      })),
      due: long,
      evidence: Array.from({ length: 200 }, () => long),
    });

    const body = dialect.wrap(key, dialect.render(text));

    expect(body.length).toBeLessThanOrEqual(65_536);
    expect(dialect.read(dialect.find(body)?.content ?? '')?.quote.startsWith('@`*<&\\_[]|~#12 @`*')).toBe(true);
  });

  it('says in plain words what is to be done, by whom, where it stands and how it was found', () => {
    const content = dialect.render(
      anIssueText({
        owners: [
          { name: 'Owner One', account: 'alice', assigned: true },
          { name: 'Owner Two', account: 'mallory', assigned: false },
          { name: 'Owner Three', account: null, assigned: false },
        ],
        sources: [
          {
            note: 'a.txt',
            title: 'PTG summary',
            author: 'Author One',
            date: '2026-03-02',
            url: 'https://x.example/a',
            lineStart: 3,
            lineEnd: 3,
          },
          { note: 'b.md', title: 'Blog post', author: null, date: null, url: null, lineStart: 7, lineEnd: 9 },
        ],
        refs: [{ url: 'https://bugs.example/1', label: 'bug 1' }],
        due: 'Victoria-2',
        evidence: ['will', 'named owner'],
      }),
    );

    expect(content).toMatchInlineSnapshot(`
      "**To do:** Drop the old grenade job

      > Owner One will drop the old grenade job.

      From **Jobs** in [PTG summary](<https://x.example/a>) (Author One, 2026-03-02), line 3 of a.txt.
      Also in *Blog post*, lines 7–9 of b.md.
      Owner: Owner One · Owner Two (not assigned: mallory cannot be assigned here) · Owner Three (not assigned: no account known).
      Due: Victoria-2
      See: [bug 1](<https://bugs.example/1>)
      Found by: will, named owner

      <sub>Kept by ptg-tracker; edit anything outside these lines, or add the label \`ptg-tracker-ignore\`.</sub>"
    `);
  });
});

describe('a person at our block', () => {
  const content = dialect.render(anIssueText());
  const body = dialect.wrap(key, content);

  it.each([
    ['changed a word', body.replace('grenade', 'shiny')],
    ['took the hash away', body.replace(/ sha=[0-9a-f]+/, '')],
    ['took the end mark away', body.replace('<!-- /ptg-tracker -->', '')],
    ['added a line', body.replace('\n\n', '\n\nmine\n\n')],
  ])('who %s is seen, and the key stays', (_, text) => {
    expect(dialect.find(text)).toMatchObject({ key, untouched: false });
  });

  it.each([
    ['quoted it', body.replace(/^/gm, '> ')],
    ['indented it as code', body.replace(/^/gm, '    ')],
    ['took the opening mark away', body.replace(/^.*\n/, '')],
    ['wrote a key that is none', body.replace(key, 'UPPER-CASE')],
  ])('who %s has no block of ours', (_, text) => {
    expect(dialect.find(text)).toBeNull();
  });

  it('loses nothing when the end mark is gone and we write anew', () => {
    const broken = `${body.replace('<!-- /ptg-tracker -->', '')}\nA person's words.`;

    const mended = dialect.replace(broken, key, 'New content');

    expect(mended).toContain("A person's words.");
    expect(dialect.find(mended)).toEqual({ key, content: 'New content', untouched: true });
  });
});
