import { describe, expect, it } from 'vitest';
import { parseNote } from '../../src/notes/read.ts';

function noteOf(...lines: string[]) {
  return parseNote('note', new TextEncoder().encode(`${lines.join('\n')}\n`));
}

describe('people', () => {
  it.each([
    { how: 'on one line', lines: ['Present: alice, bob and carol'], people: ['alice', 'bob', 'carol'] },
    {
      how: 'as a list',
      lines: ['# Attendees', '', '* Owner One (Example Corp)', '* Owner Two - OT Inc.'],
      people: ['Owner One', 'Owner Two'],
    },
    {
      how: 'with initials',
      lines: ['## Present', '- Owner One (OO)', '- Owner Two (OT)'],
      people: ['Owner One', 'OO', 'Owner Two', 'OT'],
    },
    {
      how: 'with nicks',
      lines: ['Attendance', '', '- Owner One (#oone) - Corp', '- Bob (@bob_b)'],
      people: ['Owner One', 'oone', 'Bob', 'bob_b'],
    },
    { how: 'with boxes', lines: ['Voting members:', '- [x] Owner One', '- [ ] Owner Two'], people: ['Owner One'] },
    {
      how: 'with mail addresses',
      lines: ['Attendees list:', '', '    Owner One – Corp – one@example.org', '    Owner Two <two@example.org>'],
      people: ['Owner One', 'Owner Two'],
    },
    {
      how: 'as a key',
      lines: ['OO: Owner One', 'OT: Owner Two', 'OS: Owner Six', '', 'OO: hello'],
      people: ['Owner One', 'OO', 'Owner Two', 'OT', 'Owner Six', 'OS'],
    },
    {
      how: 'in a sentence of pairs',
      lines: ['Owner One (OO), Owner Two (OT), Owner Six (OS), Owner Ten (OW)'],
      people: ['Owner One', 'OO', 'Owner Two', 'OT', 'Owner Six', 'OS', 'Owner Ten', 'OW'],
    },
    { how: 'but not those who sent regrets', lines: ['Present: alice', 'Regrets: bob'], people: ['alice'] },
    {
      how: 'and not what follows the list',
      lines: ['Attendees:', '- alice', '', 'Agenda', '- budget'],
      people: ['alice'],
    },
  ])('are read $how', ({ lines, people }) => {
    expect(noteOf(...lines, '', 'We talked about the budget, and about little else.').people).toEqual(people);
  });
});

describe('speakers', () => {
  it.each([
    {
      who: 'somebody present',
      lines: ['Present: alice, bob', '', 'Alice: we should move it'],
      speaker: 'Alice',
      text: 'we should move it',
    },
    {
      who: 'somebody in brackets',
      lines: ['Present: alice, bob', '', '[Bob] I can do it'],
      speaker: 'Bob',
      text: 'I can do it',
    },
    {
      who: 'initials of somebody present',
      lines: ['Present: Owner One, Owner Two', '', 'OT: I can do it'],
      speaker: 'OT',
      text: 'I can do it',
    },
    {
      who: 'a bold name',
      lines: ['# h', 'Present: alice, bob', '', '**Alice:** I can do it'],
      speaker: 'Alice',
      text: 'I can do it',
    },
    { who: 'a chat nick', lines: ['# h', '', '<carol> I can do it'], speaker: 'carol', text: 'I can do it' },
  ])('are $who', ({ lines, speaker, text }) => {
    expect(noteOf(...lines).blocks.at(-1)).toMatchObject({ speaker, text });
  });

  it.each([
    { what: 'a label of the note', line: 'Decision: we move it' },
    { what: 'a marker of work', line: 'ACTION: alice to move it' },
    { what: 'a name nobody knows', line: 'Neutron: one new driver' },
  ])('are not $what', ({ line }) => {
    expect(noteOf('Present: alice, bob', '', line).blocks.at(-1)).toMatchObject({ speaker: null, text: line });
  });

  it('are owners, not speakers, in a list of duties', () => {
    const { blocks } = noteOf('Present: alice, bob', '', 'Action items:', '- Alice: move it');

    expect(blocks.at(-1)).toMatchObject({ speaker: null, text: 'Alice: move it' });
  });
});
