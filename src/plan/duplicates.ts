import type { ItemKey } from '../items/item.ts';
import type { Entry } from '../ledger/ledger.ts';
import { type Issue, same } from '../trackers/tracker.ts';
import { isClosed, linkOf, nameOf, type OwnIssue, type TrackerFacts } from './input.ts';
import { hasLabel, IGNORE_LABEL } from './labels.ts';
import type { Change } from './plan.ts';

/** The issue that stays, of several with one key: the lowest number that is not itself marked as a duplicate of another. */
export function stays(issues: readonly OwnIssue[]): OwnIssue | null {
  const ids = new Set(issues.map(({ issue }) => issue.id));
  const sorted = [...issues].sort((a, b) => Number(a.issue.id) - Number(b.issue.id));
  const free = sorted.filter(({ issue }) => issue.duplicateOf === null || !ids.has(issue.duplicateOf));
  return free[0] ?? sorted[0] ?? null;
}

/** One change for each further open issue with the key: closed when nobody but us touched it, else left with the reason. */
export function surplus(key: ItemKey, entries: ReadonlyMap<ItemKey, Entry>, facts: TrackerFacts): Change[] {
  const issues = facts.issues.get(key) ?? [];
  const entry = entries.get(key) ?? null;
  const kept = stays(issues);
  if (kept === null) return [];
  return issues
    .filter((own) => own !== kept && !isClosed(own.issue) && own.issue.duplicateOf === null)
    .map((own) => {
      const twin = own.block === null || own.block.key === key ? null : (entries.get(own.block.key) ?? null);
      return surplusChange(own, { key, kept, entry, twin, facts });
    });
}

/** What a second issue is compared with. */
interface Beside {
  readonly key: ItemKey;
  readonly kept: OwnIssue;
  readonly entry: Entry | null;
  /** What the ledger holds of the second one, where it was filed under another key. */
  readonly twin: Entry | null;
  readonly facts: TrackerFacts;
}

function surplusChange(own: OwnIssue, beside: Beside): Change {
  const { key, kept, facts } = beside;
  const { issue } = own;
  const base = { key, title: issue.title, tracker: facts.name, notes: [] };
  const [second, first] = [nameOf(facts.type, issue.id), nameOf(facts.type, kept.issue.id)];
  const touched = touchedBy(own, beside);
  if (touched !== null) {
    const what = own.block === null || own.block.key === key ? 'has the key of' : 'states the same as';
    const because = `${second} ${what} ${first} too, but ${touched}: left as it is`;
    return { ...base, do: 'nothing', item: null, issue: linkOf(issue), fields: {}, because };
  }
  return {
    ...base,
    do: 'close',
    issue,
    of: kept.issue,
    patch: { close: { as: 'duplicate', of: kept.issue.id } },
    fields: { state: { from: issue.raw, to: `duplicate of ${first}` } },
    because: `${second} is a second issue of ours for ${first}, and nobody else touched it`,
  };
}

/** How somebody but us touched an issue, as the end of a sentence; null when nobody did. */
function touchedBy(own: OwnIssue, { kept, entry, twin, facts }: Beside): string | null {
  const { issue, block } = own;
  const account = facts.access.account ?? ourAuthor([own, kept], [entry, twin]);
  if (account === null || issue.author !== account) return `it is by ${issue.author ?? 'somebody unknown'}`;
  if (hasLabel(issue.labels, IGNORE_LABEL)) return `it is labelled ${IGNORE_LABEL}`;
  if (block === null || !block.untouched) return 'our part of its text was edited';
  if (!same(issue.body, facts.dialect.wrap(block.key, block.content))) return 'somebody wrote into it';
  if (!isOurTitle(own, kept, [entry, twin], facts)) return 'it was retitled';
  const wrote = [entry, twin].flatMap((one) => [one?.wrote?.labels ?? [], one?.wrote?.assignees ?? []]);
  const ours = [kept.issue.labels, kept.issue.assignees, facts.labels, ...wrote].flat();
  const theirs = [...issue.labels, ...issue.assignees].filter((name) => !hasLabel(ours, name));
  if (theirs.length > 0 && !isAsCreated(issue)) return `somebody gave it ${theirs.join(', ')}`;
  return isAsWeLeftIt(issue, twin ?? entry, facts) ? null : 'something happened on it since';
}

/** Where nobody has asked who we are, the issue that the ledger says is ours tells by its author. */
function ourAuthor(issues: readonly OwnIssue[], entries: readonly (Entry | null)[]): string | null {
  const known = entries.map((entry) => entry?.issue?.id);
  return issues.find(({ issue }) => known.includes(issue.id))?.issue.author ?? null;
}

function isOurTitle(
  { issue, block }: OwnIssue,
  kept: OwnIssue,
  entries: readonly (Entry | null)[],
  facts: TrackerFacts,
): boolean {
  const ours = [kept.issue.title, ...entries.map((entry) => entry?.wrote?.title ?? '')];
  if (ours.some((title) => same(issue.title, title))) return true;
  const said = block === null ? null : (facts.dialect.read(block.content)?.title ?? null);
  return said !== null && issue.title.endsWith(facts.dialect.neutralise(said));
}

/** A tracker may stamp the last step of a write of ours a moment after its start. */
const OWN_TOUCH_MS = 2_000;
/** What a bug cannot be given with its create follows in writes of its own, at least a second apart and tried again. */
const STEPS_MS = 30_000;

/**
 * Whether nothing at all happened on an issue since its create, which then gave it all its labels and assignees: also those
 * that the first one has lost since to other routes or owners, or that a run with other routes chose.
 */
function isAsCreated({ createdAt, updatedAt }: Issue): boolean {
  return Date.parse(updatedAt) === Date.parse(createdAt);
}

/** Whether nothing happened on an issue since it was created, or since we last wrote on it. */
function isAsWeLeftIt(issue: Issue, entry: Entry | null, { type }: TrackerFacts): boolean {
  const touched = Date.parse(issue.updatedAt);
  const wroteAt = entry?.issue?.id === issue.id ? Date.parse(entry.wrote?.at ?? '') : Number.NaN;
  if (touched - wroteAt <= OWN_TOUCH_MS) return true;
  return touched - Date.parse(issue.createdAt) <= (type === 'launchpad' ? STEPS_MS : OWN_TOUCH_MS);
}
