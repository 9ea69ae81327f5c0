import type { Decision } from '../../config/decisions.ts';
import type { Item, ItemKey } from './item.ts';
import type { Known, Settled } from './match.ts';
import { type Directory, ownerOf } from './people.ts';
import { refOf } from './ref.ts';

/** Items as people decided about them. */
export interface Decided {
  /** All items, also the dropped ones: each of them ends in an outcome. */
  readonly items: readonly Item[];
  readonly dropped: ReadonlySet<ItemKey>;
  /** The tracker that somebody chose for an item. */
  readonly chosen: ReadonlyMap<ItemKey, string>;
}

/** Puts decisions on items. Items that nobody decided about stay as they are. */
export function decide(items: readonly Item[], decisions: readonly Decision[], directory: Directory): Decided {
  const byKey = new Map(decisions.map((decision) => [decision.key, decision]));
  const dropped = new Set<ItemKey>();
  const chosen = new Map<ItemKey, string>();
  const decided = items.map((item) => {
    const decision = byKey.get(item.key);
    if (decision === undefined) return item;
    if (decision.decided === 'drop') dropped.add(item.key);
    if (decision.tracker !== undefined) chosen.set(item.key, decision.tracker);
    return rewritten(item, decision, directory);
  });
  return { items: decided, dropped, chosen };
}

function rewritten(item: Item, { title, kind, owners, tracked }: Decision, directory: Directory): Item {
  return {
    ...item,
    title: title ?? item.title,
    kind: kind ?? item.kind,
    owners: owners?.map((name) => ownerOf(name, directory)) ?? item.owners,
    tracked: tracked === undefined ? item.tracked : refOf(tracked),
  };
}

/** What decisions settle of doubts: which known item a statement is, or that it is another one. */
export function settledBy(decisions: readonly Decision[]): Settled {
  return new Map(
    decisions.flatMap(({ key, sameAs }) => (sameAs === undefined ? [] : [[key, sameAs === 'none' ? null : sameAs]])),
  );
}

/** Statements that were decided about are known, so that a decision outlives a change of their words. */
export function knownBy(decisions: readonly Decision[]): readonly Known[] {
  return decisions
    .filter(({ sameAs }) => sameAs === undefined || sameAs === 'none')
    .map(({ key, says, under, title, owners = [] }) => ({
      key,
      title: title ?? says,
      quote: says,
      section: under,
      owners,
      note: null,
    }));
}
