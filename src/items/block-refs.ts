import type { Block } from '../notes/note.ts';
import type { Ref } from './item.ts';
import { bareRefs } from './numbers.ts';
import { namedRefs, type PlacedRef, refOf } from './ref.ts';
import type { Context, Statement } from './statement.ts';

const whole = new WeakMap<Block, readonly Ref[]>();

/** The refs of a whole block, found once: every bullet below asks for them. */
export function allOf(block: Block, context: Context): readonly Ref[] {
  const known = whole.get(block) ?? within(block, 0, block.text.length, context);
  whole.set(block, known);
  return known;
}

/** The refs that stand in a part of a block, in its order: links, shorthands, and numbers that the note explains. */
export function within(
  block: Block,
  start: number,
  end: number,
  context: Context,
  statement: Statement | null = null,
): readonly Ref[] {
  const links: PlacedRef[] = block.links
    .filter((link) => link.start < end && link.end > start && isAddressOf(link.url))
    .map((link) => ({ ref: refOf(link.url), start: link.start, end: link.end }));
  const text = block.text.slice(start, end);
  const bare = bareRefs(text, context, statement);
  const meant = namedRefs(text, isOpenStack(context)).filter(
    (one) => !bare.some(({ start, end }) => one.start < end && one.end > start),
  );
  const named = [...meant, ...bare]
    .map((placed) => ({ ...placed, start: placed.start + start, end: placed.end + start }))
    .filter((placed) => !links.some((link) => placed.start < link.end && placed.end > link.start));
  return unique([...links, ...named].sort((a, b) => a.start - b.start).map(({ ref }) => ref));
}

const openStack = new WeakMap<Context, boolean>();

/** Whether a note's bare bug numbers are Launchpad's: it speaks of OpenStack or Ubuntu, or links to their services. */
function isOpenStack(context: Context): boolean {
  const known = openStack.get(context);
  if (known !== undefined) return known;
  const sign = /launchpad|\bLP\b|openstack|opendev|ubuntu|\bPTG\b|\bptg\b|storyboard/;
  const found = context.note.blocks.some(
    ({ text, links }) => sign.test(text) || links.some(({ url }) => sign.test(url)),
  );
  openStack.set(context, found);
  return found;
}

function isAddressOf(url: string): boolean {
  return /^https?:\/\//i.test(url);
}

/** Each thing once. */
export function unique(refs: readonly Ref[]): readonly Ref[] {
  return [...new Map(refs.map((ref) => [ref.id === null ? ref.url : `${ref.kind} ${ref.id}`, ref])).values()];
}

/** Whether a block is hardly more than an address: "spec: https://…". */
export function isBareAddress(block: Block): boolean {
  return isAddress(block, 20);
}

/** Whether a block is an address with a few words before it. */
export function isAddress(block: Block, most = 48): boolean {
  const [link] = block.links;
  if (
    link === undefined ||
    /^\W{0,3}(?:slides?|recording|video|minutes|notes|agenda|presentation|zoom|meet)\b/i.test(block.text)
  )
    return false;
  const spoken = block.links.reduce((length, { start, end }) => length - (end - start), block.text.length);
  return spoken <= most;
}

/** Whether a ref is what a matter is about, and not where it was talked about. */
export function isMatter({ kind, url }: Ref): boolean {
  return kind !== 'etherpad' && !/paste|youtu|docs\.google|zoom\.|meet\./i.test(url);
}
