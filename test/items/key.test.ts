import { describe, expect, it } from 'vitest';
import { parseKey } from '../../src/items/item.ts';
import { itemKey } from '../../src/items/key.ts';

const plain = { quote: 'Alice will drop the old "grenade" job.', section: ['Summary', 'Zuul jobs'] };

describe('the key of a statement', () => {
  it('is 16 characters of a-z and 2-7 that read back as a key', () => {
    const key = itemKey(plain);

    expect(key).toMatch(/^[a-z2-7]{16}$/);
    expect(parseKey(key)).toBe(key);
  });

  it.each([
    { when: 'wrapped at another place', parts: { ...plain, quote: 'Alice will drop\n  the old "grenade" job.' } },
    { when: 'marked up', parts: { ...plain, quote: '**Alice** will drop the _old_ `grenade` job.' } },
    { when: 'typed with other quotation marks', parts: { ...plain, quote: 'Alice will drop the old “grenade” job' } },
    { when: 'written in capitals', parts: { ...plain, quote: 'ALICE will drop the OLD "grenade" job.' } },
    { when: 'given a footnote', parts: { ...plain, quote: 'Alice will drop the old "grenade" job [12].' } },
    { when: 'put under a numbered heading', parts: { ...plain, section: ['3) Zuul jobs'] } },
    { when: 'published without the outer headings', parts: { ...plain, section: ['Zuul jobs'] } },
  ])('stays when the statement is $when', ({ parts }) => {
    expect(itemKey(parts)).toBe(itemKey(plain));
  });

  it.each([
    { when: 'other words', parts: { ...plain, quote: 'Alice will drop the old "midonet" job.' } },
    { when: 'another heading', parts: { ...plain, section: ['CI status'] } },
    { when: 'something that tells it apart', parts: { ...plain, apart: 'second' } },
  ])('differs for $when', ({ parts }) => {
    expect(itemKey(parts)).not.toBe(itemKey(plain));
  });

  it.each(['', 'abc', 'abcdefghijklmno1', 'abcdefghijklmnopq', 'ABCDEFGHIJKLMNOP', 'abcdefghijklmnop\n'])(
    'is not read from %j',
    (text) => {
      expect(parseKey(text)).toBeNull();
    },
  );
});
