import type { Block, Note } from '../notes/note.ts';
import type { Lexicon } from './lexicon.ts';
import type { Context } from './statement.ts';
import { statementsOf } from './statements.ts';

/** Reads a note once and builds every index that the stage looks things up in. */
export function contextOf(note: Note, lexicon: Lexicon): Context {
  const statements = statementsOf(note, lexicon);
  const ofBlock = note.blocks.map(() => [] as (typeof statements)[number][]);
  for (const statement of statements) ofBlock[statement.block.index]?.push(statement);
  return {
    note,
    statements,
    ofBlock,
    siblings: siblingsOf(note.blocks),
    children: childrenOf(note.blocks),
    sectionStart: sectionStartsOf(note.blocks),
    people: peopleOf(note),
  };
}

function siblingsOf(blocks: readonly Block[]): ReadonlyMap<number, readonly Block[]> {
  const lists = new Map<number, Block[]>();
  for (const block of blocks) if (block.list !== null) push(lists, block.list, block);
  return lists;
}

function childrenOf(blocks: readonly Block[]): ReadonlyMap<number, readonly Block[]> {
  const children = new Map<number, Block[]>();
  for (const block of blocks) {
    const above = block.parent ?? block.leadIn;
    if (above !== null) push(children, above, block);
  }
  return children;
}

function sectionStartsOf(blocks: readonly Block[]): readonly number[] {
  let start = 0;
  return blocks.map((block) => {
    if (block.kind === 'heading') start = block.index;
    return start;
  });
}

function peopleOf(note: Note): ReadonlySet<string> {
  const names = [...note.people, ...note.blocks.map((block) => block.speaker)];
  if (note.author !== null) names.push(note.author);
  return new Set(names.filter((name) => name !== null).map((name) => name.toLowerCase()));
}

function push<V>(map: Map<number, V[]>, key: number, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
