import type { Code, Heading, List, ListItem, Paragraph, PhrasingContent, Root, RootContent } from 'mdast';
import type { Place } from './lines.ts';
import { type Piece, phrasing } from './pieces.ts';

/** What a paragraph stands for, where it is more than running text. */
export type Role = 'term' | 'title' | 'speech' | 'cell';

declare module 'mdast' {
  interface ParagraphData {
    role?: Role;
    speaker?: string;
  }
}

/** A container that is being filled. */
type Box = Root | List | ListItem;

/** Deeper lists are put on this level: whatever walks the tree later may recurse. */
const DEEPEST = 100;

/** A tree that is being built from top to bottom; lists are opened and closed, all else is added where we are. */
export interface Growing {
  readonly root: Root;
  readonly stack: Box[];
  /** Lists that were opened beyond the deepest level and have no node of their own. */
  beyond: number;
}

/** An empty tree. */
export function startTree(): Growing {
  const root: Root = { type: 'root', children: [] };
  return { root, stack: [root], beyond: 0 };
}

function positioned<T extends { position?: unknown }>(node: T, pieces: readonly Piece[]): T {
  const first = pieces[0];
  const last = pieces.at(-1);
  if (!first || !last) return node;
  const start = { line: first.line, column: first.column };
  const end = { line: last.line, column: last.column + last.text.length };
  return Object.assign(node, { position: { start, end } });
}

function top(tree: Growing): Box {
  return tree.stack.at(-1) ?? tree.root;
}

function add(tree: Growing, node: RootContent): void {
  const box = top(tree);
  if (box.type === 'list') openItem(tree, null, null);
  (top(tree).children as RootContent[]).push(node);
}

/** Whether anything can be seen in the pieces. */
export function isVisible(pieces: readonly Piece[]): boolean {
  return pieces.some((piece) => piece.text.trim() !== '');
}

/** Adds a heading; nothing for pieces that show nothing. */
export function addHeading(tree: Growing, depth: number, pieces: readonly Piece[]): void {
  if (!isVisible(pieces)) return;
  const level = Math.min(Math.max(depth, 1), 6) as Heading['depth'];
  add(tree, positioned<Heading>({ type: 'heading', depth: level, children: phrasing(pieces) }, pieces));
}

/** Adds running text; nothing for pieces that show nothing. */
export function addParagraph(
  tree: Growing,
  pieces: readonly Piece[],
  data: { role?: Role; speaker?: string } | null = null,
): void {
  if (!isVisible(pieces)) return;
  const children: PhrasingContent[] = phrasing(pieces);
  const node: Paragraph = data ? { type: 'paragraph', children, data } : { type: 'paragraph', children };
  add(tree, positioned(node, pieces));
}

/** Adds verbatim text. */
export function addCode(tree: Growing, value: string, start: Place, end: Place): void {
  const point = (place: Place) => ({ line: place.line, column: place.column });
  add(tree, { type: 'code', value, position: { start: point(start), end: point(end) } } satisfies Code);
}

/** A list straight inside a list (old HTML mail) hangs on the item above it. */
function reenterItem(tree: Growing): void {
  const box = top(tree);
  const last = box.type === 'list' ? box.children.at(-1) : undefined;
  if (last) tree.stack.push(last);
}

/** Opens a list where we are. */
export function openList(tree: Growing, ordered: boolean): void {
  if (tree.stack.length > 2 * DEEPEST) {
    tree.beyond++;
    return;
  }
  reenterItem(tree);
  const list: List = { type: 'list', ordered, spread: false, children: [] };
  add(tree, list);
  tree.stack.push(list);
}

/** Opens an item; where no list is open, one is. */
export function openItem(tree: Growing, checked: boolean | null, place: Place | null): void {
  if (top(tree).type === 'listItem') tree.stack.pop();
  if (top(tree).type !== 'list') openList(tree, false);
  const box = top(tree);
  if (box.type !== 'list') return;
  const item: ListItem = { type: 'listItem', checked, spread: false, children: [] };
  if (place) {
    const point = { line: place.line, column: place.column };
    item.position = { start: point, end: { ...point } };
  }
  box.children.push(item);
  tree.stack.push(item);
}

/** Closes the innermost list, with its item. */
export function closeList(tree: Growing): void {
  if (tree.beyond > 0) {
    tree.beyond--;
    return;
  }
  if (top(tree).type === 'listItem') tree.stack.pop();
  if (top(tree).type === 'list') tree.stack.pop();
}
