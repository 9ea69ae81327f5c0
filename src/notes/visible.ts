import type { Link as LinkNode, PhrasingContent } from 'mdast';
import type { Link } from './note.ts';

/** What text nodes show, with where each raw line, link and emphasis begins in it. */
export interface Visible {
  readonly text: string;
  readonly marks: readonly { readonly offset: number; readonly line: number }[];
  readonly links: readonly Link[];
  readonly strong: readonly { readonly start: number; readonly end: number }[];
}

/** Text that grows; its parts are joined once, as asking a growing string for its end costs its length. */
interface Growing {
  readonly parts: string[];
  length: number;
  /** Whether a space would double the last one, or stand in front. */
  spaced: boolean;
  readonly marks: { offset: number; line: number }[];
  readonly links: { start: number; end: number; url: string }[];
  readonly strong: { start: number; end: number }[];
}

/** The visible text of inline nodes: one space between words, none at the ends. */
export function visibleText(nodes: readonly PhrasingContent[]): Visible {
  const growing: Growing = { parts: [], length: 0, spaced: true, marks: [], links: [], strong: [] };
  appendAll(growing, nodes);
  const text = growing.parts.join('').trimEnd();
  const links = growing.links.map((link) => {
    const end = Math.min(link.end, text.length);
    return { start: link.start, end, text: text.slice(link.start, end), url: link.url };
  });
  return { text, marks: growing.marks, links, strong: growing.strong };
}

function appendAll(growing: Growing, nodes: readonly PhrasingContent[]): void {
  for (const node of nodes) {
    if (node.type === 'text') append(growing, node.value, node.position?.start.line ?? 1);
    else if (node.type === 'link') appendLink(growing, node);
    else if (node.type === 'strong') appendStrong(growing, node.children);
  }
}

function appendLink(growing: Growing, node: LinkNode): void {
  const span = appendSpan(growing, node.children);
  if (span.end > span.start) growing.links.push({ ...span, url: node.url });
}

function appendStrong(growing: Growing, children: readonly PhrasingContent[]): void {
  const span = appendSpan(growing, children);
  if (span.end > span.start) growing.strong.push(span);
}

/** Appends nodes and gives where they stand, without the spaces around them. */
function appendSpan(growing: Growing, nodes: readonly PhrasingContent[]): { start: number; end: number } {
  const start = growing.length + (!growing.spaced && startsWithSpace(nodes[0]) ? 1 : 0);
  appendAll(growing, nodes);
  return { start, end: growing.spaced && growing.length > 0 ? growing.length - 1 : growing.length };
}

function startsWithSpace(node: PhrasingContent | undefined): boolean {
  if (node?.type === 'text') return SPACES.test(node.value.charAt(0));
  return node !== undefined && 'children' in node && startsWithSpace(node.children[0]);
}

const SPACES = /[\s\u200b\ufeff]/;
const ALL_SPACES = /[\s\u200b\ufeff]+/g;

function append(growing: Growing, value: string, line: number): void {
  let text = value.replace(ALL_SPACES, ' ');
  if (growing.spaced && text.startsWith(' ')) text = text.slice(1);
  if (text === '') return;
  if (text !== ' ' && growing.marks.at(-1)?.line !== line) {
    growing.marks.push({ offset: growing.length + (text.startsWith(' ') ? 1 : 0), line });
  }
  growing.parts.push(text);
  growing.length += text.length;
  growing.spaced = text.endsWith(' ');
}
