import type { Outcome } from '../../src/apply/outcome.ts';
import type { Planned } from '../../src/pipeline.ts';
import type { Wish } from './people.ts';
import type { Seen } from './services.ts';
import type { Statement } from './statements.ts';

/** What was found wrong at the end of a round. */
export interface Verdict {
  /** Issues too many, items without an issue, edits that were undone: a sentence each. */
  readonly duplicates: string[];
  readonly lost: string[];
  readonly undone: string[];
  /** Anything else that a promise excludes. */
  readonly broken: string[];
  /** Second issues that two ledgers or a stale list led to, and that were closed as duplicates. */
  readonly seconds: number;
}

export interface Facts {
  readonly statements: readonly Statement[];
  readonly issues: readonly Seen[];
  /** By `tracker id`. */
  readonly wishes: ReadonlyMap<string, readonly Wish[]>;
  /** Issues whose text no longer tells their statement. */
  readonly known: ReadonlyMap<string, number>;
  /** Whether two ledgers or a stale list allow that a second issue is filed, when it is closed again. */
  readonly mayDouble: boolean;
}

export const nameOf = ({ tracker, id }: Pick<Seen, 'tracker' | 'id'>) => `${tracker} ${id}`;

/** Looks at the trackers when all is quiet. */
export function judge({ statements, issues, wishes, known, mayDouble }: Facts): Verdict {
  const verdict: Verdict & { seconds: number } = { duplicates: [], lost: [], undone: [], broken: [], seconds: 0 };
  for (const statement of statements) {
    const own = issues.filter((issue) => isAbout(issue, statement, known));
    const kept = own.filter(({ duplicate }) => !duplicate);
    const told = `“${statement.object}”: ${own.map(tell).join(', ') || 'no issue'}`;
    const lowest = kept.toSorted((one, other) => Number(one.id) - Number(other.id))[0];
    // A second one that people have touched is left to them.
    const surplus = kept.filter((issue) => issue !== lowest && !wishes.has(nameOf(issue)));
    if (lowest === undefined) verdict.lost.push(told);
    if (surplus.length > 0 || (own.length > 1 && !mayDouble)) verdict.duplicates.push(told);
    verdict.seconds += Math.max(own.length - 1, 0);
  }
  const ours = issues.filter((issue) => !statements.some((statement) => isAbout(issue, statement, known)));
  for (const issue of ours) verdict.broken.push(`${nameOf(issue)} is about nothing: ${issue.title}`);
  for (const issue of issues) verdict.undone.push(...undone(issue, wishes.get(nameOf(issue)) ?? []));
  return verdict;
}

function tell(issue: Seen): string {
  return `${nameOf(issue)}${issue.duplicate ? ' (closed as a duplicate)' : ''}`;
}

function isAbout(issue: Seen, { object, number }: Statement, known: ReadonlyMap<string, number>): boolean {
  const told = known.get(nameOf(issue));
  if (told !== undefined) return told === number;
  return `${issue.title}\n${issue.body}`.replace(/\s+/g, ' ').includes(object);
}

function undone(issue: Seen, wishes: readonly Wish[]): string[] {
  const found = wishes
    .filter(({ holds }) => !holds(issue))
    .map(({ what }) => `${nameOf(issue)}: ${what}; now ${JSON.stringify(issue)}`);
  const closes = wishes.some(({ what }) => what === 'closed');
  return issue.open || issue.duplicate || closes ? found : [...found, `${nameOf(issue)} was closed by nobody`];
}

/** What is wrong with the outcomes of one run: each item has exactly one, with a reason. */
export function judgeRun({ plan }: Planned, outcomes: readonly Outcome[], items: number, secrets: readonly string[]) {
  const problems: string[] = [];
  const stated = plan.changes.filter((change) => 'item' in change && change.item !== null).length;
  if (stated !== items) problems.push(`${items} items, ${stated} planned`);
  const expected = plan.changes.map(({ key }) => key).toSorted();
  const told = outcomes.map(({ key }) => key).toSorted();
  if (expected.join() !== told.join()) problems.push(`${expected.length} changes, ${told.length} outcomes`);
  for (const { key, because } of outcomes) if (because.trim() === '') problems.push(`${key} has no reason`);
  const text = JSON.stringify(outcomes);
  if (secrets.some((secret) => text.includes(secret))) problems.push('an outcome holds a secret');
  return problems;
}
