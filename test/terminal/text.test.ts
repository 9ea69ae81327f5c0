import { describe, expect, it } from 'vitest';
import { clip, pad, printable, toWidth, widthOf, wrap } from '../../src/terminal/text.ts';

describe('setting text on a terminal', () => {
  it.each([
    { text: 'plain', columns: 5, clipped: 'plain' },
    { text: 'plain text', columns: 6, clipped: 'plain…' },
    { text: 'plainer', columns: 5, clipped: 'plai…' },
    { text: '実装する', columns: 5, clipped: '実装…' },
    { text: '実装', columns: 4, clipped: '実装' },
    { text: 'x', columns: 0, clipped: '' },
    { text: '', columns: 3, clipped: '' },
  ])('clips $text to $columns columns as $clipped', ({ text, columns, clipped }) => {
    expect(clip(text, columns)).toBe(clipped);
  });

  it('pads by columns, not by characters', () => {
    expect(pad('実装', 6)).toBe('実装  ');
    expect(pad('ab', 4, 'start')).toBe('  ab');
    expect(widthOf(toWidth('実装する項目', 7))).toBe(7);
  });

  it('wraps between words, and within one that is longer than a line', () => {
    expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrap('abcdefgh', 3)).toEqual(['abc', 'def', 'gh']);
  });

  it('makes text printable: one line, no control characters, no turned writing direction', () => {
    expect(printable(' a\tb\r\nc\u001b[31md\u202ee\u200bf\u009b ')).toBe('a b c [31mdef');
  });
});
