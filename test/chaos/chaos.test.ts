import { describe, expect, it } from 'vitest';
import type { Guard } from '../../scripts/chaos/guards.ts';
import { suite } from '../../scripts/chaos/suite.ts';

describe('whatever breaks', () => {
  it('there is one issue an item, none is lost and no edit is undone', { timeout: 120_000 }, async () => {
    const { rounds, failures } = await suite({ seed: 1, rounds: 20, processes: 0 });

    expect(failures).toEqual([]);
    expect(rounds).toBe(20);
  });
});

describe('the chaos itself', () => {
  it.each<{ without: Guard; only: number }>([
    { without: 'claim', only: 11 },
    { without: 'marker', only: 13 },
    { without: 'pull', only: 5 },
    { without: 'single-post', only: 6 },
  ])('notices when the guard $without is missing', { timeout: 120_000 }, async ({ without, only }) => {
    const { duplicates } = await suite({ seed: 1, rounds: 1, only, without, processes: 0 });

    expect(duplicates).toBeGreaterThan(0);
  });
});
