import type { ListItem, Paragraph, PhrasingContent, Root, RootContent } from 'mdast';
import { labelOf, type Voices } from './voices.ts';

const DUTIES = /\b(?:actions?|todos?|to.?do|next steps?|follow.?ups?|assignments?|tasks?|volunteers?|owners?)\b/i;

/** Takes the speakers' labels off the texts of a tree and notes who says what, and whether anybody does; lists of duties stay as they are. */
export function markSpeech(tree: Root, voices: Voices): boolean {
  const state: Listening = { duties: false, speaker: null, changed: 0 };
  markAll(tree.children, voices, state);
  return state.changed > 0;
}

interface Listening {
  /** We are in a list of duties, where a name in front is an owner. */
  duties: boolean;
  /** Who spoke last: "… and more" goes on. */
  speaker: string | null;
  changed: number;
}

function markAll(nodes: readonly RootContent[], voices: Voices, state: Listening): void {
  for (const node of nodes) {
    if (node.type === 'heading') state.duties = DUTIES.test(leading(node.children, 120));
    else if (node.type === 'paragraph') markParagraph(node, voices, state);
    else if (node.type === 'listItem') markItem(node, voices, state);
    else if (node.type === 'list' || node.type === 'blockquote') markAll(node.children, voices, state);
  }
}

/** What an item opens, a label or a duty, ends with it. */
function markItem(node: ListItem, voices: Voices, state: Listening): void {
  const inside = { ...state, duties: state.duties || node.checked != null };
  markAll(node.children, voices, inside);
  state.changed = inside.changed;
}

function markParagraph(node: Paragraph, voices: Voices, state: Listening): void {
  const role = node.data?.role;
  const text = leading(node.children, 120);
  if (role?.kind === 'term' || text.trimEnd().endsWith(':'))
    state.duties = DUTIES.test(text) || (state.duties && !role);
  if (role?.kind === 'speech') state.speaker = role.speaker ?? null;
  if (state.duties || (role && role.kind !== 'plain')) return;
  const label = labelOf(text.trimStart());
  if (/^\s*(?:…|\.{3})\s*\S/.test(text) && state.speaker !== null) {
    node.data = { role: { ...role, kind: 'speech', speaker: state.speaker } };
    state.changed++;
    return;
  }
  state.speaker = null;
  if (!label || !voices.has(label.name.toLowerCase())) return;
  const gap = text.length - text.trimStart().length;
  dropLeading(node.children, gap + label.length);
  state.speaker = label.name.replace(/^@/, '');
  state.changed++;
  node.data = { role: { ...role, kind: 'speech', speaker: state.speaker } };
}

/** The first characters that inline nodes show. */
function leading(nodes: readonly PhrasingContent[], length: number): string {
  let text = '';
  for (const node of nodes) {
    if (text.length >= length) break;
    if (node.type === 'text') text += node.value;
    else if ('children' in node) text += leading(node.children, length - text.length);
  }
  return text.replace(/\n/g, ' ');
}

/** Removes the first characters of inline nodes; gives how many of them it did not find. */
function dropLeading(nodes: PhrasingContent[], count: number): number {
  let left = count;
  for (let node = nodes[0]; node && left > 0; node = nodes[0]) {
    if (node.type === 'text') {
      const taken = Math.min(left, node.value.length);
      node.value = node.value.slice(taken);
      if (node.position) node.position.start.column += taken;
      left -= taken;
      if (node.value !== '') return 0;
    } else if ('children' in node) {
      left = dropLeading(node.children, left);
      if (node.children.length > 0) return left;
    }
    nodes.shift();
  }
  return left;
}
