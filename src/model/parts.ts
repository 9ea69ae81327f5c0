import type { Block, Note } from '../notes/note.ts';

/** What is sent in one request, and the blocks that a quote from it may stand in. */
export interface Part {
  readonly text: string;
  readonly blocks: readonly Block[];
}

/** Characters of one part. Small models are often run with room for 4,096 tokens, the answer included. */
const ROOM = 6_000;
/** Characters of what stands around the note: titles, names, headings. */
const CONTEXT = 400;

/** Divides a note into parts of a bounded size, in reading order; verbatim text is left out, long blocks are divided. */
export function partsOf(note: Note): readonly Part[] {
  const parts: Part[] = [];
  let lines: string[] = [];
  let blocks: Block[] = [];
  let room = ROOM;
  const close = () => {
    const [first] = blocks;
    if (first !== undefined) parts.push({ text: [...contextLines(note, first), ...lines].join('\n'), blocks });
    [lines, blocks, room] = [[], [], ROOM];
  };
  for (const block of note.blocks) {
    if (block.kind === 'code' || block.text === '') continue;
    for (const piece of piecesOf(block.text)) {
      const line = lineOf(block, piece);
      if (line.length > room) close();
      lines.push(line);
      if (blocks[blocks.length - 1] !== block) blocks.push(block);
      room -= line.length + 1;
    }
  }
  close();
  return parts;
}

function contextLines(note: Note, first: Block): readonly string[] {
  const above = [first.leadIn, first.parent].flatMap((index) => note.blocks[index ?? -1]?.text ?? []);
  const facts: readonly (readonly [string, string])[] = [
    ['Note', note.title],
    ['Author', note.author ?? ''],
    ['Date', note.date ?? ''],
    ['Present', note.people.slice(0, 40).join(', ')],
    ['Under', first.section.join(' / ')],
    ['Continues', [...new Set(above)].join(' / ')],
  ];
  return [...facts.flatMap(([name, fact]) => (fact === '' ? [] : [`${name}: ${clip(fact)}`])), ''];
}

function clip(text: string): string {
  return text.length <= CONTEXT ? text : `${text.slice(0, CONTEXT)} …`;
}

function lineOf(block: Block, piece: string): string {
  const heading = block.kind === 'heading' || block.kind === 'term' ? '# ' : '';
  const bullet = block.kind === 'bullet' || block.kind === 'title' ? `${'  '.repeat(Math.min(block.depth, 8))}* ` : '';
  const box = block.checked === null ? '' : block.checked ? '[x] ' : '[ ] ';
  const speaker = block.speaker === null ? '' : `<${block.speaker.slice(0, 60)}> `;
  return `[${block.index}] ${bullet}${box}${heading}${speaker}${piece}`;
}

/** A text in pieces of at most half the room, divided between words where there are any. */
function piecesOf(text: string): readonly string[] {
  const most = ROOM / 2;
  const pieces: string[] = [];
  let start = 0;
  while (text.length - start > most) {
    const space = text.lastIndexOf(' ', start + most);
    const end = space > start ? space : start + most;
    pieces.push(text.slice(start, end));
    start = space > start ? end + 1 : end;
  }
  pieces.push(text.slice(start));
  return pieces;
}
