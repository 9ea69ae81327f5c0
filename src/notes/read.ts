import { createHash } from 'node:crypto';
import type { Root } from 'mdast';
import { NoteError } from '../errors.ts';
import { blocksOf } from './blocks.ts';
import { decodeText, isBinary } from './decode.ts';
import { bylineOf, dateIn, dateOfBlocks, firstLine, signedBy, titleInProse, titleOf } from './facts.ts';
import { type Reading, readFormat } from './formats.ts';
import { splitLines } from './lines.ts';
import { isMail } from './mail.ts';
import { dropDetails, dropRepetitions, isMinutes } from './meetbot.ts';
import type { Block, Note } from './note.ts';
import { unquoteAll } from './quotes.ts';
import { finishTree, startTree } from './tree.ts';

/**
 * The note in these bytes. Its format is found from the content; the name stands in only for a missing title.
 *
 * @throws NoteError when they hold nothing, or no text.
 */
export function parseNote(source: string, bytes: Uint8Array, url: string | null = null): Note {
  if (isBinary(bytes)) throw new NoteError(source, 'is not text: left out');
  const { reading, root } = read(bytes);
  const minutes = isMinutes(root);
  const nicks = minutes ? dropRepetitions(root) : [];
  if (minutes) dropDetails(root.children);
  const blocks = minutes ? blocksOf(root) : (reading.blocks ?? blocksOf(root));
  if (!blocks.some((block) => block.text !== '')) throw new NoteError(source, 'is empty: left out');
  return {
    source,
    url,
    kind: minutes ? 'meetbot' : reading.kind,
    ...factsOf(reading, blocks, source),
    hash: createHash('sha256').update(bytes).digest('hex'),
    people: minutes ? nicks : reading.people,
    blocks,
  };
}

function read(bytes: Uint8Array): { reading: Reading; root: Root } {
  const tree = startTree();
  const lines = unquoteAll(splitLines(decodeText(bytes)));
  const raw = isMail(lines) ? unquoteAll(splitLines(Buffer.from(bytes).toString('latin1'))) : null;
  const reading = readFormat(tree, lines, raw);
  return { reading, root: finishTree(tree) };
}

function factsOf(reading: Reading, blocks: readonly Block[], source: string): Pick<Note, 'title' | 'author' | 'date'> {
  const author = reading.author ?? bylineOf(blocks) ?? signedBy(blocks);
  const found = reading.kind === 'irc' ? null : titleFrom(reading, blocks);
  const title = reading.title ?? found ?? fileName(source);
  const given = reading.date === null ? null : dateIn(reading.date);
  return { title, author, date: given ?? dateIn(title) ?? dateOfBlocks(blocks) ?? dateIn(fileName(source)) };
}

function titleFrom(reading: Reading, blocks: readonly Block[]): string | null {
  const isPlain = reading.kind === 'text' || reading.kind === 'pad';
  return (isPlain ? firstLine(blocks) : null) ?? titleOf(blocks) ?? titleInProse(blocks);
}

function fileName(source: string): string {
  return source.split(/[\\/]/).findLast((part) => part !== '') ?? source;
}
