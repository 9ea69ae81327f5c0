import type { ItemKey } from '../items/item.ts';
import type { Entry } from '../ledger/ledger.ts';
import type { Issue } from '../trackers/tracker.ts';
import { same } from './fields.ts';
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
export function surplus(key: ItemKey, entry: Entry | null, facts: TrackerFacts): Change[] {
  const issues = facts.issues.get(key) ?? [];
  const kept = stays(issues);
  if (kept === null) return [];
  return issues
    .filter((own) => own !== kept && !isClosed(own.issue) && own.issue.duplicateOf === null)
    .map((own) => surplusChange(key, own, kept, entry, facts));
}

function surplusChange(key: ItemKey, own: OwnIssue, kept: OwnIssue, entry: Entry | null, facts: TrackerFacts): Change {
  const { issue } = own;
  const base = { key, title: issue.title, tracker: facts.name, notes: [] };
  const [second, first] = [nameOf(facts.type, issue.id), nameOf(facts.type, kept.issue.id)];
  const touched = touchedBy(own, kept, entry, facts);
  if (touched !== null) {
    const because = `${second} has the key of ${first} too, but ${touched}: left as it is`;
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
function touchedBy(own: OwnIssue, kept: OwnIssue, entry: Entry | null, facts: TrackerFacts): string | null {
  const { issue, block } = own;
  const account = facts.access.account ?? ourAuthor([own, kept], entry);
  if (account === null || issue.author !== account) return `it is by ${issue.author ?? 'somebody unknown'}`;
  if (hasLabel(issue.labels, IGNORE_LABEL)) return `it is labelled ${IGNORE_LABEL}`;
  if (block === null || !block.untouched) return 'our part of its text was edited';
  if (!same(issue.body, facts.dialect.wrap(block.key, block.content))) return 'somebody wrote into it';
  if (!isOurTitle(own, kept, entry, facts)) return 'it was retitled';
  const wrote = [entry?.wrote?.labels ?? [], entry?.wrote?.assignees ?? [], facts.labels];
  const ours = [kept.issue.labels, kept.issue.assignees, ...wrote].flat();
  const theirs = [...issue.labels, ...issue.assignees].filter((name) => !hasLabel(ours, name));
  if (theirs.length > 0) return `somebody gave it ${theirs.join(', ')}`;
  return isAsCreated(issue) ? null : 'something happened on it since';
}

/** Where nobody has asked who we are, the issue that the ledger says is ours tells by its author. */
function ourAuthor(issues: readonly OwnIssue[], entry: Entry | null): string | null {
  return issues.find(({ issue }) => issue.id === entry?.issue?.id)?.issue.author ?? null;
}

function isOurTitle({ issue, block }: OwnIssue, kept: OwnIssue, entry: Entry | null, facts: TrackerFacts): boolean {
  if (same(issue.title, kept.issue.title) || same(issue.title, entry?.wrote?.title ?? '')) return true;
  const said = block === null ? null : (facts.dialect.read(block.content)?.title ?? null);
  return said !== null && issue.title.endsWith(facts.dialect.neutralise(said));
}

/** A tracker may stamp the last step of our own create a moment after its start. */
const OWN_TOUCH_MS = 2_000;

function isAsCreated(issue: Issue): boolean {
  return Date.parse(issue.updatedAt) - Date.parse(issue.createdAt) <= OWN_TOUCH_MS;
}
