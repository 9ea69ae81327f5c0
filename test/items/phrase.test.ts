import { describe, expect, it } from 'vitest';
import { phraseOf } from '../../src/items/phrase.ts';
import { wordsOf } from '../../src/items/tokens.ts';

function work(text: string): string | null {
  const words = wordsOf(text);
  const phrase = phraseOf(words);
  if (phrase === null) return null;
  const object =
    phrase.passive === null ? words.slice(phrase.from) : words.slice(phrase.passive.from, phrase.passive.to);
  return [phrase.verb, ...object.slice(0, 3).map((word) => word.text)].join(' ');
}

describe('phraseOf', () => {
  it.each([
    { text: 'drop the old job', expected: 'drop the old job' },
    { text: "let's also drop the old job", expected: 'drop the old job' },
    { text: 'Alice will probably drop the old job', expected: 'drop the old job' },
    { text: 'The conclusion is to drop the old job', expected: 'drop the old job' },
    { text: 'The old job should be dropped soon', expected: 'drop The old job' },
    { text: 'this is the old job that still needs to be dropped', expected: 'drop the old job' },
    { text: 'After it will be done we need to check the docs', expected: 'check the docs' },
    { text: 'If there are people to maintain it, we will keep the old job', expected: 'keep the old job' },
    { text: 'if that works, drop the old job', expected: 'drop the old job' },
    { text: 'To get around it, we plan to write the small tests', expected: 'write the small tests' },
    { text: 'Alice is working on replacing the old job', expected: 'replace the old job' },
    { text: 'make sure to add the old job', expected: 'add the old job' },
    { text: 'the patch needs review', expected: 'review the patch' },
    { text: 'we need a common prefix', expected: 'provide a common prefix' },
    { text: 'documenting the worker owners', expected: 'document the worker owners' },
    { text: 'any objections to closing this issue?', expected: 'close this issue' },
    { text: 'we will keep the queue but we will relax the old policy', expected: 'relax the old policy' },
  ])('finds "$expected" in "$text"', ({ text, expected }) => {
    expect(work(text)).toBe(expected);
  });

  it.each(['the old job', 'it will not be dropped', 'a job which will run the tests', ''])(
    'finds no work in "%s"',
    (text) => {
      expect(work(text)).toBeNull();
    },
  );
});
