import { afterEach, describe, expect, it } from 'vitest';
import { Meter } from '../../../src/trackers/github/allowance.ts';
import { type GitHubHarness, openHarness } from './open.ts';

const opened: GitHubHarness[] = [];
afterEach(async () => {
  for (const harness of opened.splice(0)) await harness.close();
});

describe('how many requests GitHub still takes', () => {
  it('is known from its last answer, refusals included', async () => {
    const harness = await openHarness({ limits: { hourly: 3 } });
    opened.push(harness);
    const { tracker } = harness;
    expect(tracker.allowance?.()).toBeNull();

    await tracker.changes(null);
    expect(tracker.allowance?.()).toMatchObject({ left: 2, limit: 3 });
    for (let n = 0; n < 3; n++) await tracker.get('1').catch(() => null);

    const { left, until, at } = tracker.allowance?.() ?? {};
    expect(left).toBe(0);
    expect(Number(until) - Number(at)).toBeGreaterThan(3_500_000);
    expect(Number(until) - Number(at)).toBeLessThan(3_601_001);
  });

  const told = { 'x-ratelimit-remaining': '7', 'x-ratelimit-limit': '10', 'x-ratelimit-reset': '1900000000' };
  it.each([
    { when: 'an answer has no such headers', headers: {} },
    { when: 'a proxy emptied them', headers: { ...told, 'x-ratelimit-remaining': '' } },
    { when: 'they are no numbers', headers: { ...told, 'x-ratelimit-reset': 'soon' } },
    { when: 'they are of the limit for searches', headers: { ...told, 'x-ratelimit-resource': 'search' } },
  ])('stays as it was when $when', ({ headers }) => {
    const meter = new Meter();
    meter.hear(new Headers({ ...told, 'x-ratelimit-remaining': '8' }));

    meter.hear(new Headers(headers));

    expect(meter.last()).toMatchObject({ left: 8, limit: 10, until: new Date(1_900_000_000_000) });
  });
});
