import type { Did, Outcome } from '../apply/outcome.ts';
import { NOT_IN_PEOPLE } from '../plan/assignees.ts';
import { count } from '../report/words.ts';
import { clip, flow, printable, toWidth, widest, wrap } from '../terminal/text.ts';
import type { Screen } from './screen.ts';

/** How many items met each fate. */
export type SyncSummary = Readonly<Record<Did, number>>;

export function summaryOf(outcomes: readonly Outcome[]): SyncSummary {
  const counts = { created: 0, adopted: 0, updated: 0, nothing: 0, uncertain: 0, failed: 0 };
  for (const { did } of outcomes) counts[did] += 1;
  return counts;
}

/** What `sync --format json` prints; `docs/schema/sync.schema.json` describes it. */
export function outcomesJson(outcomes: readonly Outcome[]) {
  return {
    outcomes: outcomes.map(({ key, title, tracker, did, issue, because, notes }) => ({
      key,
      title,
      tracker,
      did,
      issue,
      because,
      notes,
    })),
    summary: summaryOf(outcomes),
  };
}

const MARK = { created: '+', adopted: '&', updated: '~', nothing: '=', uncertain: '?', failed: '✗' } as const;

/** The outcomes for a terminal: what was done, why the rest was not, and the sum. */
export function printOutcomes(outcomes: readonly Outcome[], screen: Pick<Screen, 'paint' | 'width'>): string {
  const width = Math.max(40, screen.width);
  const done = outcomes.filter(({ did }) => did !== 'nothing');
  const shared = sharedFailures(done);
  const names = Math.min(12, widest(done.map(nameOf), 0));
  const lines = [
    ...done.filter((one) => !shared.has(one.because)).flatMap((one) => outcomeLines(one, names, width, screen)),
    ...[...shared].flatMap(([because, failed]) => sharedLines(because, failed, width, screen)),
    ...strangerLines(done, width, screen),
    ...reasonLines(outcomes, width, screen),
    ...flow(sumOf(outcomes), width, '  '),
  ];
  return `${lines.join('\n')}\n`;
}

/** A tracker that refuses everything fails many items for one reason; that is told once. */
function sharedFailures(outcomes: readonly Outcome[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { did, because } of outcomes) if (did === 'failed') counts.set(because, (counts.get(because) ?? 0) + 1);
  return new Map([...counts].filter(([, number]) => number > 3));
}

function sharedLines(
  because: string,
  failed: number,
  width: number,
  { paint }: Pick<Screen, 'paint'>,
): readonly string[] {
  const lines = wrap(printable(because), width - 6).map((line) => `      ${paint.dim(line)}`);
  return [`  ${paint.wrong(MARK.failed)} ${count(failed, 'item')}`, ...lines];
}

function outcomeLines(
  outcome: Outcome,
  names: number,
  width: number,
  { paint }: Pick<Screen, 'paint'>,
): readonly string[] {
  const { did, issue, because, notes } = outcome;
  const brush = brushOf(did, paint);
  const name = toWidth(nameOf(outcome), names);
  const linked = issue === null ? name : paint.link(name, issue.url);
  const title = clip(printable(outcome.title), width - names - 6);
  const own = notes.filter((note) => !note.endsWith(NOT_IN_PEOPLE));
  const told = did === 'uncertain' || did === 'failed' ? [because, ...own] : own;
  const said = told.flatMap((one) => wrap(printable(one), width - 6)).map((line) => `      ${paint.dim(line)}`);
  return [`  ${brush(MARK[did])} ${linked}${names === 0 ? '' : '  '}${title}`.trimEnd(), ...said];
}

/** Owners without an account, once for all: nearly every item names one. */
function strangerLines(
  outcomes: readonly Outcome[],
  width: number,
  { paint }: Pick<Screen, 'paint'>,
): readonly string[] {
  const notes = outcomes.flatMap((outcome) => outcome.notes).filter((note) => note.endsWith(NOT_IN_PEOPLE));
  if (notes.length === 0) return [];
  const names = [...new Set(notes.map((note) => printable(note.slice(0, -NOT_IN_PEOPLE.length))))].sort();
  const said = `not in people.yaml, so named in the text and not assigned: ${names.join(', ')}`;
  return wrap(said, width - 4).map((line, index) => `  ${index === 0 ? paint.wrong('!') : ' '} ${paint.dim(line)}`);
}

function nameOf({ issue }: Outcome): string {
  if (issue === null) return '';
  return /\/\+bug\/|bugs\.launchpad/.test(issue.url) ? `LP ${issue.id}` : `#${issue.id}`;
}

function brushOf(did: Did, paint: Screen['paint']): (text: string) => string {
  if (did === 'created') return paint.fresh;
  return did === 'updated' || did === 'adopted' ? paint.changed : paint.wrong;
}

/** Why nothing was done, each reason once; what is up to date needs no line of its own. */
function reasonLines(outcomes: readonly Outcome[], width: number, { paint }: Pick<Screen, 'paint'>): readonly string[] {
  const reasons = new Map<string, Outcome[]>();
  for (const outcome of outcomes) {
    const { did, because } = outcome;
    if (did === 'nothing' && because !== UP_TO_DATE) grouped(reasons, because).push(outcome);
  }
  return [...reasons].flatMap(([because, group]) => {
    const [only] = group;
    const what = group.length === 1 && only !== undefined ? printable(only.title) : count(group.length, 'item');
    const why = wrap(printable(because), width - 6).map((line) => `      ${line}`);
    return [`  = ${clip(what, width - 4)}`, ...why].map(paint.dim);
  });
}

/** The list under that name, made when it is not there yet. */
function grouped<T>(groups: Map<string, T[]>, name: string): T[] {
  const group = groups.get(name) ?? [];
  groups.set(name, group);
  return group;
}

const UP_TO_DATE = 'up to date';

function sumOf(outcomes: readonly Outcome[]): readonly string[] {
  const sum = summaryOf(outcomes);
  if (sum.nothing === outcomes.length) {
    const current = outcomes.filter(({ because }) => because === UP_TO_DATE).length;
    const left = sum.nothing - current;
    return [`0 changes, ${current} up to date${left === 0 ? '' : `, ${left} left as they are`}`];
  }
  const parts = [
    [sum.created, '✓', 'created'],
    [sum.adopted, '✓', 'adopted'],
    [sum.updated, '✓', 'updated'],
    [sum.nothing, '·', 'nothing'],
    [sum.uncertain, '?', 'uncertain'],
    [sum.failed, '✗', 'failed'],
  ] as const;
  return parts.flatMap(([number, mark, word]) => (number === 0 ? [] : [`${mark} ${number} ${word}`]));
}
