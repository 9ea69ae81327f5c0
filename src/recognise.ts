import type { Decision } from '../config/decisions.ts';
import { knownBy, settledBy } from './items/decide.ts';
import type { Item } from './items/item.ts';
import { type Known, match } from './items/match.ts';
import type { Entry } from './ledger/ledger.ts';
import type { Doubt } from './plan/input.ts';
import type { Held } from './pull.ts';

/** Gives known keys back to items: from the ledger, the passages in the trackers' issues, and what people decided. */
export function recognise(
  items: readonly Item[],
  known: readonly Known[],
  decisions: readonly Decision[],
): { readonly items: readonly Item[]; readonly doubts: readonly Doubt[] } {
  const matches = match(
    items,
    [...known, ...knownBy(decisions)].filter(({ quote }) => quote !== ''),
    settledBy(decisions),
  );
  return {
    items: matches.map(({ item }) => item),
    doubts: matches.flatMap(({ is, item, others, because }) =>
      is === 'doubtful' ? [{ key: item.key, maybe: others, because }] : [],
    ),
  };
}

/** What the ledger knows of a statement. */
export function asKnown({ key, item }: Entry): Known {
  const { title, quote, section, owners, source } = item;
  return { key, title, quote, section, owners: owners.map(({ name }) => name), note: source.note };
}

/** What the blocks in a tracker's issues say: the identity of items that the ledger has lost. */
export function passagesOf({ tracker, changed }: Held): Known[] {
  return changed.flatMap((issue) => {
    const block = tracker.dialect.find(issue.body);
    const passage = block === null ? null : tracker.dialect.read(block.content);
    return block === null || passage === null
      ? []
      : [{ ...passage, key: block.key, title: passage.title ?? issue.title }];
  });
}
