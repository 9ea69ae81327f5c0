import type { Block } from '../notes/note.ts';
import type { Language } from './language.ts';
import { findPatterns } from './patterns.ts';
import { cellFor } from './row.ts';
import { type Context, governorsOf, type Statement } from './statement.ts';
import { wordsOf } from './tokens.ts';

/** What a heading or lead-in line announces: ids of place cues; `pure` when it says little else. */
export interface Announcement {
  readonly ids: readonly string[];
  readonly pure: boolean;
}

/** Reads what the headings and lead-in lines of a note announce; each line is read once. */
export interface Places {
  readonly of: (text: string) => Announcement;
}

/** Where a statement stands, as named features, and what it was announced as. */
export interface Place {
  readonly features: readonly string[];
  /** The cues of the nearest line that announces anything. */
  readonly announced: readonly string[];
  /** Whether that line is a lead-in or a heading that says little else. */
  readonly pure: boolean;
  /** Whether it is about earlier work: ticked, or in a list of earlier meetings and not open. */
  readonly old: boolean;
  /** A bullet in a bullet, or one with a box: in an agenda these are no points of it. */
  readonly nested: boolean;
}

const PURE_WORDS = 5;
/** What these announce counts only against statements that have nothing else to say for them. */
const JUDGED_LATER = new Set(['place-people', 'place-agenda']);

/** A reader that remembers what it read; headings repeat for every statement below them. */
export function placesOf(language: Language): Places {
  const known = new Map<string, Announcement>();
  return {
    of(text) {
      const cached = known.get(text);
      if (cached !== undefined) return cached;
      const words = wordsOf(text.slice(-160));
      const hits = findPatterns(language.patterns.place, words, language.lexicon.forms);
      const covered = hits.reduce((sum, hit) => sum + hit.to - hit.from, 0);
      const pure = words.length <= PURE_WORDS || covered * 2 >= words.length;
      // "Agenda & minutes" holds the minutes.
      const minuted = words.some(({ lower }) => lower === 'minutes' || lower === 'notes');
      const ids = hits.map((hit) => hit.id).filter((id) => id !== 'place-agenda' || !minuted);
      const found = { ids: [...new Set(ids)], pure };
      known.set(text, found);
      return found;
    },
  };
}

/** Reads where a statement stands: kind of block, list, position, headings, the nearest line it hangs on. */
export function placeOf(statement: Statement, context: Context, places: Places): Place {
  const { block } = statement;
  const features = [`kind:${block.kind}`];
  if (block.ordered) features.push('ordered');
  if (block.checked !== null) features.push(block.checked ? 'checked' : 'unchecked');
  if (block.speaker !== null) features.push('spoken');
  addList(features, block, context);
  addPosition(features, statement, context);
  const done = isAnsweredDone(statement, context);
  if (done) features.push('answered-done');
  const lines = linesAbove(block, context);
  const old = lines.some(({ text }) => isOld(text, places));
  const open = block.checked === false || isStillOpen(statement, context);
  if (old) features.push('old-list');
  if (old && open) features.push('open-box');
  const over = (old && !open) || done || block.checked === true;
  let announced: readonly string[] = [];
  let isPure = false;
  for (const { text, how } of over ? [] : lines) {
    const found = places.of(text);
    const counts = how === 'lead' ? found.pure || text.endsWith(':') : found.pure && !isOutdone(how, found);
    const ids = found.ids.filter((id) => id !== 'place-old' || !(open || NOT_OLD.test(text)));
    if (counts) for (const id of ids) if (!JUDGED_LATER.has(id)) features.push(`${how}:${id}`);
    if (counts && announced.length === 0 && ids.length > 0) {
      announced = ids;
      isPure = found.pure;
    }
  }
  const prose = isProse(statement, context) ? ':prose' : '';
  for (const id of announced) if (!JUDGED_LATER.has(id)) features.push(`${id}${prose}`);
  if (lines[0]?.how === 'lead' && lines[0].text.endsWith(':')) features.push('under-colon');
  return { features, announced, pure: isPure, old: over, nested: block.depth > 1 || block.checked !== null };
}

/** A line about earlier work; "to be done" is not, nor is a topic that has something old in it. */
function isOld(text: string, places: Places): boolean {
  const { ids, pure } = places.of(text);
  return pure && ids.includes('place-old') && !NOT_OLD.test(text);
}

const NOT_OLD =
  /\b(?:to be|not(?: yet)?) (?:done|completed?|finished|closed)\b|\b(?:deprecat|remov|drop|retir|replac)\w*\b/i;

/** Those present stand right under their heading; a section inside that one is another matter. */
function isOutdone(how: LineAbove['how'], found: Announcement): boolean {
  return how === 'outer' && found.ids.includes('place-people');
}

/** Of a paragraph under "Goals" hardly every sentence is a goal, and of what is said there still less. */
function isProse({ block }: Statement, context: Context): boolean {
  return block.speaker !== null || (block.kind === 'paragraph' && (context.ofBlock[block.index]?.length ?? 0) > 1);
}

interface LineAbove {
  readonly text: string;
  readonly how: 'lead' | 'above' | 'heading' | 'outer';
}

/** The lines that govern a block, nearest first: what it hangs on, what that hangs on, its heading, the heading above. */
function linesAbove(block: Block, context: Context): readonly LineAbove[] {
  const lines: LineAbove[] = [];
  const [nearest, above] = governorsOf(block, context);
  if (nearest !== undefined) lines.push({ text: nearest.text, how: 'lead' });
  if (above !== undefined) lines.push({ text: above.text, how: 'above' });
  const heading = block.section[block.section.length - 1];
  const outer = block.section[block.section.length - 2];
  if (heading !== undefined && heading !== nearest?.text) lines.push({ text: heading, how: 'heading' });
  if (outer !== undefined) lines.push({ text: outer, how: 'outer' });
  return lines;
}

const DONE = /^(?:\[[\w ]{1,20}\] )?(?:done|completed?|✅|✔|closed|merged|fixed|finished)(?![\w-])/i;
const DONE_TAIL = /[\s([–-](?:done|completed|✅|✔|closed|merged|fixed|finished)[\])]?[.!]?$/i;

const OPEN_STATE =
  /(?:still open|on-?going|in progress|not (?:yet )?(?:started|done|complete)|carried over|carry over|no progress|pending|overdue|wip|open|todo)\W{0,3}$/i;

/** "… - ongoing", or a state in the row that says so. */
function isStillOpen({ text, block }: Statement, context: Context): boolean {
  const state = cellFor(block, context, 'status');
  return /[\s([:–>-]/.test(text.slice(-30)) && OPEN_STATE.test(state?.text.slice(0, 40) ?? text.slice(-24));
}

const TOLD_DONE = /(?:[:([–—-]|->)\s{0,2}(?:done|completed?|closed|merged|fixed|finished)[\])]?[.!]?$/i;

/** Whether a state is noted that says it is over, apart from the sentence: in the row, behind a dash or a colon. */
function isTold({ text, block }: Statement, context: Context): boolean {
  const state =
    cellFor(block, context, 'status')?.text.slice(0, 40) ?? STATUS.exec(block.text.slice(-60))?.groups?.state;
  return (state !== undefined && DONE.test(state)) || TOLD_DONE.test(text.slice(-24));
}

const STATUS = /\bstatus: ?(?<state>.{1,40})$/i;

/** "… - completed", a sub-bullet or a state in the row that says so. */
function isAnsweredDone(statement: Statement, context: Context): boolean {
  const children = context.children.get(statement.block.index) ?? [];
  if (isTold(statement, context) || DONE_TAIL.test(statement.text.slice(-20))) return true;
  return children.slice(0, 8).some((child) => DONE.test(child.text.slice(0, 40)));
}

/** So many steps are a procedure, a schedule or a list of things rather than of work. */
const LONG_LIST = 10;

function addList(features: string[], block: Block, context: Context): void {
  if (block.list === null) return;
  const siblings = context.siblings.get(block.list)?.length ?? 1;
  if (siblings >= LONG_LIST) features.push('long-list');
  if ((context.children.get(block.index)?.length ?? 0) > 0) features.push('has-children');
}

function addPosition(features: string[], statement: Statement, context: Context): void {
  const own = context.ofBlock[statement.block.index] ?? [];
  const last = own[own.length - 1];
  if (statement.clause > 0) features.push('later-clause');
  if (statement.text.endsWith(':')) {
    features.push('ends-colon');
    if ((context.children.get(statement.block.index)?.length ?? 0) > 0 && last === statement) features.push('leads-in');
  }
}
