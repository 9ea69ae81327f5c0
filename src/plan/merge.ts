import type { Entry, Wrote } from '../ledger/ledger.ts';
import type { Patch } from '../trackers/tracker.ts';
import type { Wanted } from './draft.ts';
import { titleOf } from './draft.ts';
import { bodyWith, mergeBlock, mergeTitle, type Verdict } from './fields.ts';
import type { OwnIssue, RouteRule, TrackerFacts } from './input.ts';
import { type ListPatch, mergeAssignees, mergeLabels } from './lists.ts';
import type { FieldDiff } from './plan.ts';

/** What a three-way compare of a whole issue gives. */
export interface Merged {
  /** Null when there is nothing to write. */
  readonly patch: Patch | null;
  readonly fields: FieldDiff;
  /** What people changed and what therefore stays, one sentence each. */
  readonly kept: readonly string[];
  /** What the ledger holds as ours once the patch is written, and while it is not. */
  readonly wrote: Wrote;
  readonly unwritten: Wrote;
}

/** Compares what we last wrote, what the tracker says and what the notes say, field by field. People win. */
export function merge(
  own: OwnIssue,
  entry: Entry | null,
  wanted: Wanted,
  facts: TrackerFacts,
  route: RouteRule | null,
): Merged {
  const { issue } = own;
  const base = entry?.wrote ?? null;
  const title = mergeTitle(base?.title ?? titleInBlock(own, facts, route), issue.title, wanted.wrote.title);
  const block = fitting(mergeBlock(base?.block ?? null, own.block, wanted.wrote.block), own, wanted, facts);
  // With the ledger lost, a label that is not there may have been taken off by a person: none is put back.
  const labels = facts.access.mayLabel
    ? mergeLabels(base?.labels ?? wanted.wrote.labels, issue.labels, wanted.wrote.labels, facts.type === 'github')
    : unwritten(base?.labels ?? wanted.wrote.labels);
  const assignees = facts.access.mayAssign
    ? mergeAssignees(base?.assignees ?? null, issue.assignees, wanted.wrote.assignees)
    : unwritten(base?.assignees ?? wanted.wrote.assignees);
  const verdicts = { title, block, labels, assignees };
  return {
    patch: patchOf(verdicts, own, wanted, facts),
    fields: fieldsOf(verdicts, own),
    kept: Object.values(verdicts).flatMap(({ kept }) => kept ?? []),
    wrote: { title: title.base, block: block.base, labels: labels.base, assignees: assignees.base },
    unwritten: {
      title: title.write === null ? title.base : issue.title,
      block: block.write === null ? block.base : (own.block?.content ?? block.base),
      labels: labels.write === null ? labels.base : (base?.labels ?? []),
      assignees: assignees.write === null ? assignees.base : issue.assignees,
    },
  };
}

interface Verdicts {
  readonly title: Verdict<string>;
  readonly block: Verdict<string>;
  readonly labels: Verdict<ListPatch, readonly string[]>;
  readonly assignees: Verdict<ListPatch, readonly string[]>;
}

function unwritten(base: readonly string[]): Verdict<ListPatch, readonly string[]> {
  return { write: null, kept: null, base };
}

/** The title that we wrote, as our untouched block remembers it: what is left when the ledger is lost. */
function titleInBlock(own: OwnIssue, facts: TrackerFacts, route: RouteRule | null): string | null {
  if (own.block === null || !own.block.untouched) return null;
  const title = facts.dialect.read(own.block.content)?.title ?? null;
  return title === null ? null : titleOf(title, route?.titlePrefix ?? '', facts);
}

/** Refuses a block for which the people's text beside it leaves no room. */
function fitting(block: Verdict<string>, own: OwnIssue, wanted: Wanted, facts: TrackerFacts): Verdict<string> {
  if (block.write === null) return block;
  if (bodyWith(facts, own.issue.body, wanted.draft.key, block.write) !== null) return block;
  const base = own.block?.content ?? block.base;
  return { write: null, kept: 'our part of its text no longer fits beside what people wrote: left as it is', base };
}

function patchOf(verdicts: Verdicts, own: OwnIssue, wanted: Wanted, facts: TrackerFacts): Patch | null {
  const { title, block, labels, assignees } = verdicts;
  const body = block.write === null ? null : bodyWith(facts, own.issue.body, wanted.draft.key, block.write);
  const patch: Patch = {
    ...(title.write === null ? {} : { title: title.write }),
    ...(body === null ? {} : { body }),
    ...some('addLabels', labels.write?.add),
    ...some('removeLabels', labels.write?.remove),
    ...some('addAssignees', assignees.write?.add),
    ...some('removeAssignees', assignees.write?.remove),
  };
  return Object.keys(patch).length === 0 ? null : patch;
}

function some<Name extends string>(name: Name, list: readonly string[] | undefined) {
  return list === undefined || list.length === 0 ? {} : ({ [name]: list } as Record<Name, readonly string[]>);
}

function fieldsOf({ title, block, labels, assignees }: Verdicts, own: OwnIssue): FieldDiff {
  const { issue } = own;
  return {
    ...(title.write === null ? {} : { title: { from: issue.title, to: title.write } }),
    ...(block.write === null ? {} : { body: { from: own.block?.content ?? null, to: block.write } }),
    ...(labels.write === null ? {} : { labels: listDiff(issue.labels, labels.write) }),
    ...(assignees.write === null ? {} : { assignees: listDiff(issue.assignees, assignees.write) }),
  };
}

function listDiff(now: readonly string[], { add, remove }: ListPatch) {
  const next = [...now.filter((name) => !remove.includes(name)), ...add];
  return { from: now.join(', ') || null, to: next.join(', ') || null };
}
