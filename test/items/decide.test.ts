import { describe, expect, it } from 'vitest';
import type { Decision } from '../../config/decisions.ts';
import { decide, knownBy, settledBy } from '../../src/items/decide.ts';
import { itemKey } from '../../src/items/key.ts';
import { directoryOf } from '../../src/items/people.ts';
import { anItem } from '../builders.ts';

const nobody = directoryOf([]);
const item = anItem();

function aDecision(over: Partial<Decision> = {}): Decision {
  return { key: item.key, says: item.quote, under: item.section, decided: 'keep', ...over };
}

describe('decide', () => {
  it('leaves items alone that nobody decided about', () => {
    expect(decide([item], [], nobody).items).toEqual([item]);
  });

  it('keeps a dropped item among the items, so that it ends in an outcome, and says that it was dropped', () => {
    const { items, dropped } = decide([item], [aDecision({ decided: 'drop' })], nobody);

    expect(items).toHaveLength(1);
    expect([...dropped]).toEqual([item.key]);
  });

  it.each([
    { what: 'a title', decision: { title: 'Write it' }, expected: { title: 'Write it' } },
    { what: 'a kind', decision: { kind: 'rfe' as const }, expected: { kind: 'rfe' } },
    { what: 'nobody as owner', decision: { owners: [] }, expected: { owners: [] } },
    {
      what: 'the issue that exists',
      decision: { tracked: 'https://bugs.launchpad.net/neutron/+bug/7' },
      expected: { tracked: { kind: 'launchpad-bug', id: '7' } },
    },
  ])('puts $what in the place of what the notes say', ({ decision, expected }) => {
    expect(decide([item], [aDecision(decision)], nobody).items[0]).toMatchObject(expected);
  });

  it('finds the accounts of owners in people.yaml', () => {
    const directory = directoryOf([{ name: 'Owner One', nicks: ['one'], github: 'owner-one' }]);

    const { items } = decide([item], [aDecision({ owners: ['one'] })], directory);

    expect(items[0]?.owners).toEqual([{ name: 'Owner One', github: 'owner-one', launchpad: null }]);
  });

  it('tells which tracker was chosen', () => {
    expect(decide([item], [aDecision({ tracker: 'bugs' })], nobody).chosen.get(item.key)).toBe('bugs');
  });
});

describe('what decisions say of identity', () => {
  const other = anItem({ key: itemKey({ quote: 'Bob will review the other patch', section: [] }) });

  it('settles a doubt with the key that was meant, or with none', () => {
    const settled = settledBy([aDecision({ sameAs: other.key }), { ...aDecision({ sameAs: 'none' }), key: other.key }]);

    expect(settled.get(item.key)).toBe(other.key);
    expect(settled.get(other.key)).toBeNull();
  });

  it('makes a decided statement known, so that the decision outlives new words', () => {
    expect(knownBy([aDecision()])).toMatchObject([{ key: item.key, quote: item.quote }]);
  });

  it('does not make a statement known that is another one said anew', () => {
    expect(knownBy([aDecision({ sameAs: other.key })])).toEqual([]);
  });
});
