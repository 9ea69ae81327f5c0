import type { Block } from '../notes/note.ts';
import type { Ref } from './item.ts';
import { isWork, namedRefs, type PlacedRef, refOf } from './ref.ts';
import { type Context, governorsOf, previousOf, type Statement } from './statement.ts';

/** How far back in a section "it" may reach, in sentences. */
const REACH = 3;
const POINTS_BACK =
  /\b(?:it|its|this|that|these|those|them|they|such|the (?:same|patch|patches|spec|rfe|bug|issue|pr|proposal|change|changes|review|discussion|document|doc|draft|details?|idea|topic|list|rest|other|others|latter|former)|both|above|below|others?)\b/i;
/** So few words say nothing alone: "Travis to finish and share". */
const FEW = 7;

/** The refs that belong to a statement, and where they were found. */
interface Found {
  readonly refs: readonly Ref[];
  readonly where: 'own' | 'below' | 'above' | 'before' | 'heading';
}

/**
 * The refs of a statement: those that stand in it; else in bullets below that hold nothing but addresses; else, where it
 * only points back ("it", "this patch"), those of the enclosing bullets, of the sentences before, or of the heading.
 */
export function refsOf(statement: Statement, context: Context): readonly Ref[] {
  return find(statement, context)?.refs ?? [];
}

const DOES_IT =
  /\b(?:implement|implementing|finish|complete|continue|respin|review|reviews|reviewing|merge|merging|land|rebase|update|revisit|resolve|fix|address|close|approve|work on|working on|look at|take over|take care|push|abandon|revert|split|respond|follow|cleanup|clean up|clean-up|read|add to the spec)\b/i;
const MAKES_NEW =
  /\b(?:open|file|report|create|raise|submit|register|write up|new (?:issue|bug|rfe|ticket|spec|pr)|make a? ?(?:new )?(?:pr|issue))\b/i;

/** The issue that already exists for the very work that the statement states; null where a ref is only something to read. */
export function trackedOf(statement: Statement, context: Context): Ref | null {
  const found = find(statement, context);
  const ref = found?.refs.find(isWork) ?? null;
  if (found === null || ref === null || MAKES_NEW.test(statement.text)) return null;
  return DOES_IT.test(statement.text) || found.where === 'below' ? ref : null;
}

function find(statement: Statement, context: Context): Found | null {
  const own = within(statement.block, statement.start, statement.end, context);
  if (own.length > 0) return { refs: own, where: 'own' };
  const below = addressesBelow(statement, context);
  if (below.length > 0) return { refs: below, where: 'below' };
  if (!pointsBack(statement)) return null;
  return lookBack(statement, context);
}

function pointsBack({ text }: Statement): boolean {
  return POINTS_BACK.test(text) || (text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0) < FEW;
}

function lookBack(statement: Statement, context: Context): Found | null {
  for (const block of governorsOf(statement.block, context)) {
    const refs = within(block, 0, block.text.length, context);
    if (refs.length > 0) return { refs, where: 'above' };
  }
  const sentence = within(statement.block, statement.sentence.start, statement.end, context);
  if (sentence.length > 0) return { refs: sentence, where: 'before' };
  let before = previousOf(statement, context);
  for (let n = 0; n < REACH && before !== null; n += 1) {
    const refs = within(before.block, before.start, before.end, context);
    if (refs.length > 0) return { refs, where: 'before' };
    before = previousOf(before, context);
  }
  const heading = context.note.blocks[context.sectionStart[statement.block.index] ?? -1];
  if (heading === undefined || heading.kind !== 'heading') return null;
  const refs = within(heading, 0, heading.text.length, context);
  return refs.length > 0 ? { refs, where: 'heading' } : null;
}

/** Bullets right below that are nothing but an address, perhaps with a word or two before it. */
function addressesBelow(statement: Statement, context: Context): readonly Ref[] {
  const own = context.ofBlock[statement.block.index] ?? [];
  if (own.length > 0 && own[own.length - 1]?.end !== statement.end && (own[own.length - 1]?.start ?? 0) > statement.end)
    return [];
  const refs = (context.children.get(statement.block.index) ?? []).flatMap((child) =>
    isAddress(child) ? child.links.map(({ url }) => refOf(url)) : [],
  );
  return unique(refs);
}

function isAddress(block: Block): boolean {
  const [link] = block.links;
  if (link === undefined) return false;
  const spoken = block.links.reduce((length, { start, end }) => length - (end - start), block.text.length);
  return spoken <= 48;
}

function within(block: Block, start: number, end: number, context: Context): readonly Ref[] {
  const links: PlacedRef[] = block.links
    .filter((link) => link.start < end && link.end > start && isAddressOf(link.url))
    .map((link) => ({ ref: refOf(link.url), start: link.start, end: link.end }));
  const named = namedRefs(block.text.slice(start, end), repositoryOf(context))
    .map((placed) => ({ ...placed, start: placed.start + start, end: placed.end + start }))
    .filter((placed) => !links.some((link) => placed.start < link.end && placed.end > link.start));
  return unique([...links, ...named].sort((a, b) => a.start - b.start).map(({ ref }) => ref));
}

function isAddressOf(url: string): boolean {
  return /^https?:\/\//i.test(url);
}

function unique(refs: readonly Ref[]): readonly Ref[] {
  return [...new Map(refs.map((ref) => [ref.id === null ? ref.url : `${ref.kind} ${ref.id}`, ref])).values()];
}

const repositories = new WeakMap<Context, string | null>();

/** The repository that a bare "#12" means: the only one whose issues the note links to, or by far the most linked one. */
function repositoryOf(context: Context): string | null {
  const known = repositories.get(context);
  if (known !== undefined) return known;
  const counts = new Map<string, number>();
  let all = 0;
  for (const { url } of context.note.blocks.flatMap(({ links }) => links)) {
    const { kind, id } = refOf(url);
    if (id === null || (kind !== 'github-issue' && kind !== 'github-pull')) continue;
    const repository = id.slice(0, id.indexOf('#'));
    counts.set(repository, (counts.get(repository) ?? 0) + 1);
    all += 1;
  }
  const [best] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const repository = best !== undefined && best[1] * 4 >= all * 3 ? best[0] : null;
  repositories.set(context, repository);
  return repository;
}
