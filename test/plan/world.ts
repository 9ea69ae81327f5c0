import type { Item, ItemKey } from '../../src/items/item.ts';
import { knownOf } from '../../src/items/item.ts';
import type { Entry } from '../../src/ledger/ledger.ts';
import { draftOf } from '../../src/plan/draft.ts';
import type { OwnIssue, PlanInput, PlanOptions, RouteRule, TrackerFacts } from '../../src/plan/input.ts';
import { makePlan } from '../../src/plan/make.ts';
import type { Change } from '../../src/plan/plan.ts';
import { createDialect } from '../../src/trackers/github/dialect.ts';
import type { Issue } from '../../src/trackers/tracker.ts';
import { anEntry, anIssue, anItem } from '../builders.ts';

/** The GitHub repository `acme/items` as `work`, with nothing on it; the dialect is the real one. */
export function theFacts(over: Partial<TrackerFacts> = {}): TrackerFacts {
  return {
    name: 'work',
    type: 'github',
    target: 'acme/items',
    dialect: createDialect('github.com'),
    limits: { title: 256, body: 65_536, assignees: 10, settleAfterMs: 900_000 },
    access: { account: 'bot', mayLabel: true, mayAssign: true, warnings: [] },
    labels: ['ptg'],
    assignable: new Set(),
    issues: new Map(),
    lookedFor: new Map(),
    unavailable: null,
    ...over,
  };
}

export function aRoute(over: Partial<RouteRule> = {}): RouteRule {
  return { tracker: 'work', labels: [], tags: [], titlePrefix: '', ...over };
}

type InputOver = Partial<Omit<PlanInput, 'options'>> & { readonly options?: Partial<PlanOptions> };

/** One tracker, one route that takes everything, and no items. */
export function theInput(over: InputOver = {}): PlanInput {
  const options: PlanOptions = {
    only: null,
    maxCreates: 200,
    now: new Date('2026-03-02T12:00:00.000Z'),
    run: 'run-now',
    closeVanished: false,
    ...over.options,
  };
  return {
    items: [],
    doubts: [],
    trackers: [theFacts()],
    entries: [],
    routes: [aRoute()],
    people: [],
    read: new Set(['notes/summary.md']),
    chosen: new Map(),
    twins: new Map(),
    dropped: new Set(),
    ...over,
    options,
  };
}

/** An issue exactly as we would file the item, with the ledger's entry for it. */
export function filed(
  item: Item = anItem(),
  over: { readonly id?: string; readonly facts?: TrackerFacts; readonly route?: RouteRule | null } = {},
): { readonly own: OwnIssue; readonly issue: Issue; readonly entry: Entry } {
  const facts = over.facts ?? theFacts();
  const { draft, wrote } = draftOf(item, facts, over.route ?? null, [], null);
  const { title, body, labels, assignees } = draft;
  const issue = anIssue({ id: over.id ?? '1', title, body, labels, assignees });
  const entry = anEntry({
    key: item.key,
    item: knownOf(item),
    issue: { id: issue.id, url: issue.url },
    wrote,
    seen: issue,
  });
  return { own: ownOf(issue, facts), issue, entry };
}

/** An issue with its block, as the gathering of a pull gives it. */
export function ownOf(issue: Issue, facts: TrackerFacts = theFacts()): OwnIssue {
  return { issue, block: facts.dialect.find(issue.body) };
}

export function held(key: ItemKey, ...own: readonly OwnIssue[]): ReadonlyMap<ItemKey, readonly OwnIssue[]> {
  return new Map([[key, own]]);
}

/** The plan's only change; fails when there are more. */
export function onlyChange(input: PlanInput): Change {
  const { changes } = makePlan(input);
  const [change] = changes;
  if (change === undefined || changes.length !== 1) throw new Error(`${changes.length} changes instead of one`);
  return change;
}
