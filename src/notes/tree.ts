import type { Blockquote, Code, Heading, List, ListItem, Node, Paragraph, Root, RootContent } from 'mdast';
import type { Place } from './lines.ts';
import { type Piece, phrasing } from './pieces.ts';
import type { Role } from './role.ts';

/** A container that is being filled. */
type Box = Root | List | ListItem | Blockquote;

/** Deeper lists and quotes are put on this level: whatever walks the tree later may recurse. */
const DEEPEST = 200;

/** A tree that is being built from top to bottom; lists are opened and closed, all else is added where we are. */
export interface Growing {
  readonly root: Root;
  readonly stack: Box[];
  /** Lists that were opened beyond the deepest level and have no node of their own. */
  beyond: number;
  /** Tables and rows so far. */
  rows: number;
}

/** An empty tree. */
export function startTree(): Growing {
  const root: Root = { type: 'root', children: [] };
  return { root, stack: [root], beyond: 0, rows: 0 };
}

/** Ends what is still open. */
export function finishTree(tree: Growing): Root {
  while (tree.stack.length > 1) pop(tree);
  settle(tree.root);
  return tree.root;
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
export function addParagraph(tree: Growing, pieces: readonly Piece[], role: Role | null = null): void {
  if (!isVisible(pieces)) return;
  const children = phrasing(pieces);
  const node: Paragraph = role ? { type: 'paragraph', children, data: { role } } : { type: 'paragraph', children };
  add(tree, positioned(node, pieces));
}

/** Adds verbatim text. */
export function addCode(tree: Growing, value: string, start: Place, end: Place): void {
  if (value.trim() === '') return;
  const position = { start: pointOf(start), end: pointOf(end) };
  add(tree, { type: 'code', value, position } satisfies Code);
}

/** Opens a list where we are; one straight inside a list (old HTML mail) hangs on the item above it. */
export function openList(tree: Growing, ordered: boolean): void {
  if (tree.beyond > 0 || tree.stack.length > DEEPEST) {
    tree.beyond++;
    return;
  }
  const box = top(tree);
  const last = box.type === 'list' ? box.children.at(-1) : undefined;
  if (last) tree.stack.push(last);
  const list: List = { type: 'list', ordered, spread: false, children: [] };
  add(tree, list);
  tree.stack.push(list);
}

/** Opens an item; where no list is open, one is. */
export function openItem(tree: Growing, checked: boolean | null, place: Place | null): void {
  if (top(tree).type === 'listItem') pop(tree);
  if (top(tree).type !== 'list') openList(tree, false);
  const box = top(tree);
  if (box.type !== 'list') return;
  const item: ListItem = { type: 'listItem', checked, spread: false, children: [] };
  if (place) item.position = { start: pointOf(place), end: pointOf(place) };
  box.children.push(item);
  tree.stack.push(item);
}

/** Closes the innermost list, with its item. */
export function closeList(tree: Growing): void {
  if (tree.beyond > 0) {
    tree.beyond--;
    return;
  }
  if (top(tree).type === 'listItem') pop(tree);
  if (top(tree).type === 'list') pop(tree);
}

/** Opens a quote where we are; `answered` for an earlier mail. */
export function openQuote(tree: Growing, answered: boolean): void {
  if (tree.stack.length > DEEPEST) return;
  const quote: Blockquote = { type: 'blockquote', children: [] };
  if (answered) quote.data = { answered };
  add(tree, quote);
  tree.stack.push(quote);
}

/** Closes the innermost quote and what is open in it. */
export function closeQuote(tree: Growing): void {
  while (tree.stack.length > 1) if (pop(tree).type === 'blockquote') return;
}

/** A number that no other row or table of this note has. */
export function nextRow(tree: Growing): number {
  return tree.rows++;
}

function top(tree: Growing): Box {
  return tree.stack.at(-1) ?? tree.root;
}

function pop(tree: Growing): Box {
  const box = tree.stack.pop() ?? tree.root;
  settle(box);
  return box;
}

/** Gives a container the position of what it holds. */
function settle(box: Box): void {
  const first: Node | undefined = box.children[0];
  const last: Node | undefined = box.children.at(-1);
  const start = box.position?.start ?? first?.position?.start;
  const end = last?.position?.end ?? box.position?.end;
  if (start && end) box.position = { start, end };
}

function add(tree: Growing, node: RootContent): void {
  if (top(tree).type === 'list') openItem(tree, null, null);
  (top(tree).children as RootContent[]).push(node);
}

function pointOf(place: Place): Place {
  return { line: place.line, column: place.column };
}

function positioned<T extends Node>(node: T, pieces: readonly Piece[]): T {
  const first = pieces[0];
  const last = pieces.at(-1);
  if (!first || !last) return node;
  const end = { line: last.line, column: last.column + last.text.length };
  node.position = { start: pointOf(first), end };
  return node;
}
