import fc from 'fast-check';
import type { Nodes, Root } from 'mdast';
import { toString as textOf } from 'mdast-util-to-string';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { describe, expect, it } from 'vitest';
import { parseNote } from '../../src/notes/read.ts';

const remark = unified().use(remarkParse).use(remarkGfm);
const word = fc.constantFrom(
  'alpha',
  'beta',
  'gamma',
  'delta',
  'snake_case',
  'a*b',
  '2*3',
  'x',
  'über',
  '漢字',
  "don't",
);
const words = fc.array(word, { minLength: 1, maxLength: 6 }).map((all) => all.join(' '));
const inline = fc.oneof(
  words,
  words.map((text) => `**${text}**`),
  word.filter((text) => /^\w+$/.test(text)).map((text) => `_${text}_`),
  words.map((text) => `\`${text}\``),
  words.map((text) => `[${text}](https://example.org/a_b)`),
  words.map((text) => `[${text}](<https://example.org> "title")`),
  fc.constant('https://example.org/a_b_c'),
  fc.constant('<https://example.org>'),
  fc.constant('5 &lt; 6 &amp; 7'),
  fc.constant('\\*literal\\*'),
  word.filter((text) => /^\w+$/.test(text)).map((text) => `~~${text}~~`),
);
const sentence = fc.array(inline, { minLength: 1, maxLength: 4 }).map((parts) => `So ${parts.join(', ')}.`);
const wrapped = fc.tuple(sentence, sentence).map(([first, second]) => `${first}\nand ${second}`);
const item = fc.oneof(
  sentence,
  sentence.map((text) => `[ ] ${text}`),
  fc.tuple(sentence, sentence).map(([text, inner]) => `${text}\n  - ${inner}`),
);
const block = fc.oneof(
  fc.tuple(fc.integer({ min: 1, max: 6 }), words).map(([depth, text]) => `${'#'.repeat(depth)} ${text}`),
  sentence,
  wrapped,
  fc.array(item, { minLength: 1, maxLength: 4 }).map((items) => items.map((text) => `- ${text}`).join('\n')),
  fc
    .array(sentence, { minLength: 1, maxLength: 3 })
    .map((all) => all.map((text, at) => `${at + 1}. ${text}`).join('\n')),
  words.map((text) => `\`\`\`\n${text}\n\`\`\``),
  fc.tuple(words, words).map(([left, right]) => `| A | B |\n| --- | --- |\n| ${left} | ${right} |`),
);
const document = fc.array(block, { minLength: 1, maxLength: 8 }).map((blocks) => `# Notes\n\n${blocks.join('\n\n')}\n`);

/** What remark, the reference, sees: one line for each heading, paragraph, cell and verbatim text. */
function remarkSees(text: string): string[] {
  const out: string[] = [];
  const walk = (node: Nodes): void => {
    if (node.type === 'heading' || node.type === 'paragraph' || node.type === 'tableCell')
      out.push(plain(textOf(node)));
    else if (node.type === 'code') out.push(node.value);
    else if ('children' in node) for (const child of node.children) walk(child);
  };
  walk(remark.parse(text) as Root);
  return out;
}

function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

describe('markdown', () => {
  it('shows what the reference implementation shows', () => {
    fc.assert(
      fc.property(document, (text) => {
        const note = parseNote('note.md', new TextEncoder().encode(text));

        expect(note.blocks.map((each) => each.text)).toEqual(remarkSees(text));
      }),
      { numRuns: 300 },
    );
  });
});
