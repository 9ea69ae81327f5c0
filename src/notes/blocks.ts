import type { Blockquote, Code, Heading, List, ListItem, Paragraph, Root, RootContent } from 'mdast';
import { BOTS } from './irc.ts';
import type { Block, BlockKind, LineRange } from './note.ts';
import type { Role } from './role.ts';
import { visibleText } from './visible.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** What is known on the way down to a node. */
interface Surroundings {
  readonly depth: number;
  readonly parent: number | null;
  readonly list: number | null;
  readonly ordered: boolean;
  readonly checked: boolean | null;
  readonly leadIn: number | null;
}

interface Reading {
  readonly blocks: Writable<Block>[];
  readonly headings: { readonly depth: number; readonly text: string }[];
  section: readonly string[];
  lists: number;
  quoted: number;
  table: { readonly number: number; readonly header: Map<number, number>; row: number; list: number };
}

type Cell = NonNullable<Role['cell']>;

const OUTSIDE: Surroundings = { depth: 0, parent: null, leadIn: null, list: null, ordered: false, checked: null };
/** Terms that stand for headings are deeper than all of them. */
const TERM_DEPTH = 7;

/** The tree read once from top to bottom. The tree's depth is bounded where it is built, so this may recurse. */
export function blocksOf(tree: Root): Block[] {
  const table = { number: -1, header: new Map<number, number>(), row: -1, list: 0 };
  const reading: Reading = { blocks: [], headings: [], section: [], lists: 0, quoted: 0, table };
  readAll(reading, tree.children, OUTSIDE, null);
  return reading.blocks;
}

/** Reads siblings; `hook` is the line that a list among them hangs on so far. */
function readAll(reading: Reading, nodes: readonly RootContent[], around: Surroundings, hook: number | null): void {
  let leadIn = hook;
  let term: number | null = null;
  for (const node of nodes) {
    if (node.type === 'list') {
      readList(reading, node, around, leadIn);
      leadIn = null;
    } else if (node.type === 'heading') {
      readHeading(reading, node, around);
      leadIn = null;
      term = null;
    } else if (node.type === 'paragraph') {
      leadIn = readParagraph(reading, node, around, term);
      if (!node.data?.role?.body) term = leadIn;
    } else if (node.type === 'blockquote') readQuote(reading, node, around);
    else if (node.type === 'code') addCode(reading, node, around);
  }
}

function readQuote(reading: Reading, quote: Blockquote, around: Surroundings): void {
  const deeper = quote.data?.answered ? 1 : 0;
  reading.quoted += deeper;
  readAll(reading, quote.children, around, null);
  reading.quoted -= deeper;
}

function readHeading(reading: Reading, node: Heading, around: Surroundings): void {
  openSection(reading, node.depth, () => add(reading, 'heading', node, around));
}

function openSection(reading: Reading, depth: number, addIt: () => Block): void {
  while ((reading.headings.at(-1)?.depth ?? 0) >= depth) reading.headings.pop();
  reading.section = reading.headings.map((heading) => heading.text);
  const { text } = addIt();
  reading.headings.push({ depth, text });
  reading.section = [...reading.section, text];
}

function readParagraph(reading: Reading, node: Paragraph, around: Surroundings, term: number | null): number {
  const role = node.data?.role;
  const leadIn = role?.body ? term : around.leadIn;
  if (role?.cell) addCell(reading, node, around, role.cell);
  else if (role?.heading) openSection(reading, TERM_DEPTH, () => add(reading, 'term', node, around));
  else add(reading, kindOf(role, 'paragraph'), node, { ...around, leadIn });
  return reading.blocks.length - 1;
}

function kindOf(role: Role | undefined, usual: BlockKind): BlockKind {
  return role === undefined || role.kind === 'plain' ? usual : role.kind;
}

/** A cell belongs to the list that is its row, and hangs on the cell of the table's first row above it. */
function addCell(reading: Reading, node: Paragraph, around: Surroundings, cell: Cell): void {
  if (reading.table.number !== cell.table) reading.table = { number: cell.table, header: new Map(), row: -1, list: 0 };
  const table = reading.table;
  if (table.row !== cell.row) {
    table.row = cell.row;
    table.list = reading.lists++;
  }
  const above = table.header.get(cell.column);
  if (above === undefined) table.header.set(cell.column, reading.blocks.length);
  add(reading, 'cell', node, { ...around, list: table.list, leadIn: above ?? around.leadIn });
}

function readList(reading: Reading, list: List, around: Surroundings, leadIn: number | null): void {
  const id = reading.lists++;
  for (const item of list.children) {
    const inside = {
      depth: around.depth + 1,
      parent: around.parent,
      list: id,
      ordered: list.ordered === true,
      checked: item.checked ?? null,
      leadIn,
    };
    readItem(reading, item, inside);
  }
}

function readItem(reading: Reading, item: ListItem, inside: Surroundings): void {
  const [first, ...rest] = item.children;
  if (first?.type !== 'paragraph') {
    readAll(reading, item.children, inside, inside.leadIn);
    return;
  }
  const role = first.data?.role;
  const kind = kindOf(role, 'bullet');
  add(reading, kind === 'speech' ? 'bullet' : kind, first, inside);
  const bullet = reading.blocks.length - 1;
  readAll(reading, rest, { ...inside, parent: bullet }, bullet);
}

function add(reading: Reading, kind: BlockKind, node: Heading | Paragraph, around: Surroundings): Block {
  const visible = visibleText(node.children);
  const speaker = (node.type === 'paragraph' ? node.data?.role?.speaker : null) ?? null;
  const block: Writable<Block> = {
    index: reading.blocks.length,
    // What a program says in a chat states nothing of its own.
    kind: speaker !== null && BOTS.test(speaker) ? 'code' : kind,
    lines: rangeOf(node),
    section: reading.section,
    ...visible,
    ...around,
    speaker,
  };
  if (reading.quoted > 0) block.quoted = reading.quoted;
  reading.blocks.push(block);
  return block;
}

function addCode(reading: Reading, node: Code, around: Surroundings): void {
  const lines = rangeOf(node);
  reading.blocks.push({
    index: reading.blocks.length,
    kind: 'code',
    text: node.value,
    lines,
    marks: [{ offset: 0, line: lines.start }],
    section: reading.section,
    ...around,
    speaker: null,
    links: [],
    strong: [],
  });
}

function rangeOf(node: RootContent): LineRange {
  const start = node.position?.start.line ?? 1;
  return { start, end: Math.max(start, node.position?.end.line ?? start) };
}
