import type { Item, Owner } from '../items/item.ts';
import type { Entry } from '../ledger/ledger.ts';
import type { PersonRule, TrackerFacts } from './input.ts';

const NOT_ASSIGNED = ': named in the text, not assigned';

/** How the note of an owner without an account ends; what stands before it is the name. */
export const NOT_IN_PEOPLE = ` is not in people.yaml${NOT_ASSIGNED}`;

/** An owner with what can be done about them on one tracker. */
interface Placed {
  readonly name: string;
  readonly account: string | null;
  /** Why the account cannot be assigned; null when it can. */
  readonly because: string | null;
}

export interface Assigned {
  readonly owners: readonly { readonly name: string; readonly account: string | null; readonly assigned: boolean }[];
  readonly assignees: readonly string[];
  /** A sentence for each owner that cannot be assigned. */
  readonly notes: readonly string[];
}

/**
 * Who of an item's owners is assigned. `known` are accounts that we assigned before or that are assigned now:
 * they need no further question, so that an unchanged run asks none.
 */
export function assign(
  item: Pick<Item, 'owners'>,
  facts: TrackerFacts,
  people: readonly PersonRule[],
  known: readonly string[],
): Assigned {
  const can = new Set([...facts.assignable, ...known].map(fold));
  const placed = item.owners.map((owner) => place(owner, facts, people, can));
  const free = placed.filter(({ because }) => because === null);
  const assignees = [...new Set(free.flatMap(({ account }) => account ?? []))].slice(0, facts.limits.assignees);
  const isAssigned = ({ account, because }: Placed) =>
    because === null && account !== null && assignees.includes(account);
  const left = free.filter((one) => !isAssigned(one));
  return {
    owners: placed.map((one) => ({ name: one.name, account: one.account, assigned: isAssigned(one) })),
    assignees,
    notes: [
      ...placed.flatMap(({ because }) => because ?? []),
      ...left.map(
        ({ name }) => `${name} is named in the text only: ${facts.name} takes no more than ${facts.limits.assignees}`,
      ),
    ],
  };
}

function place(owner: Owner, facts: TrackerFacts, people: readonly PersonRule[], can: ReadonlySet<string>): Placed {
  const account = accountOf(owner, facts.type, people);
  const unplaced = (why: string): Placed => ({
    name: owner.name,
    account,
    because: `${why}${NOT_ASSIGNED}`,
  });
  if (account === null) return unplaced(`${owner.name} is not in people.yaml`);
  if (!facts.access.mayAssign) return unplaced(`${owner.name}: we may not assign anybody on ${facts.name}`);
  if (!can.has(fold(account))) return unplaced(`${owner.name} (${account}) cannot be assigned on ${facts.name}`);
  return { name: owner.name, account, because: null };
}

/** The owner's account on that kind of tracker, from the item or from people.yaml; never guessed. */
function accountOf(owner: Owner, type: TrackerFacts['type'], people: readonly PersonRule[]): string | null {
  const own = owner[type];
  if (own !== null) return own;
  const name = fold(owner.name);
  const same = people.filter((person) => [person.name, ...person.nicks].some((known) => fold(known) === name));
  return same.length === 1 ? (same[0]?.[type] ?? null) : null;
}

/**
 * The accounts to ask a tracker about before planning: those of items that it does not hold yet and of items whose
 * owners changed since we last wrote them.
 */
export function accountsToAsk(
  items: readonly Item[],
  entries: readonly Entry[],
  type: TrackerFacts['type'],
  people: readonly PersonRule[],
): string[] {
  const known = new Map(entries.map((entry) => [entry.key, entry]));
  const accounts = items.flatMap((item) => {
    const entry = known.get(item.key);
    const settled = entry?.issue == null ? [] : accountsOf(entry.item, type, people);
    return accountsOf(item, type, people).filter((account) => !settled.includes(account));
  });
  return [...new Set(accounts)].sort();
}

function accountsOf(item: Pick<Item, 'owners'>, type: TrackerFacts['type'], people: readonly PersonRule[]): string[] {
  return item.owners.flatMap((owner) => accountOf(owner, type, people) ?? []);
}

/** Account and person names are compared without regard to case. */
function fold(name: string): string {
  return name.trim().toLowerCase();
}
