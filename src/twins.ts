import type { Item, ItemKey } from './items/item.ts';
import { type Known, type Settled, twinsOf } from './items/match.ts';
import type { Entry, Ledger } from './ledger/ledger.ts';
import { stays } from './plan/duplicates.ts';
import { ownIssues } from './plan/gather.ts';
import type { Doubt, TrackerFacts } from './plan/input.ts';
import type { Held } from './pull.ts';
import { asKnown, passagesOf } from './recognise.ts';
import type { Issue } from './trackers/tracker.ts';

/** Keys of ours for one and the same statement: by the key that is given up, the one that goes on. */
export type Twins = ReadonlyMap<ItemKey, ItemKey>;

interface Looked {
  readonly items: readonly Item[];
  readonly entries: readonly Entry[];
  readonly held: readonly Held[];
  readonly read: { has(note: string): boolean };
  readonly settled: Settled;
  readonly ledger: Pick<Ledger, 'history'>;
}

/**
 * Finds statements that were filed under two keys. A run that knows neither an issue's key nor its passage (its ledger is new
 * and the list which it got shows an older state) gives a statement that was reworded since a key of its own, and files it again.
 * The older issue goes on. Two statements that read alike stay two: only what this ledger filed while it could not know
 * of the older one is taken for a twin; where the ledger cannot tell, it is a doubt.
 */
export async function findTwins(looked: Looked): Promise<{ readonly twins: Twins; readonly doubts: readonly Doubt[] }> {
  const places = placesOf(looked);
  const known = places.flatMap((place) => place.unstated(looked));
  const twins = new Map<ItemKey, ItemKey>();
  const doubts: Doubt[] = [];
  for (const [item, other] of twinsOf(looked.items, known)) {
    const pair = pairOf(item.key, other.key, places, looked);
    if (pair === null || twins.has(pair.later) || twins.has(pair.older)) continue;
    const verdict = pair.sure ? 'twins' : await told(pair, looked);
    if (verdict === 'twins') twins.set(pair.later, pair.older);
    if (verdict === 'unknown') doubts.push({ key: item.key, maybe: [other], because: '' });
  }
  return { twins, doubts };
}

/**
 * Keys among which nobody has to choose: an item that reads like an issue and its second one means the first. Gives the keys
 * that do not count.
 */
export async function spentKeys(doubts: readonly Doubt[], looked: Looked): Promise<ReadonlySet<ItemKey>> {
  const spent = new Set<ItemKey>();
  if (doubts.length === 0) return spent;
  const places = placesOf(looked);
  for (const { maybe } of doubts) {
    for (const [index, one] of maybe.entries()) {
      for (const other of maybe.slice(index + 1)) {
        const pair = pairOf(one.key, other.key, places, looked) ?? pairOf(other.key, one.key, places, looked);
        if (pair !== null && (pair.sure || (await told(pair, looked)) === 'twins')) spent.add(pair.later);
      }
    }
  }
  return spent;
}

/** Items under the keys that go on. */
export function withoutTwins(items: readonly Item[], twins: Twins): readonly Item[] {
  return twins.size === 0 ? items : items.map((item) => ({ ...item, key: twins.get(item.key) ?? item.key }));
}

/** The issues of twins as several issues of one key, which a plan knows how to settle. */
export function joined(issues: TrackerFacts['issues'], twins: Twins): TrackerFacts['issues'] {
  const all = new Map(issues);
  for (const [later, older] of twins) {
    const [first, second] = [all.get(older), all.get(later)];
    if (first === undefined || second === undefined) continue;
    all.set(older, [...first, ...second]);
    all.delete(later);
  }
  return all;
}

interface Place {
  issueOf(key: ItemKey): Issue | null;
  /** Statements with an issue here which the notes that were read do not state. */
  unstated(looked: Looked): Known[];
}

function placesOf({ held, entries }: Looked): Place[] {
  return held.filter(({ error }) => error === null).map((one) => placeOf(one, entries));
}

function placeOf(held: Held, entries: readonly Entry[]): Place {
  const mine = entries.filter(({ target }) => target === held.target);
  const issues = ownIssues(mine, held.changed, held.tracker.dialect);
  return {
    issueOf: (key) => stays(issues.get(key) ?? [])?.issue ?? null,
    unstated({ items, read }) {
      const stated = new Set(items.map(({ key }) => key));
      const known = new Map([...passagesOf(held), ...mine.map(asKnown)].map((one) => [one.key, one]));
      return [...known.values()].filter(
        ({ key, note, quote }) =>
          quote !== '' && issues.has(key) && !stated.has(key) && (note === null || read.has(note)),
      );
    },
  };
}

interface Pair {
  readonly older: ItemKey;
  readonly later: ItemKey;
  /** The later one's issue is marked as a duplicate already: nothing has to be proven. */
  readonly sure: boolean;
}

/** What an item has and what reads like it, as the older and the later issue; null where there is nothing to settle. */
function pairOf(stated: ItemKey, other: ItemKey, places: readonly Place[], { entries }: Looked): Pair | null {
  const place = places.find(({ issueOf }) => issueOf(other) !== null);
  const [mine, theirs] = [place?.issueOf(stated) ?? null, place?.issueOf(other) ?? null];
  if (theirs === null || isDuplicate(theirs)) return null;
  const elsewhere = entries.some(({ key, issue }) => key === stated && issue !== null);
  if (mine === null) return elsewhere ? null : { older: other, later: stated, sure: false };
  if (isDuplicate(mine)) return { older: other, later: stated, sure: true };
  const [older, later] = Number(mine.id) < Number(theirs.id) ? [stated, other] : [other, stated];
  return { older, later, sure: false };
}

function isDuplicate(issue: Issue): boolean {
  return issue.duplicateOf !== null || /\bduplicate\b/i.test(issue.raw);
}

/** Whether the later one was filed by this ledger when it could not know the older one; people's word goes before. */
async function told({ older, later }: Pair, looked: Looked): Promise<'twins' | 'two' | 'unknown'> {
  const { settled, ledger, entries } = looked;
  const decided = settled.get(later);
  if (decided !== undefined) return decided === older ? 'twins' : 'two';
  const claimed = (await ledger.history(later)).find(({ what }) => what === 'claimed');
  if (claimed === undefined) return 'unknown';
  const [first] = await ledger.history(older);
  if (first === undefined) return entries.some(({ key }) => key === older) ? 'unknown' : 'twins';
  return first.at > claimed.at && first.run !== claimed.run ? 'twins' : 'two';
}
