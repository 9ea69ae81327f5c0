import { describe, expect, it } from 'vitest';
import { clausesOf } from '../../src/items/clauses.ts';
import { sentencesOf } from '../../src/items/sentences.ts';
import { language } from './note.ts';

const sentences = (text: string) =>
  sentencesOf(text, language.lexicon.abbreviations).map(({ start, end }) => text.slice(start, end));
const clauses = (text: string) =>
  clausesOf(text, { start: 0, end: text.length }, language.lexicon).map(({ start, end }) => text.slice(start, end));

describe('sentencesOf', () => {
  it.each([
    {
      that: 'splits before a lower-case nick',
      text: 'It is late. alice to track it.',
      found: ['It is late.', 'alice to track it.'],
    },
    {
      that: 'keeps abbreviations together',
      text: 'Use a driver, e.g. the new one, vs. the old.',
      found: ['Use a driver, e.g. the new one, vs. the old.'],
    },
    {
      that: 'keeps what stands in brackets together',
      text: 'Ask users (e.g. two. Or more) first. Then go.',
      found: ['Ask users (e.g. two. Or more) first.', 'Then go.'],
    },
    {
      that: 'keeps versions and addresses together',
      text: 'Move to v1.2 of https://example.org/a.b now. Yes.',
      found: ['Move to v1.2 of https://example.org/a.b now.', 'Yes.'],
    },
    { that: 'keeps initials together', text: 'Ask J. Example about it.', found: ['Ask J. Example about it.'] },
  ])('$that', ({ text, found }) => {
    expect(sentences(text)).toEqual(found);
  });
});

describe('clausesOf', () => {
  it.each([
    {
      that: 'splits before a second owner',
      text: 'alice to write the spec for it, bob to review the code soon',
      found: ['alice to write the spec for it', 'bob to review the code soon'],
    },
    {
      that: 'splits a second decision with a time of its own',
      text: 'We agreed to deprecate this option in this cycle and remove it completely in the next cycle.',
      found: ['We agreed to deprecate this option in this cycle', 'remove it completely in the next cycle.'],
    },
    {
      that: 'leaves together what only goes on',
      text: 'We agreed to write a summary of the session and send it to the list.',
      found: ['We agreed to write a summary of the session and send it to the list.'],
    },
    {
      that: 'splits what is enumerated',
      text: 'Plans include extending the upgrade tests to all nodes, adding support for storage, and updating the upgrade guide too.',
      found: [
        'Plans include extending the upgrade tests to all nodes',
        'adding support for storage',
        'updating the upgrade guide too.',
      ],
    },
  ])('$that', ({ text, found }) => {
    expect(clauses(text)).toEqual(found);
  });
});
