import type {
  Code,
  Heading,
  List,
  ListItem,
  Link as MdastLink,
  Paragraph,
  PhrasingContent,
  Root,
  RootContent,
} from 'mdast';
import type { Block, BlockKind, LineRange, Link } from './note.ts';
import './tree.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** What is known on the way down to a node. */
interface Surroundings {
  readonly depth: number;
  readonly parent: number | null;
  readonly list: number | null;
  readonly ordered: boolean;
  readonly checked: boolean | null;
  readonly leadIn: number | null;
}

const OUTSIDE: Surroundings = { depth: 0, parent: null, leadIn: null, list: null, ordered: false, checked: null };

interface Reading {
  readonly blocks: Mutable<Block>[];
  readonly headings: { depth: number; text: string }[];
  lists: number;
}

/** The tree read once from top to bottom. The tree's depth is bounded where it is built, so this may recurse. */
export function blocksOf(tree: Root): Block[] {
  const reading: Reading = { blocks: [], headings: [], lists: 0 };
  readAll(reading, tree.children, OUTSIDE, null);
  return reading.blocks;
}

/** Reads siblings; `hook` is the line that a list among them hangs on so far. */
function readAll(reading: Reading, nodes: readonly RootContent[], around: Surroundings, hook: number | null): void {
  let leadIn = hook;
  for (const node of nodes) {
    if (node.type === 'list') {
      readList(reading, node, around, leadIn);
      leadIn = null;
    } else if (node.type === 'heading') {
      readHeading(reading, node, around);
      leadIn = null;
    } else if (node.type === 'paragraph') {
      const role = node.data?.role;
      add(reading, role ?? 'paragraph', node, around, around.leadIn, node.data?.speaker ?? null);
      leadIn = reading.blocks.length - 1;
    } else if (node.type === 'code') addCode(reading, node, around);
  }
}

function readHeading(reading: Reading, node: Heading, around: Surroundings): void {
  while ((reading.headings.at(-1)?.depth ?? 0) >= node.depth) reading.headings.pop();
  const block = add(reading, 'heading', node, around, null, null);
  reading.headings.push({ depth: node.depth, text: block.text });
}

function readList(reading: Reading, list: List, around: Surroundings, leadIn: number | null): void {
  const id = reading.lists++;
  for (const item of list.children) readItem(reading, item, list, id, around, leadIn);
}

function readItem(
  reading: Reading,
  item: ListItem,
  list: List,
  id: number,
  around: Surroundings,
  leadIn: number | null,
): void {
  const inside: Surroundings = {
    depth: around.depth + 1,
    parent: around.parent,
    list: id,
    ordered: list.ordered === true,
    checked: item.checked ?? null,
    leadIn,
  };
  const [first, ...rest] = item.children;
  if (first?.type !== 'paragraph') {
    readAll(reading, item.children, inside, leadIn);
    return;
  }
  const role = first.data?.role;
  add(reading, role ?? 'bullet', first, inside, leadIn, first.data?.speaker ?? null);
  const bullet = reading.blocks.length - 1;
  readAll(reading, rest, { ...inside, parent: bullet }, bullet);
}

function add(
  reading: Reading,
  kind: BlockKind,
  node: Heading | Paragraph,
  around: Surroundings,
  leadIn: number | null,
  speaker: string | null,
): Block {
  const visible = readText(node.children);
  const block: Mutable<Block> = {
    index: reading.blocks.length,
    kind,
    text: visible.text,
    lines: rangeOf(node),
    marks: visible.marks,
    section: reading.headings.map((heading) => heading.text),
    ...around,
    leadIn,
    speaker,
    links: visible.links,
    strong: visible.strong,
  };
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
    section: reading.headings.map((heading) => heading.text),
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

interface Visible {
  text: string;
  readonly marks: { offset: number; line: number }[];
  readonly links: Link[];
  readonly strong: { start: number; end: number }[];
}

function readText(nodes: readonly PhrasingContent[]): Visible {
  const visible: Visible = { text: '', marks: [], links: [], strong: [] };
  appendAll(visible, nodes);
  visible.text = visible.text.trimEnd();
  return visible;
}

function appendAll(visible: Visible, nodes: readonly PhrasingContent[]): void {
  for (const node of nodes) {
    if (node.type === 'text') append(visible, node.value, node.position?.start.line ?? 1);
    else if (node.type === 'link') appendLink(visible, node);
    else if (node.type === 'strong') {
      const start = nextOffset(visible, node.children);
      appendAll(visible, node.children);
      visible.strong.push({ start, end: trimmedLength(visible) });
    }
  }
}

function appendLink(visible: Visible, node: MdastLink): void {
  const start = nextOffset(visible, node.children);
  appendAll(visible, node.children);
  const end = trimmedLength(visible);
  if (end > start) visible.links.push({ start, end, text: visible.text.slice(start, end), url: node.url });
}

/** Where the first visible character of these nodes will stand. */
function nextOffset(visible: Visible, nodes: readonly PhrasingContent[]): number {
  const first = nodes[0];
  if (first && 'children' in first) return nextOffset(visible, first.children);
  const spaced = first?.type === 'text' && /^\s/.test(first.value) && needsSpace(visible.text);
  return visible.text.length + (spaced ? 1 : 0);
}

function trimmedLength(visible: Visible): number {
  return visible.text.endsWith(' ') ? visible.text.length - 1 : visible.text.length;
}

function needsSpace(text: string): boolean {
  return text !== '' && !text.endsWith(' ');
}

function append(visible: Visible, value: string, line: number): void {
  let text = value.replace(/[\s\u00a0]+/g, ' ');
  if (text.startsWith(' ') && !needsSpace(visible.text)) text = text.slice(1);
  if (text === '') return;
  if (visible.marks.at(-1)?.line !== line) {
    const offset = visible.text.length + (text.startsWith(' ') ? 1 : 0);
    visible.marks.push({ offset: Math.max(0, offset), line });
  }
  visible.text += text;
}
