import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerSchema, Offer, offersIn, saidIn } from '../../src/model/answer.ts';

const ANSWER = '{"items": [{"quote": "a b"}]}';

describe('reading an answer', () => {
  it.each([
    { how: 'bare', text: ANSWER },
    { how: 'in a fence', text: `\`\`\`json\n${ANSWER}\n\`\`\`` },
    { how: 'in a fence between words {with braces}', text: `Here {it} is:\n\`\`\`\n${ANSWER}\n\`\`\`\nMore {of} it?` },
    { how: 'between words', text: `Sure! ${ANSWER} Anything else?` },
    { how: 'after thinking aloud', text: `<think>{"items": [1, 2]} or so</think>\n${ANSWER}` },
    { how: 'as a bare list', text: '[{"quote": "a b"}]' },
    { how: 'as a list between words', text: 'These: [{"quote": "a b"}]' },
  ])('finds the items $how', ({ text }) => {
    expect(offersIn(text)).toEqual([{ quote: 'a b' }]);
  });

  it.each([
    '',
    'I cannot help with that.',
    '{"items": "none"}',
    '{"items": "none", "more": []}',
    '{"items": [',
    '42',
    'null',
  ])('finds nothing in %s', (text) => {
    expect(offersIn(text)).toBeNull();
  });

  it('takes an empty list for an answer', () => {
    expect(offersIn('{"items": []}')).toEqual([]);
  });

  it('survives whatever is said', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.string().map((text) => `{${text}}`),
        ),
        (text) => {
          const offers = offersIn(text);

          expect(offers === null || Array.isArray(offers)).toBe(true);
        },
      ),
    );
  });

  it('is quick with deep and with broken nesting', () => {
    for (const text of [
      '['.repeat(200_000),
      `{"items":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
      '{`'.repeat(200_000),
    ]) {
      expect(() => offersIn(text)).not.toThrow();
    }
  });

  it('asks for what it reads: an offer in the form of the schema is an offer', () => {
    const offer = { block: 3, quote: 'a b', kind: 'rfe', title: 'Do it', owners: ['alice'] };

    expect(Offer.parse(offer)).toEqual(offer);
    expect(answerSchema()).toMatchObject({
      properties: { items: { items: { required: Object.keys(offer), additionalProperties: false } } },
    });
  });

  it('does without what many models leave out', () => {
    expect(Offer.parse({ quote: 'a b', title: 'Do it', kind: 'task', owners: null, block: '3' })).toEqual({
      block: null,
      quote: 'a b',
      kind: 'action',
      title: 'Do it',
      owners: [],
    });
  });

  it('joins a message in several pieces', () => {
    const content = [{ type: 'text', text: 'one ' }, { type: 'other' }, { type: 'text', text: 'two' }];

    expect(saidIn(JSON.stringify({ choices: [{ message: { content } }] }))).toBe('one two');
  });
});
