import { describe, expect, it } from 'vitest';
import { frameOf } from '../../src/items/lead.ts';
import { namesOf } from '../../src/items/names.ts';
import { aContext } from './build.ts';

const names = namesOf(aContext(['Alice said so. Bob said so.']));

describe('frameOf', () => {
  it.each([
    { text: 'ACTION: Alice & Bob: write the guide', inner: 'write the guide', owners: ['Alice', 'Bob'] },
    { text: '- [ ] TODO for Alice: write the guide', inner: 'write the guide', owners: ['Alice'] },
    { text: '[Alice, Bob] write the guide', inner: 'write the guide', owners: ['Alice', 'Bob'] },
    { text: 'Alice: write the guide', inner: 'write the guide', owners: ['Alice'] },
    { text: 'ALL: write the guide', inner: 'write the guide', owners: [] },
    { text: 'action item (me): write the guide', inner: 'write the guide', owners: ['I'] },
    { text: 'Upgrades: write the guide', inner: 'Upgrades: write the guide', owners: [] },
    { text: 'The action plan is good', inner: 'The action plan is good', owners: [] },
  ])('finds "$inner" in "$text"', ({ text, inner, owners }) => {
    const frame = frameOf(text, names);

    expect(text.slice(frame.start, frame.end)).toBe(inner);
    expect(frame.owners).toEqual(owners);
  });

  it.each([
    { text: 'write the guide (Alice)', behind: ['Alice'] },
    { text: 'write the guide - Alice and Bob.', behind: ['Alice', 'Bob'] },
    { text: 'write the guide (see the API)', behind: [] },
    { text: 'write the guide - it is missing', behind: [] },
  ])('finds $behind behind "$text"', ({ text, behind }) => {
    expect(frameOf(text, names).behind).toEqual(behind);
  });
});
