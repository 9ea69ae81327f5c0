import type { ItemKey, KnownItem } from '../items/item.ts';
import type { Entry } from '../ledger/ledger.ts';
import { same } from '../trackers/tracker.ts';
import { stays } from './duplicates.ts';
import { isClosed, linkOf, nameOf, type PlanInput, type TrackerFacts } from './input.ts';
import { hasLabel, IGNORE_LABEL } from './labels.ts';
import type { Change } from './plan.ts';

/** One change for each known entry whose statement is no longer in the notes that were read. */
export function vanished(input: PlanInput, factsOf: (entry: Entry) => TrackerFacts | null): Change[] {
  const stated = new Set(input.items.map((item) => item.key));
  const doubted = doubtedKeys(input);
  return input.entries
    .filter((entry) => !stated.has(entry.key) && !input.twins.has(entry.key) && wasRead(entry.item, input.read))
    .map((entry) => vanishedChange(entry, doubted.get(entry.key) ?? null, factsOf(entry), input));
}

/** A statement is missed only when every note that held it was read again. */
function wasRead(item: KnownItem, read: PlanInput['read']): boolean {
  return [item.source, ...item.alsoIn].every((place) => read.has(place.note));
}

/** Which item may be the vanished one said anew, as the end of a sentence. */
function doubtedKeys(input: PlanInput): Map<ItemKey, string> {
  const titles = new Map(input.items.map((item) => [item.key, item.title]));
  const isFiled = (key: ItemKey) => input.trackers.some(({ issues }) => issues.has(key));
  return new Map(
    input.doubts.flatMap((doubt) => {
      const title = `“${titles.get(doubt.key) ?? doubt.key}”`;
      const end = isFiled(doubt.key)
        ? `; it reads like ${title}, which has an issue of its own: close one of them when they are the same`
        : `, unless ${title} is the same: settle it with review`;
      return doubt.maybe.map(({ key }) => [key, end] as const);
    }),
  );
}

function vanishedChange(entry: Entry, doubt: string | null, facts: TrackerFacts | null, input: PlanInput): Change {
  const own = facts === null ? null : stays(facts.issues.get(entry.key) ?? []);
  const issue = own?.issue ?? entry.issue;
  const base = { key: entry.key, title: entry.item.title, tracker: facts?.name ?? entry.tracker };
  const quiet = {
    ...base,
    do: 'nothing' as const,
    item: null,
    issue: issue === null ? null : linkOf(issue),
    fields: {},
  };
  if (doubt !== null) {
    return { ...quiet, because: `no longer in the notes${doubt}`, notes: [] };
  }
  const close = own !== null && facts !== null && input.options.closeVanished ? why(own, entry, facts, input) : null;
  if (own === null || facts === null || close !== 'close') {
    return { ...quiet, because: 'no longer in the notes', notes: close === null ? [] : [close] };
  }
  return {
    ...base,
    do: 'close',
    issue: own.issue,
    of: null,
    patch: { close: { as: 'dropped' } },
    fields: { state: { from: own.issue.raw, to: 'dropped' } },
    because: `no longer in the notes, and the configuration asks to close such issues`,
    notes: [],
  };
}

/** `close`, or why an issue whose statement vanished is not closed though the configuration asks for it. */
function why(own: NonNullable<ReturnType<typeof stays>>, entry: Entry, facts: TrackerFacts, input: PlanInput): string {
  const name = nameOf(facts.type, own.issue.id);
  const { only } = input.options;
  if (only !== null && !only.has(entry.key)) return `${name} is not among the chosen ones: not closed`;
  if (isClosed(own.issue)) return `${name} is closed already`;
  if (hasLabel(own.issue.labels, IGNORE_LABEL)) return `${name} is labelled ${IGNORE_LABEL}: not closed`;
  if (own.issue.state === 'in-progress') return `people are at work on ${name}: not closed`;
  if (isEdited(own, entry)) return `people have edited ${name}: not closed`;
  return 'close';
}

function isEdited({ issue, block }: NonNullable<ReturnType<typeof stays>>, entry: Entry): boolean {
  return block === null || !block.untouched || (entry.wrote !== null && !same(issue.title, entry.wrote.title));
}
