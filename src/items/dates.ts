import { fieldsBehind } from './assigned.ts';
import type { Due, NoteFacts } from './item.ts';
import { cellFor } from './row.ts';
import { type Context, governorsOf, nextOf, previousOf, type Statement } from './statement.ts';
import { announcedIn, MONTH, timeIn } from './times.ts';

/** Releases and milestones with their dates, as the configuration gives them. */
export type Releases = Readonly<Record<string, string>>;

/** So much is read of a statement, and of what stands around it. */
const READ = 2_000;
const NEAR = 400;

/** When the work is due, as it is written; `date` only where the configured releases give one. */
export function dueOf(statement: Statement, context: Context, releases: Releases = {}): Due | null {
  const text =
    inRow(statement, context) ?? own(statement, context) ?? below(statement, context) ?? inherited(statement, context);
  return text === null ? null : { text, date: releaseDate(text, releases) };
}

/** The time in the statement, in the rest of its sentence, or in a sentence behind it that says only when. */
function own(statement: Statement, context: Context): string | null {
  const { block, text, start, end, sentence } = statement;
  const next = nextOf(statement, context);
  const after = next?.block === block && SAYS_WHEN.test(next.text) ? next.text.slice(0, NEAR) : '';
  return (
    timeIn(text.slice(0, READ)) ??
    timeIn(block.text.slice(Math.max(sentence.start, start - NEAR), start)) ??
    timeIn(block.text.slice(end, Math.min(sentence.end, end + NEAR))) ??
    timeIn(after) ??
    timeIn(fieldsBehind(statement, context).find((field) => LABEL.test(field) || SAYS_WHEN.test(field)) ?? '')
  );
}

const SAYS_WHEN =
  /^(?:due|deadline|target|eta|timeline|when|by when|(?:this|it|that|which)(?: work)? (?:is|will be|should be|is to be|has to be|needs to be) (?:due|done|planned|targeted|targetted|scheduled|finished|ready|completed|expected))\b/i;

/** The cell of a column of dates, as it is written. */
function inRow({ block }: Statement, context: Context): string | null {
  const cell = cellFor(block, context, 'due');
  return cell === null || cell.text.length > LONGEST ? null : cell.text.trim();
}

const LONGEST = 60;
const LABEL =
  /^(?:due(?: date| by)?|deadline|eta|by when|when|target(?: date)?|scheduled)\s?[:=]\s?<?(?<due>[^<>]{2,40}?)>?$/i;

/** "Deadline: <2017-03-20 Mon>" in a line below it. */
function below({ block }: Statement, context: Context): string | null {
  const next = context.note.blocks[block.index + 1];
  const lines = [
    ...(context.children.get(block.index) ?? []).slice(0, 4),
    ...(next?.kind === 'paragraph' ? [next] : []),
  ];
  for (const { text } of lines) {
    const due = text.length < LONGEST ? LABEL.exec(text.trim())?.groups?.due : undefined;
    if (due !== undefined) return due;
  }
  return null;
}

/** Lines that say for when all of what follows is to be done: "For next time:", "To do before the release:", "Actions this week". */
const FOR_A_TIME =
  /^(?:(?:actions?|action items|to-?dos?|to do|tasks?|things to do|work|homework|next steps|plans?)\b.{0,30}|for |by |before |until |due )/i;

/** What a heading, a lead-in line or the sentences before say about the release that all of it is for. */
function inherited(statement: Statement, context: Context): string | null {
  for (const above of governorsOf(statement.block, context)) {
    const line = above.text.slice(0, NEAR);
    const found = announcedIn(line) ?? timeIn(line, true) ?? forATime(line);
    if (found !== null && /\p{L}{2}/u.test(found)) return found;
  }
  let before = previousOf(statement, context);
  for (let n = 0; n < REACH && before !== null && before.block === statement.block; n += 1) {
    const text = before.text.slice(0, NEAR);
    const found = SETS_THE_TIME.test(text) ? timeIn(text, true) : null;
    if (found !== null && /\p{L}{2}/u.test(found)) return found;
    before = previousOf(before, context);
  }
  for (const heading of statement.block.section.toReversed()) {
    const found = announcedIn(heading.slice(0, NEAR)) ?? forATime(heading);
    if (found !== null) return found;
  }
  return null;
}

function forATime(line: string): string | null {
  return line.length <= LONGEST && FOR_A_TIME.test(line) && !/\b(?:from|of the last|last|previous)\b/i.test(line)
    ? timeIn(line)
    : null;
}

const REACH = 6;
/** A sentence that begins with its time, or speaks of plans, sets the time for those behind it too. */
const SETS_THE_TIME =
  /^(?:In|For|During|By) |\b(?:plans?|planned|planning|goals?|targets?|upcoming|coming|about RFE|talked about|get it done)\b/;

/** The date of the longest configured name that the text holds. */
function releaseDate(text: string, releases: Releases): string | null {
  const lower = text.toLowerCase();
  const named = Object.keys(releases)
    .filter((name) => holds(lower, name.toLowerCase()))
    .sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  const [best] = named;
  return best === undefined ? null : (releases[best] ?? null);
}

/** Whether a name stands in a text as a word of its own: "victoria" does not in "victoria-2". */
function holds(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    if (!/[\w-]/.test(text[at - 1] ?? ' ') && !/[\w+-]/.test(text[at + name.length] ?? ' ')) return true;
  }
  return false;
}

/** A day of the month. A weekday or "tomorrow" may lie before the note as well as after it: it stays as it is written. */
const ABSOLUTE = new RegExp(
  `\\d{4}-\\d{2}-\\d{2}|\\d{1,2}/\\d{1,2}|${MONTH}\\.? \\d|\\d(?:st|nd|rd|th)?(?: of)? ${MONTH}`,
);

/** The same items with the days that their dues name, each read relative to the date of its note. */
export function withDays<T extends { readonly due: Due | null; readonly note: NoteFacts }>(
  items: readonly T[],
): Promise<readonly T[]> {
  return Promise.all(
    items.map(async (item) => (item.due === null ? item : { ...item, due: await withDay(item.due, item.note.date) })),
  );
}

/** The same due with the day that its text names, read relative to the note's date; as it is where the text names none. */
export async function withDay(due: Due, noteDate: string | null): Promise<Due> {
  if (due.date !== null || !ABSOLUTE.test(due.text)) return due;
  const iso = /\d{4}-\d{2}-\d{2}/.exec(due.text);
  if (iso !== null) return { ...due, date: iso[0] };
  if (noteDate === null && !/\b\d{4}\b/.test(due.text)) return due;
  const { parse } = await import('chrono-node/en');
  const instant = new Date(`${noteDate ?? '2000-01-01'}T12:00:00Z`);
  const [found] = parse(due.text, { instant, timezone: 0 }, { forwardDate: true });
  if (found === undefined || !(found.start.isCertain('day') || found.start.isCertain('weekday'))) return due;
  return { ...due, date: day(found.start) };
}

function day(parts: { get(part: 'year' | 'month' | 'day'): number | null }): string | null {
  const [year, month, date] = [parts.get('year'), parts.get('month'), parts.get('day')];
  if (year === null || month === null || date === null) return null;
  return `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
}
