import type { Block } from '../notes/note.ts';
import { allOf, isAddress, isBareAddress, isMatter, unique, within } from './block-refs.ts';
import { content } from './cut.ts';
import type { Ref } from './item.ts';
import { phraseOf } from './phrase.ts';
import { isWork, refOf } from './ref.ts';
import { restOfRow } from './row.ts';
import { type Context, governorsOf, previousOf, type Statement } from './statement.ts';
import { wordsOf } from './tokens.ts';

/** How far back in a section "it" may reach, in sentences. */
const REACH = 4;
/** How far back in its own sentence, in characters. */
const NEAR = 600;
const POINTS_BACK =
  /\b(?:it|its|this|that|these|those|them|they|such|the (?:same|patch|patches|spec|rfe|bug|issue|pr|proposal|change|changes|review|discussion|document|doc|draft|details?|idea|topic|list|rest|other|others|latter|former)|both|above|below|others?)\b/i;
/** So few words say nothing alone: "Alice to finish and share". */
const FEW = 7;

/** The refs that belong to a statement, and where they were found. */
interface Found {
  readonly refs: readonly Ref[];
  readonly where: 'own' | 'below' | 'beside' | 'above' | 'before' | 'heading';
}

/**
 * The refs of a statement: those that stand in it; else in bullets below that hold nothing but addresses; else, where it
 * only points back ("it", "this patch"), those of the enclosing bullets, of the sentences before, or of the heading.
 */
export function refsOf(statement: Statement, context: Context): readonly Ref[] {
  return find(statement, context)?.refs ?? [];
}

/** Verbs of carrying on with what has an issue already. */
const CARRIES_ON: ReadonlySet<string> = new Set(
  (
    'implement finish complete continue respin review merge land rebase update revisit resolve fix address close approve ' +
    'work look abandon revert split follow clean cleanup read audit investigate check remove rename add make'
  ).split(' '),
);
const MAKES_NEW =
  /\b(?:open|file|report|create|raise|submit|register|write|make|need|have)s?\b.{0,30}\b(?:issues?|bugs?|rfes?|lp|tickets?|specs?|blueprints?|stories|story|announcement|discussion)\b/i;
const TALKS = /\b(?:ask|asks|contact|announce|email|mail|invite|reach out|talk|discuss|list of)\b/i;

/** The issue that already exists for the very work that the statement states; null where a ref is only something to read. */
export function trackedOf(statement: Statement, context: Context): Ref | null {
  const found = find(statement, context);
  const ref = found?.refs.find(isWork) ?? null;
  if (found === null || ref === null || MAKES_NEW.test(statement.text) || TALKS.test(statement.text)) return null;
  if (found.where === 'heading' && /\b(?:PRs?|pull requests?|patch|proposal|text)\b/.test(statement.text)) return ref;
  if (found.where === 'own' && endsWith(statement, ref)) return ref;
  const verb = phraseOf(wordsOf(statement.text))?.verb ?? '';
  const looks = verb === 'take' && /\btake (?:a look|care|over|on)\b/i.test(statement.text);
  return looks || CARRIES_ON.has(verb) ? ref : null;
}

/** "Create the repository #33": the issue stands behind the work. */
function endsWith({ block, start, end, sentence }: Statement, ref: Ref): boolean {
  const links = block.links.filter((link) => link.url === ref.url && link.start >= start && link.start <= sentence.end);
  const last = links[links.length - 1];
  return (
    last !== undefined &&
    last.end >= end - 2 &&
    block.links.filter((link) => link.start >= start && link.end <= end).length <= 1
  );
}

/** What was found last: who asks for the refs of a statement asks for its issue next. */
let last: { readonly statement: Statement; readonly context: Context; readonly found: Found | null } | null = null;

function find(statement: Statement, context: Context): Found | null {
  if (last === null || last.statement !== statement || last.context !== context)
    last = { statement, context, found: look(statement, context) };
  return last.found;
}

function look(statement: Statement, context: Context): Found | null {
  const own = within(statement.block, statement.start, tailEnd(statement), context, statement);
  if (own.length > 0) return { refs: own, where: 'own' };
  const below = addressesBelow(statement, context);
  if (below.length > 0) return { refs: below, where: 'below' };
  const cells = restOfRow(statement.block, context).flatMap((cell) => allOf(cell, context));
  if (cells.length > 0) return { refs: unique(cells), where: 'beside' };
  if (MAKES_NEW.test(statement.text)) return null;
  const points = pointsBack(statement);
  return (
    addressesBefore(statement, context) ??
    lookBack(statement, context, points) ??
    ofTopicBullet(statement, context) ??
    ofHeading(statement, context, points)
  );
}

/** Bullets right before it in its list, or at the list's beginning, that are nothing but an address ("spec: https://…", "LINK: …"). */
function addressesBefore({ block }: Statement, context: Context): Found | null {
  if (block.list === null || block.kind === 'cell') return null;
  const list = context.siblings.get(block.list) ?? [];
  const at = list.length > MOST_SIBLINGS ? -1 : list.indexOf(block);
  const before = list.slice(0, Math.max(0, at));
  const near = before.slice(before.findLastIndex((each) => !isBareAddress(each)) + 1);
  const nested = block.depth > 1 && context.note.kind !== 'meetbot';
  const first = nested
    ? before.slice(
        0,
        before.findIndex((each) => !isBareAddress(each)),
      )
    : [];
  const refs = unique((near.length > 0 ? near : first).flatMap((each) => allOf(each, context))).filter(isMatter);
  return refs.length === 0 ? null : { refs, where: 'beside' };
}

const MOST_SIBLINGS = 40;

/** "* [Topic](issue)" with what was said about it in paragraphs below. */
function ofTopicBullet({ block }: Statement, context: Context): Found | null {
  if (block.depth > 0 || block.kind === 'cell') return null;
  for (let at = block.index - 1; at >= Math.max(0, block.index - 12); at -= 1) {
    const above = context.note.blocks[at];
    if (above === undefined || above.kind === 'heading' || above.depth > 1) return null;
    if (above.depth === 0) continue;
    const refs = allOf(above, context).filter(isWork);
    return refs.length === 0 ? null : { refs, where: 'above' };
  }
  return null;
}

/** "… a mailman group #32": what follows the statement in its sentence with hardly a word between belongs to it. */
function tailEnd({ end, sentence, block }: Statement): number {
  const rest = block.text.slice(end, Math.min(sentence.end, end + 60));
  return /^[\s([:–-]{0,4}(?:see |issue |bug )?(?:#\d|https?:)/i.test(rest) ? sentence.end : end;
}

function pointsBack({ text }: Statement): boolean {
  return POINTS_BACK.test(text) || (text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0) < FEW;
}

/** Enclosing bullets always lend their issues; everything else only what a statement that points back means. */
function lookBack(statement: Statement, context: Context, points: boolean): Found | null {
  for (const block of governorsOf(statement.block, context)) {
    const refs = allOf(block, context).filter((ref) => isWork(ref) || (points && block.depth > 0));
    if (refs.length > 0) return { refs, where: 'above' };
  }
  return points ? sentencesBefore(statement, context) : null;
}

function sentencesBefore(statement: Statement, context: Context): Found | null {
  const start = Math.max(statement.sentence.start, statement.start - NEAR);
  const sentence = within(statement.block, start, statement.end, context);
  if (sentence.length > 0) return { refs: sentence, where: 'before' };
  let before = previousOf(statement, context);
  if (before?.block === statement.block && statement.block.kind !== 'paragraph') {
    const refs = within(before.block, before.start, before.end, context);
    if (refs.length > 0) return { refs, where: 'before' };
  }
  for (let n = 0; n < REACH && before !== null; n += 1) {
    if (before.block !== statement.block && before.block.depth + statement.block.depth > 0) break;
    const refs = within(before.block, before.start, before.end, context).filter((ref) => isWork(ref));
    if (refs.length > 0) return { refs, where: 'before' };
    before = previousOf(before, context);
  }
  return null;
}

/** A section about one issue: its heading, or a line right below that is nothing but the address, names it. */
function ofHeading(statement: Statement, context: Context, points: boolean): Found | null {
  const at = context.sectionStart[statement.block.index] ?? -1;
  const heading = context.note.blocks[at];
  if (heading === undefined || heading.kind !== 'heading') return null;
  if (!points && statement.block.index - at > NEAR_HEADING && !isAbout(statement, heading)) return null;
  const below = context.note.blocks[at + 1];
  const refs = [
    ...allOf(heading, context),
    ...(below !== undefined && below !== statement.block && isAddress(below) ? allOf(below, context) : []),
  ].filter((ref) => isWork(ref) || (points && below !== undefined && isAddress(below) && isMatter(ref)));
  return refs.length > 0 ? { refs: unique(refs), where: 'heading' } : null;
}

/** Bullets right below that are nothing but an address, perhaps with a few words before it. */
function addressesBelow(statement: Statement, context: Context): readonly Ref[] {
  const refs = (context.children.get(statement.block.index) ?? []).flatMap((child) =>
    isAddress(child) && (child.parent === statement.block.index || statement.block.text.endsWith(':'))
      ? child.links.map(({ url }) => refOf(url))
      : [],
  );
  return unique(refs);
}

/** So many blocks below a heading nobody has turned to another matter yet. */
const NEAR_HEADING = 8;

function isAbout(statement: Statement, heading: Block): boolean {
  const words = new Set(content(heading.text.slice(0, 200)));
  return content(statement.text.slice(0, 400)).some((word) => words.has(word));
}
