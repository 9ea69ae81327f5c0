import { describe, expect, it } from 'vitest';
import { withoutRepeats } from '../../src/items/repeats.ts';
import { aFinding, anOwner } from './build.ts';

const task = 'ACTION: write the upgrade guide for the new driver';

describe('withoutRepeats', () => {
  it('keeps one of two that say the same, marked or not', () => {
    const first = aFinding({ quote: task });
    const second = aFinding({ quote: 'write the upgrade guide for the new driver' });

    expect(withoutRepeats([first, second])).toEqual([first]);
  });

  it('keeps the one that names somebody', () => {
    const named = aFinding({ quote: task, owners: [anOwner('alice')] });

    expect(withoutRepeats([aFinding({ quote: task }), named])).toEqual([named]);
  });

  it('keeps the one in the list of actions', () => {
    const summed = aFinding({ quote: `NEW ${task}`, section: ['Summary of action items'] });

    expect(withoutRepeats([aFinding({ quote: task, owners: [anOwner('alice')] }), summed])).toEqual([summed]);
  });

  it('keeps the same sentence under another heading, which is about another matter', () => {
    const there = aFinding({ quote: task, section: ['Storage'] });

    expect(withoutRepeats([aFinding({ quote: task }), there])).toHaveLength(2);
  });

  it('keeps short ones, which can mean two things', () => {
    const short = aFinding({ quote: 'Revisit next week.' });

    expect(withoutRepeats([short, short])).toHaveLength(2);
  });
});
