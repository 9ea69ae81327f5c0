import { InvalidArgumentError } from 'commander';
import { describe, expect, it } from 'vitest';
import { duration, pointInTime, port, positive, share } from '../../src/cli/flags.ts';

describe('flag values', () => {
  it.each([
    ['30s', 30_000],
    ['15m', 900_000],
    ['12h', 43_200_000],
    ['30d', 2_592_000_000],
    ['2w', 1_209_600_000],
  ])('take %s for a duration', (text, ms) => {
    expect(duration(text)).toBe(ms);
  });

  it('take dates, times and how long ago for a point in time', () => {
    expect(pointInTime('2026-04-01')).toEqual(new Date('2026-04-01T00:00:00Z'));
    expect(pointInTime('2026-04-01T12:30Z')).toEqual(new Date('2026-04-01T12:30:00Z'));
    expect(Math.abs(pointInTime('1d').getTime() - (Date.now() - 86_400_000))).toBeLessThan(5000);
  });

  it('take numbers', () => {
    expect([positive('1'), positive('200')]).toEqual([1, 200]);
    expect([share('0'), share('0.5'), share('.25'), share('1')]).toEqual([0, 0.5, 0.25, 1]);
    expect([port('0'), port('65535')]).toEqual([0, 65_535]);
  });

  it.each([
    [duration, ['', '30', 'd', '-1d', '1.5h', '1 d', '99999999d']],
    [pointInTime, ['', 'yesterday', '2026-13-01', '2026', '01.04.2026', '2026-04-01Tx']],
    [positive, ['', '0', '-1', '1.5', 'x', '1e3', '9999999999']],
    [share, ['', '-0.1', '1.1', 'x', '50%']],
    [port, ['', '65536', '-1', 'x']],
  ] as const)('refuse what %o cannot mean', (read, texts) => {
    for (const text of texts) expect(() => read(text), text).toThrow(InvalidArgumentError);
  });
});
