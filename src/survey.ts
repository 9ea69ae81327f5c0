import type { Config, Person } from '../config/schema.ts';
import { TrackerError } from './errors.ts';
import type { Item } from './items/item.ts';
import type { Entry } from './ledger/ledger.ts';
import { accountsToAsk } from './plan/assignees.ts';
import { ownIssues } from './plan/gather.ts';
import type { TrackerFacts } from './plan/input.ts';
import { type Held, settleClaims } from './pull.ts';
import type { Access, Tracker } from './trackers/tracker.ts';

interface Surroundings {
  readonly config: Config;
  readonly people: readonly Person[];
  readonly now: () => Date;
}

/** Finds out about a tracker what the plan needs beyond the list: only where something may have to be written. */
export async function survey(
  parts: Surroundings,
  held: Held,
  items: readonly Item[],
  entries: readonly Entry[],
): Promise<{ readonly held: Held; readonly facts: TrackerFacts }> {
  const { tracker, target } = held;
  const mine = entries.filter((entry) => entry.target === target);
  // What is filed on another tracker asks nothing of this one.
  const elsewhere = new Set(
    entries.flatMap(({ key, issue, ...entry }) => (issue && entry.target !== target ? [key] : [])),
  );
  const concerned = items.filter(({ key }) => !elsewhere.has(key));
  try {
    if (held.error !== null) throw held.error;
    const settled = await settleClaims(held, items, mine, parts.now);
    const issues = ownIssues(mine, settled.changed, tracker.dialect);
    const unfiled = concerned.filter(({ key, tracked }) => tracked === null && !issues.has(key));
    const access = unfiled.length === 0 ? UNASKED : await tracker.open();
    const accounts = accountsToAsk(concerned, mine, tracker.type, parts.people);
    const assignable = accounts.length === 0 ? new Set<string>() : await tracker.assignable(accounts);
    return {
      held: settled,
      facts: { ...factsOf(parts, tracker), access, assignable, issues, lookedFor: settled.looks },
    };
  } catch (error) {
    if (!(error instanceof TrackerError)) throw error;
    const issues = ownIssues(mine, [], tracker.dialect);
    const facts = { ...factsOf(parts, tracker), issues, unavailable: error.message };
    return { held: { ...held, error }, facts };
  }
}

/** Holds until a look at the tracker says otherwise; what does not stick is told after the write. */
const UNASKED: Access = { account: null, mayLabel: true, mayAssign: true, warnings: [] };

function factsOf({ config }: Surroundings, tracker: Tracker): TrackerFacts {
  const { name, type, target, dialect, limits } = tracker;
  const settings = config.trackers[name];
  const labels = settings?.type === 'github' ? settings.labels : (settings?.tags ?? []);
  const unseen = { assignable: new Set<string>(), issues: new Map(), lookedFor: new Map() };
  return { name, type, target, dialect, limits, labels, access: UNASKED, ...unseen, unavailable: null };
}
