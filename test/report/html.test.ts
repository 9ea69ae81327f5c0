import fc from 'fast-check';
import type { Element, Root } from 'hast';
import rehypeParse from 'rehype-parse';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';
import { describe, expect, it } from 'vitest';
import { renderHtml } from '../../src/report/html.ts';
import { aKey, aKnownItem, anEntry, anIssue, aReport } from './builders.ts';

const owner = (name: string) => [{ name, github: null, launchpad: null }];

function parse(page: string): Root {
  return unified().use(rehypeParse).parse(page);
}

function elements(page: string, tag: string): Element[] {
  const found: Element[] = [];
  visit(parse(page), 'element', (node: Element) => {
    if (node.tagName === tag) found.push(node);
  });
  return found;
}

function tags(page: string): string[] {
  const found: string[] = [];
  visit(parse(page), 'element', (node: Element) => {
    found.push(node.tagName);
  });
  return found;
}

function withText(text: string): string {
  return renderHtml(
    aReport({ entries: [anEntry({ item: aKnownItem({ title: text, owners: owner(text) }) })], warnings: [text] }),
  );
}

describe('the report as a page', () => {
  it('needs nothing but itself: no script, nothing loaded from elsewhere', () => {
    const page = renderHtml(aReport());

    expect(tags(page).filter((tag) => ['script', 'link', 'img', 'iframe', 'object'].includes(tag))).toEqual([]);
    expect(page).toContain("default-src 'none'");
    expect(page.match(/url\(|@import/g)).toBeNull();
  });

  it('has the same elements whatever the text', () => {
    const expected = tags(withText('plain'));
    const hostile = fc.oneof(
      fc.string({ maxLength: 60 }),
      fc.constantFrom(
        '</td></tr></table><script>x</script>',
        '"><img src=x onerror=y>',
        "' onclick='x",
        '<!--',
        '</style><b>',
        '&lt;b&gt;',
      ),
    );

    fc.assert(
      fc.property(hostile, (text) => {
        expect(tags(withText(text))).toEqual(expected);
      }),
    );
  });

  it('shows the text as it is', () => {
    expect(withText('a <b> & "c"')).toContain('a &lt;b&gt; &amp; &quot;c&quot;');
  });

  it('links issues, but never an address that runs something', () => {
    const hrefs = (url: string) =>
      elements(renderHtml(aReport({ entries: [anEntry({ seen: anIssue({ url }) })] })), 'a').map(
        (a) => a.properties.href,
      );

    expect(hrefs('https://github.com/owner/name/issues/1')).toEqual(['https://github.com/owner/name/issues/1']);
    expect(hrefs('javascript:alert(1)')).toEqual([]);
  });

  it('has a box for each state and a button for each owner, and a rule for each of them', () => {
    const entries = ['Owner One', 'Owner Two'].map((name, index) =>
      anEntry({ key: aKey('ab'.charAt(index)), item: aKnownItem({ owners: owner(name) }) }),
    );

    const page = renderHtml(aReport({ entries }));

    const ids = elements(page, 'input').flatMap(({ properties }) => properties.id ?? []);
    expect(ids).toEqual(['s-open', 's-in-progress', 's-done', 's-dropped', 's-unknown', 'look', 'o-0', 'o-1']);
    for (const id of ids) expect(page).toMatch(new RegExp(`body:has\\(#${String(id)}:(not\\(:)?checked`));
    const rows = elements(page, 'tr').flatMap(({ properties }) => (properties.className ? [properties.className] : []));
    expect(rows).toEqual([
      ['s-open', 'o-0'],
      ['s-open', 'o-1'],
    ]);
  });

  it('says when there is nothing to report', () => {
    expect(renderHtml(aReport({ entries: [] }))).toContain('No items to report on.');
  });
});
