import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ADDRESS, BACKLINK, dialect, hostile, POWER, seen } from './hostile.ts';

describe('text on GitHub', () => {
  it('has no power left, whatever it was', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const safe = dialect.neutralise(text);
        const words = safe.replace(/https?:\/\/[^\s<>]+/gi, ' ');
        for (const power of POWER) expect(words).not.toMatch(power);
        for (const [address] of safe.matchAll(ADDRESS)) expect(address).not.toMatch(BACKLINK);
        expect(safe).not.toMatch(/(?<![A-Za-z0-9_])@[A-Za-z0-9]/);
      }),
      { numRuns: 2000 },
    );
  });

  it('reads the same to people', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(seen(dialect.neutralise(text))).toBe(seen(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('stays as it is when it is made safe twice', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(dialect.neutralise(dialect.neutralise(text))).toBe(dialect.neutralise(text));
      }),
      { numRuns: 1000 },
    );
  });

  it('is left alone when there is nothing to make safe', () => {
    for (const text of [
      'Mail bob@example.com',
      'Bug 1753466 is defaced',
      'C# and F#',
      'See https://github.com/acme/items',
    ]) {
      expect(dialect.neutralise(text)).toBe(text);
    }
  });
});
