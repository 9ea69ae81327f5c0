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
  // What happens at the same time may take another order, so that one round alone may come out well by luck.
  it.each<{ without: Guard; among: readonly number[] }>([
    { without: 'claim', among: [11, 10] },
    { without: 'marker', among: [13, 3] },
    { without: 'pull', among: [5, 15] },
    { without: 'single-post', among: [18, 12] },
  ])('notices when the guard $without is missing', { timeout: 120_000 }, async ({ without, among }) => {
    const played = await Promise.all(among.map((only) => suite({ seed: 1, rounds: 1, only, without, processes: 0 })));

    expect(played.reduce((sum, { duplicates }) => sum + duplicates, 0)).toBeGreaterThan(0);
  });
});
