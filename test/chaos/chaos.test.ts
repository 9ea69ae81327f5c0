import { describe, expect, it } from 'vitest';
import type { Guard } from '../../scripts/chaos/guards.ts';
import { suite } from '../../scripts/chaos/suite.ts';

describe('whatever breaks', () => {
  it.each([{ seed: 1 }, { seed: 2 }])(
    'there is one issue an item and no edit is undone, in rounds of seed $seed',
    { timeout: 120_000 },
    async ({ seed }) => {
      const { rounds, failures } = await suite({ seed, rounds: 12, processes: 0 });

      expect(failures).toEqual([]);
      expect(rounds).toBe(12);
    },
  );
});

describe('the chaos itself', () => {
  it.each<{ without: Guard; only: number }>([
    { without: 'claim', only: 9 },
    { without: 'marker', only: 8 },
    { without: 'pull', only: 8 },
    { without: 'single-post', only: 1 },
  ])('notices when the guard $without is missing', { timeout: 120_000 }, async ({ without, only }) => {
    const { duplicates } = await suite({ seed: 1, rounds: 1, only, without, processes: 0 });

    expect(duplicates).toBeGreaterThan(0);
  });
});
