import type { Link as LinkNode, PhrasingContent } from 'mdast';
import type { Link } from './note.ts';

/** What text nodes show, with where each raw line, link and emphasis begins in it. */
export interface Visible {
  text: string;
  readonly marks: { offset: number; line: number }[];
  readonly links: Link[];
  readonly strong: { start: number; end: number }[];
}

/** The visible text of inline nodes: one space between words, none at the ends. */
export function visibleText(nodes: readonly PhrasingContent[]): Visible {
  const visible: Visible = { text: '', marks: [], links: [], strong: [] };
  appendAll(visible, nodes);
  visible.text = visible.text.trimEnd();
  return visible;
}

function appendAll(visible: Visible, nodes: readonly PhrasingContent[]): void {
  for (const node of nodes) {
    if (node.type === 'text') append(visible, node.value, node.position?.start.line ?? 1);
    else if (node.type === 'link') appendLink(visible, node);
    else if (node.type === 'strong') appendStrong(visible, node.children);
  }
}

function appendLink(visible: Visible, node: LinkNode): void {
  const start = nextOffset(visible, node.children);
  appendAll(visible, node.children);
  const end = trimmedLength(visible);
  if (end > start) visible.links.push({ start, end, text: visible.text.slice(start, end), url: node.url });
}

function appendStrong(visible: Visible, children: readonly PhrasingContent[]): void {
  const start = nextOffset(visible, children);
  appendAll(visible, children);
  const end = trimmedLength(visible);
  if (end > start) visible.strong.push({ start, end });
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
  let text = value.replace(/[\s\u200b\ufeff]+/g, ' ');
  if (text.startsWith(' ') && !needsSpace(visible.text)) text = text.slice(1);
  if (text === '') return;
  if (visible.marks.at(-1)?.line !== line && text !== ' ') {
    visible.marks.push({ offset: visible.text.length + (text.startsWith(' ') ? 1 : 0), line });
  }
  visible.text += text;
}
