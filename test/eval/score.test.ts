import { describe, expect, it } from 'vitest';
import { type Gold, matchQuotes, similarity } from './score.ts';

function aGold(quote: string, tier: Gold['tier'] = 'must'): Gold {
  const none = { section: null, due: null, tracked: false, owners: [], refs: [] };
  return { ...none, doc: 'a.md', line_start: 1, line_end: 1, quote, kind: 'action', tier, title: quote };
}

describe('similarity', () => {
  it.each([
    { when: 'the words are the same', a: 'write the spec', b: 'write the spec', expected: 1 },
    { when: 'one lies in the other', a: 'write the spec', b: 'write the spec for it now', expected: 0.5 },
    { when: 'they share too little', a: 'write the spec', b: 'drop the job', expected: 0 },
    { when: 'one is a whole section', a: 'drop it', b: 'we drop it and a b c d e f g h i j k', expected: 0 },
  ])('is $expected when $when', ({ a, b, expected }) => {
    expect(similarity(a.split(' '), b.split(' '))).toBeCloseTo(expected, 5);
  });
});

describe('matchQuotes', () => {
  it('matches one to one, the best pair first', () => {
    const { ofGold } = matchQuotes(
      [aGold('write the new spec now'), aGold('write the new spec')],
      ['write the new spec'],
    );

    expect([...ofGold]).toEqual([[1, 0]]);
  });

  it('spares a second finding on a passage that counts neither way', () => {
    const { spare, ofPredicted } = matchQuotes(
      [aGold('write the new spec', 'may')],
      ['write the new spec', 'write the new spec'],
    );

    expect(ofPredicted.size).toBe(1);
    expect(spare.size).toBe(1);
  });
});
