import fc from 'fast-check';
import type { Node } from 'mdast';
import { toString as textOf } from 'mdast-util-to-string';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';
import { describe, expect, it } from 'vitest';
import { renderMarkdown } from '../../src/report/markdown.ts';
import { aKey, aKnownItem, anEntry, anIssue, aReport } from './builders.ts';

const ISSUE = 'https://github.com/owner/name/issues/41';

function nodesOf(markdown: string, type: string): Node[] {
  const found: Node[] = [];
  visit(unified().use(remarkParse).use(remarkGfm).parse(markdown), (node: Node) => {
    if (node.type === type) found.push(node);
  });
  return found;
}

function withTitle(title: string): string {
  const item = aKnownItem({ title, owners: [{ name: title, github: null, launchpad: null }] });
  return renderMarkdown(aReport({ entries: [anEntry({ item })] }));
}

describe('the report as markdown', () => {
  it('shows figures, owners and items with links', () => {
    const entries = [
      anEntry({ seen: anIssue({ state: 'done' }) }),
      anEntry({
        key: aKey('b'),
        item: aKnownItem({ kind: 'rfe', owners: [] }),
        seen: anIssue({ id: '42', updatedAt: '2020-01-01T00:00:00Z' }),
      }),
    ];

    expect(renderMarkdown(aReport({ entries, warnings: ['bugs could not be reached'] }))).toMatchInlineSnapshot(`
      "# Follow-up

      As of 15 Jun 2020, 12:00 UTC.

      > **Warning:** bugs could not be reached

      ## Summary A, 1 May 2020

      2 items, 50 % done: open 1, done 1.

      | Owner | Done | Needs a look |
      |---|---|---|
      | Owner One | 1/1 |  |
      | *nobody* | 0/1 | 1 stale: [#42](https://github.com/owner/name/issues/42) |

      | | Issue | Item | Owner | Changed | |
      |---|---|---|---|---|---|
      | ✅ | [#41](https://github.com/owner/name/issues/41) | Drop the old job | Owner One | 2020-06-14 |  |
      | ⚪ | [#42](https://github.com/owner/name/issues/42) | **RFE** Drop the old job | – | 2020-01-01 | stale (166 days); nobody has it |
      "
    `);
  });

  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '![x](https://example.org/x.png) [y](javascript:alert(1))',
    'a | b | c',
    '`code` **bold** _under_ ~~gone~~ \\| \\',
    '@alice, @openstack/team-one and #12, GH-12, owner/name#12',
    'see https://github.com/owner/name/issues/9 and www.example.org or a@example.org',
    'line\n\n# heading\n- list',
    '&lt;b&gt; &#64;alice',
  ])('shows %j as text only', (title) => {
    const markdown = withTitle(title);

    expect(nodesOf(markdown, 'html')).toEqual([]);
    expect(nodesOf(markdown, 'image')).toEqual([]);
    expect(nodesOf(markdown, 'heading')).toHaveLength(2);
    expect(nodesOf(markdown, 'link')).toMatchObject([{ url: ISSUE }]);
    expect(
      nodesOf(markdown, 'tableRow').map((row) => ('children' in row ? (row.children as Node[]).length : 0)),
    ).toEqual([3, 3, 6, 6]);
    const cells = nodesOf(markdown, 'tableCell').map((cell) => textOf(cell).replaceAll('\u2060', ''));
    expect(cells).toContain(title.replaceAll(/\s+/g, ' '));
  });

  it.each(['@alice', '@team/one', '#12', 'owner/name#12', 'GH-12'])(
    'mentions nobody and links nothing back with %j',
    (title) => {
      expect(withTitle(title)).not.toContain(title);
    },
  );

  it('stays one table row an item, whatever the title', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'|\\`*_[]()<>&#@!~$- \n\u2028a1'), maxLength: 40 }), (title) => {
        const markdown = withTitle(title);

        expect(nodesOf(markdown, 'tableCell')).toHaveLength(18);
        expect(nodesOf(markdown, 'link')).toHaveLength(1);
        expect(nodesOf(markdown, 'html')).toEqual([]);
      }),
    );
  });

  it.each(['javascript:alert(1)', 'https://x.org/a b', 'https://x.org/a)b', 'https://x.org/|'])(
    'makes no link of %j',
    (url) => {
      const markdown = renderMarkdown(aReport({ entries: [anEntry({ seen: anIssue({ url }) })] }));

      expect(nodesOf(markdown, 'link').filter((node) => 'url' in node && node.url === url)).toEqual([]);
      expect(nodesOf(markdown, 'tableRow')).toHaveLength(4);
    },
  );
});
