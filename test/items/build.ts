import type { Finding, Item, Owner } from '../../src/items/item.ts';
import { itemKey } from '../../src/items/key.ts';
import type { Known } from '../../src/items/match.ts';

/** An owner without accounts. */
export function anOwner(name: string): Owner {
  return { name, github: null, launchpad: null };
}

/** A finding in which each test states only what matters to it. */
export function aFinding(given: Partial<Finding> & { readonly from?: string } = {}): Finding {
  const { from = 'notes/mail.txt', ...rest } = given;
  const quote = rest.quote ?? 'Alice will write the upgrade guide.';
  return {
    kind: 'action',
    title: quote.replace(/\.$/, '').slice(0, 80),
    quote,
    owners: [],
    refs: [],
    due: null,
    section: ['Documentation'],
    source: { note: from, lineStart: 1, lineEnd: 1 },
    note: { source: from, url: null, title: 'Notes', author: null, date: null },
    tracked: null,
    confidence: 0.9,
    evidence: [],
    ...rest,
  };
}

/** An item that stands alone. */
export function anItem(given: Partial<Item> & { readonly from?: string } = {}): Item {
  const finding = aFinding(given);
  return { ...finding, key: given.key ?? itemKey(finding), alsoIn: given.alsoIn ?? [] };
}

/** The item as a note states it after a change, under the key that it would get if nothing were known. */
export function changed(item: Item, given: Partial<Finding>): Item {
  const finding: Finding = { ...item, ...given };
  return { ...finding, key: itemKey(finding), alsoIn: item.alsoIn };
}

/** What the ledger would know of an item. */
export function knownOf(item: Item): Known {
  const { key, title, quote, section, owners, source } = item;
  return { key, title, quote, section, owners: owners.map(({ name }) => name), note: source.note };
}
