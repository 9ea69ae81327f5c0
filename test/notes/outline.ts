import type { Block, Note } from '../../src/notes/note.ts';

/** A note as a page that people can check: what it is, and a line for each block. */
export function outlineOf(note: Note): string {
  const head = [
    `kind    ${note.kind}`,
    `title   ${note.title}`,
    `author  ${note.author ?? '-'}`,
    `date    ${note.date ?? '-'}`,
    `people  ${note.people.join(', ') || '-'}`,
  ];
  return `${[...head, '', ...note.blocks.flatMap((block, at) => lines(block, note.blocks[at - 1]))].join('\n')}\n`;
}

function lines(block: Block, before: Block | undefined): string[] {
  const section = block.section.join(' › ');
  const heads = section === (before?.section.join(' › ') ?? '') ? [] : [`§ ${section}`];
  const facts = [
    block.list === null ? null : `list ${block.list}`,
    block.parent === null ? null : `in ${block.parent}`,
    block.leadIn === null ? null : `under ${block.leadIn}`,
    block.ordered ? 'numbered' : null,
    block.checked === null ? null : block.checked ? 'done' : 'open',
    block.speaker === null ? null : `says ${block.speaker}`,
    block.quoted === undefined ? null : `quoted ${block.quoted}`,
    block.marks.length > 1 ? `marks ${block.marks.map((mark) => `${mark.offset}:${mark.line}`).join(' ')}` : null,
    ...block.links.map((link) => `[${link.text}](${link.url})`),
    ...block.strong.map((span) => `*${block.text.slice(span.start, span.end)}*`),
  ].filter((fact) => fact !== null);
  const where = `${block.index}`.padStart(3);
  const line = `${where} ${'  '.repeat(block.depth)}${block.kind} L${block.lines.start}-${block.lines.end}: ${block.text}`;
  return [...heads, line, ...(facts.length > 0 ? [`    ${'  '.repeat(block.depth)}  ${facts.join(' · ')}`] : [])];
}
