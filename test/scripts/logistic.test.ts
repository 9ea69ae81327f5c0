import { describe, expect, it } from 'vitest';
import { type Example, fitLogistic, logOdds } from '../../scripts/learn/logistic.ts';

const pull = (towards: readonly number[], strength: number) => ({
  towards: Float64Array.from(towards),
  strength: new Float64Array(towards.length).fill(strength),
});

function anExample(ids: readonly number[], label: 0 | 1): Example {
  return { ids: Int32Array.from(ids), label, weight: 1 };
}

/** Feature 0 is always there, 1 marks items, 2 says nothing. */
const examples = [anExample([0, 1], 1), anExample([0, 1, 2], 1), anExample([0], 0), anExample([0, 2], 0)];

describe('fitLogistic', () => {
  it('stays where it is pulled to when there is nothing to learn from', () => {
    expect([...fitLogistic([], pull([-3, 2, 0.5], 1))]).toEqual([-3, 2, 0.5]);
  });

  it('tells items from others', () => {
    const weights = fitLogistic(examples, pull([0, 0, 0], 0.1));

    expect(examples.map(({ ids }) => logOdds(ids, weights) > 0)).toEqual([true, true, false, false]);
    expect(Math.abs(weights[2] ?? 9)).toBeLessThan((weights[1] ?? 0) / 4);
  });

  it('moves less the harder it is pulled', () => {
    const [soft, hard] = [0.1, 10].map((strength) => fitLogistic(examples, pull([0, 0, 0], strength))[1] ?? 0);

    expect(soft).toBeGreaterThan(hard ?? 0);
    expect(hard).toBeGreaterThan(0);
  });

  it('gives the same weights every time', () => {
    expect(fitLogistic(examples, pull([-1, 0, 0], 1))).toEqual(fitLogistic(examples, pull([-1, 0, 0], 1)));
  });
});
