import { describe, expect, it } from 'vitest';
import { directoryOf, ownerOf } from '../../src/items/people.ts';

const alice = {
  name: 'Alice Example',
  nicks: ['alix', 'aexample'],
  mail: 'alice@example.org',
  github: 'alice-gh',
  launchpad: 'alice-lp',
};
const bob = { name: 'Bob Sample', nicks: [], github: 'bob-gh' };
const otherBob = { name: 'Bob Other', nicks: ['bobo'] };

describe('a directory of people', () => {
  it.each(['Alice Example', 'alice example', 'alix', '@aexample', 'alice@example.org', 'Alice', 'Example', 'alice-gh'])(
    'finds a person by %s',
    (name) => {
      expect(ownerOf(name, directoryOf([alice, bob]))).toEqual({
        name: 'Alice Example',
        github: 'alice-gh',
        launchpad: 'alice-lp',
      });
    },
  );

  it('leaves a first name that two people have a name', () => {
    expect(ownerOf('Bob', directoryOf([bob, otherBob]))).toEqual({ name: 'Bob', github: null, launchpad: null });
  });

  it('prefers the nick that somebody is listed under to the same first name of another', () => {
    const directory = directoryOf([{ name: 'Carol Nick', nicks: ['bob'], github: 'carol' }, bob]);

    expect(ownerOf('bob', directory).name).toBe('Carol Nick');
  });

  it('leaves somebody unknown a name', () => {
    expect(ownerOf('Dora', directoryOf([alice]))).toEqual({ name: 'Dora', github: null, launchpad: null });
  });

  it('knows nobody by a blank', () => {
    expect(directoryOf([alice]).find('  ')).toBeNull();
  });
});
