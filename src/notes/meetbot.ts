import type { Heading, PhrasingContent, Root, RootContent } from 'mdast';
import { BOTS } from './irc.ts';

const GONE = /^(?:action items, by person|people present(?: \(lines said\))?|full log|vote results|meeting log)$/i;
const DETAILS = /(?<!\s)\s*\([^\s()]{1,40},\s\d\d:\d\d:\d\d\)\s*$/;
const PRESENT = /^people present/i;

function textOf(nodes: readonly PhrasingContent[]): string {
  return nodes.map((node) => ('children' in node ? textOf(node.children) : 'value' in node ? node.value : '')).join('');
}

function headingText(node: RootContent): string | null {
  return node.type === 'heading' ? textOf(node.children).trim() : null;
}

/** Whether a tree is the minutes that a MeetBot wrote. */
export function isMinutes(tree: Root): boolean {
  const headings = tree.children.map(headingText).filter((text) => text !== null);
  return (
    headings.some((text) => GONE.test(text)) && headings.some((text) => /^(?:meeting summary|action items)/i.test(text))
  );
}

/** Takes "(nick, 14:05:00)" off the minutes' items: who noted it, which is not who does it. */
export function dropDetails(nodes: readonly RootContent[]): void {
  for (const node of nodes) {
    if (node.type === 'paragraph') {
      const length = DETAILS.exec(textOf(node.children))?.[0].length ?? 0;
      if (length > 0) dropTrailing(node.children, length);
    } else if (node.type === 'list' || node.type === 'listItem') dropDetails(node.children);
  }
}

function dropTrailing(nodes: PhrasingContent[], count: number): number {
  let left = count;
  for (let node = nodes.at(-1); node && left > 0; node = nodes.at(-1)) {
    if (node.type === 'text') {
      const kept = Math.max(0, node.value.length - left);
      left -= node.value.length - kept;
      node.value = node.value.slice(0, kept);
      if (kept > 0) return 0;
    } else if ('children' in node) left = dropTrailing(node.children, left);
    if (left > 0 || (node.type === 'text' && node.value === '')) nodes.pop();
  }
  return left;
}

/** Drops what minutes repeat (the log, the actions by person, the votes); gives the nicks of those present. */
export function dropRepetitions(tree: Root): string[] {
  const kept: RootContent[] = [];
  const people: string[] = [];
  let gone: Heading | null = null;
  for (const node of tree.children) {
    const text = headingText(node);
    if (node.type === 'heading' && (gone === null || node.depth <= gone.depth))
      gone = GONE.test(text ?? '') ? node : null;
    if (gone === null) kept.push(node);
    else if (node.type === 'list' && PRESENT.test(headingText(gone) ?? '')) people.push(...nicksIn(node.children));
  }
  tree.children = kept;
  return people;
}

function nicksIn(items: readonly RootContent[]): string[] {
  return items.flatMap((item) => {
    const first = item.type === 'listItem' ? item.children[0] : undefined;
    const text = first?.type === 'paragraph' ? textOf(first.children) : '';
    const nick = /^\s*(\S{1,40})\s+\(\d+\)/.exec(text)?.[1];
    return nick === undefined || BOTS.test(nick) ? [] : nick;
  });
}
