import { describe, expect, it } from 'vitest';
import { headingWords, isTypoOf, plainWords, stemOf } from '../../src/items/plain.ts';
import { baseOf } from '../../src/items/verbs.ts';

describe('words', () => {
  it('are compared without case, markup, accents, soft hyphens and footnotes', () => {
    expect(plainWords('**Caf\u00e9** `re\u00adview` [12], don’t')).toEqual(['cafe', 'review', 'don', 't']);
  });

  it.each(['3) Zuul jobs', '3.1. Zuul jobs', 'IV. Zuul jobs', 'Zuul jobs'])(
    'of the heading "%s" leave out its number',
    (heading) => {
      expect(headingWords(heading)).toEqual(['zuul', 'jobs']);
    },
  );

  it('of a heading keep a number that is part of the name', () => {
    expect(headingWords('2020 goals')).toEqual(['2020', 'goals']);
  });

  it.each([
    ['dropping', 'dropped'],
    ['policies', 'policy'],
    ['review', 'reviewing'],
  ])('"%s" and "%s" have one stem', (a, b) => {
    expect(stemOf(a)).toBe(stemOf(b));
  });

  it.each([
    { a: 'failing', b: 'faling', expected: true },
    { a: 'deprecation', b: 'deprectaion', expected: true },
    { a: 'grenade', b: 'midonet', expected: false },
    { a: 'port', b: 'part', expected: false },
    { a: 'victoria2', b: 'victoria3', expected: false },
  ])('"$a" and "$b" are a slip of the keyboard: $expected', ({ a, b, expected }) => {
    expect(isTypoOf(a, b)).toBe(expected);
  });

  it.each([
    ['dropping', 'drop'],
    ['wrote', 'write'],
    ['tied', 'tie'],
    ['agreeing', 'agree'],
    ['policies', null],
  ])('the verb of "%s" is %s', (word, base) => {
    expect(baseOf(word)).toBe(base);
  });
});
