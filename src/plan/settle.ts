import type { Item, ItemKey } from '../items/item.ts';
import type { Claim } from '../ledger/ledger.ts';
import type { TrackerFacts } from './input.ts';

/**
 * What is to be done about a claim whose issue is not known.
 *
 * - `busy`: another run may be at it this very moment. `wait`: it cannot be given up yet.
 * - `again`: it was looked for after the settling time and is not there: it may be created anew.
 */
export type Settled =
  | { readonly is: 'busy'; readonly because: string }
  | { readonly is: 'wait'; readonly until: string; readonly because: string }
  | { readonly is: 'again'; readonly because: string };

/** Settles a claim by what was seen, never by guessing. */
export function settle(key: ItemKey, claim: Claim, facts: TrackerFacts, now: Date): Settled {
  const until = settledAt(claim, facts);
  const look = facts.lookedFor.get(key);
  if (look?.what === 'absent' && look.at.getTime() >= until.getTime()) {
    return { is: 'again', because: `the create sent at ${claim.at} left no issue behind: created anew` };
  }
  const next = until > now ? `not before ${until.toISOString()}` : 'on the next run';
  if (claim.uncertain) {
    const because = `a create was sent at ${claim.at} and its answer was lost: it is looked for, and created anew ${next} when it is still not there`;
    return { is: 'wait', until: until.toISOString(), because };
  }
  if (until > now) return { is: 'busy', because: `another run (${claim.run}) is at it since ${claim.at}` };
  const because = `a run (${claim.run}) ended in the middle of its create at ${claim.at}: it is looked for on the next run`;
  return { is: 'wait', until: until.toISOString(), because };
}

function settledAt(claim: Claim, facts: TrackerFacts): Date {
  return new Date(Date.parse(claim.at) + facts.limits.settleAfterMs);
}

/** The claims of these items that only a look at the tracker can settle, and since when its issues are to be listed. */
export function claimsToSettle(
  items: readonly Item[],
  entries: readonly { readonly key: ItemKey; readonly claim: Claim | null; readonly issue: unknown }[],
): { readonly keys: readonly ItemKey[]; readonly since: Date } | null {
  const stated = new Set(items.map((item) => item.key));
  const open = entries.filter((entry) => entry.claim !== null && entry.issue === null && stated.has(entry.key));
  if (open.length === 0) return null;
  const earliest = Math.min(...open.flatMap(({ claim }) => (claim === null ? [] : Date.parse(claim.at))));
  // Clocks differ: ours may be ahead of the tracker's.
  return { keys: open.map(({ key }) => key), since: new Date(earliest - 10 * 60_000) };
}
