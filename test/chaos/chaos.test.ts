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

/** How often each round may come out well by luck. */
const TRIES = 5;

describe('the chaos itself', () => {
  // What happens at the same time may take another order, so that one round alone may come out well by luck.
  it.each<{ without: Guard; among: readonly number[] }>([
    { without: 'claim', among: [11, 10] },
    { without: 'marker', among: [13, 3] },
    { without: 'pull', among: [5, 15] },
    { without: 'single-post', among: [18, 12] },
  ])('notices when the guard $without is missing', { timeout: 120_000 }, async ({ without, among }) => {
    let noticed = 0;
    for (let at = 0; noticed === 0 && at < TRIES * among.length; at += 1) {
      const only = among[at % among.length] ?? 0;
      noticed += (await suite({ seed: 1, rounds: 1, only, without, processes: 0 })).duplicates;
    }

    expect(noticed).toBeGreaterThan(0);
  });
});
