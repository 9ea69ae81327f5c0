import { describe, expect, it } from 'vitest';
import { ownersOf } from '../../src/items/owners.ts';
import { directoryOf } from '../../src/items/people.ts';
import { aContext, statementWith } from './build.ts';

const nobody = directoryOf([]);

function owners(
  lines: Parameters<typeof aContext>[0],
  words: string,
  given = {},
  directory = nobody,
): readonly string[] {
  const context = aContext(lines, given);
  return ownersOf(statementWith(context, words), context, directory).map(({ name }) => name);
}

describe('ownersOf', () => {
  it.each([
    { text: 'Alice Example will contact the vendors.', expected: ['Alice Example'] },
    { text: 'Alice and Bob Sample volunteered to work on this in Victoria.', expected: ['Alice', 'Bob Sample'] },
    { text: 'On our side, Alice volunteered tentatively that she can do it.', expected: ['Alice'] },
    { text: 'If there are other users, Bob is willing to help contacting them.', expected: ['Bob'] },
    { text: 'python3 readiness - Alice will take care of this', expected: ['Alice'] },
    { text: 'carl_b to put up the model proposal', expected: ['carl_b'] },
    { text: '@alice to write a design doc', expected: ['@alice'] },
    { text: 'ACTION: Alice & Bob: improve the 2023 tab', expected: ['Alice', 'Bob'] },
    { text: 'Action (alice): investigate the metrics', expected: ['alice'] },
    { text: 'TODO Alice: open a PR to rename the field', expected: ['Alice'] },
    { text: 'TODO for Alice: start a design', expected: ['Alice'] },
    { text: 'AI(AB, XYZ): add to the spec', expected: ['AB', 'XYZ'] },
    { text: '[Alice] Write up a draft plan', expected: ['Alice'] },
    { text: '(Alice Example) Create an issue', expected: ['Alice Example'] },
    { text: 'Mark the API as deprecated (Alice)', expected: ['Alice'] },
    { text: 'Propose a strategy for the website - Alice', expected: ['Alice'] },
    { text: 'Update the release schedule [alice].', expected: ['alice'] },
    { text: 'The release notes are assigned to Alice.', expected: ['Alice'] },
    { text: 'The QA team will follow up on that.', expected: ['QA team'] },
    { text: '#action alice to propose the patch', expected: ['alice'] },
    { text: 'action alice: write the page', expected: ['alice'] },
    { text: 'AR Alice to check the support (ETA 20-Nov)', expected: ['Alice'] },
    { text: 'ACTION-12: Alice to write the summary', expected: ['Alice'] },
    { text: 'Write the new tutorial -> Alice', expected: ['Alice'] },
    { text: 'Draw the logo (Alice, by Friday)', expected: ['Alice'] },
    { text: 'Schedule the next meeting @alice', expected: ['@alice'] },
    { text: 'Chairs to confirm the decision on the list', expected: ['Chairs'] },
    { text: 'The new page will be reviewed by Alice.', expected: ['Alice'] },
    { text: 'The pull request needs tests, Alice has been assigned.', expected: ['Alice'] },
    { text: 'AGREED: remove the old agent', expected: [] },
    { text: 'I will take care of the job definitions.', expected: ['Owner One'] },
    { text: 'we should compare the jobs - I volunteered to do that', expected: ['Owner One'] },
    { text: 'We will drop the job.', expected: [] },
    { text: 'The team asked to add more use cases to the spec.', expected: [] },
    { text: 'This will be done by the next release.', expected: [] },
    { text: 'Alice to talk to Bob about the landing page', expected: ['Alice'] },
    { text: 'alix signed up to update the jobs', expected: ['alix'] },
    { text: 'TODO: alix, bobx to look at the gate', expected: ['alix', 'bobx'] },
    { text: 'Alice and I will draft the letter', expected: ['Alice', 'Owner One'] },
    { text: 'Port the jobs (Alice volunteered)', expected: ['Alice'] },
    { text: 'Rework the model (champions: Alice, Bob)', expected: ['Alice', 'Bob'] },
    { text: "Alice's going to write the guide", expected: ['Alice'] },
    { text: "Alice's action: send the contract", expected: ['Alice'] },
    { text: '[AI Alice] update the template', expected: ['Alice'] },
    { text: 'Alice from Example Corp will publish the report', expected: ['Alice'] },
    { text: 'Assigned Alice to write the questions', expected: ['Alice'] },
    { text: 'Write the entry {@alice}', expected: ['@alice'] },
    { text: 'The infra team to set up the mirror', expected: ['infra team'] },
  ])('reads $expected from "$text"', ({ text, expected }) => {
    expect(owners([text], text.slice(0, 12))).toEqual(expected);
  });

  it('knows that "they" are those of the sentence before', () => {
    expect(owners(['Alice and Bob had a chat. They will streamline the setup.'], 'They')).toEqual(['Alice', 'Bob']);
  });

  it('reads lower-case words as people beside somebody who is known, and nowhere else', () => {
    const known = ['alix volunteered to lead the effort.', 'Implement the call - alix, bobx', 'Test nova, neutron'];

    expect(owners(known, 'Implement')).toEqual(['alix', 'bobx']);
    expect(owners(known, 'Test nova')).toEqual([]);
  });

  it('gives what somebody known does at present to them', () => {
    expect(owners(['Alice said so.', 'Alice is following up with the lawyers.'], 'Alice is')).toEqual(['Alice']);
  });

  it('finds who is asked to do it in other words', () => {
    expect(owners(['Alice said so.', "Let's have Alice update the page."], 'have Alice')).toEqual(['Alice']);
  });

  it('gives the work of a section to the owner that its first line names', () => {
    const lines = ['# Clean-ups', 'Owner: Alice', 'Drop the old filter.'];

    expect(owners(lines, 'Drop the')).toEqual(['Alice']);
  });

  it('finds who leads the work in the next sentence', () => {
    expect(owners(['We are getting the containers to work. This work is led by Alice Example.'], 'We are')).toEqual([
      'Alice Example',
    ]);
  });

  it('gives a list to the one its lead-in names', () => {
    expect(owners(['Alice:', '* write the upgrade guide', '* review the docs'], 'review')).toEqual(['Alice']);
  });

  it('reads a bold word in the place of a name as a nick', () => {
    const line = { text: 'alix volunteered to help with testing', strong: [{ start: 0, end: 4 }] };

    expect(owners([line], 'alix')).toEqual(['alix']);
  });

  it('gives a line without a subject to the one who says it', () => {
    const line = { kind: 'speech' as const, speaker: 'Alice', text: 'Will send out an announcement.' };

    expect(owners([line], 'Will')).toEqual(['Alice']);
  });

  it('does not take a thing that the note speaks of for a person', () => {
    const lines = ['In Nova the work is done. The Nova code is ready.', 'Nova will update the allocation.'];

    expect(owners(lines, 'Nova will')).toEqual([]);
  });

  it('makes one owner of a nick that the note explains, a first name and a full name', () => {
    const lines = ["Alice's nick is alix. Alice Example wrote the spec.", 'ACTION: alix, Alice: review the spec'];

    expect(owners(lines, 'ACTION')).toEqual(['Alice Example']);
  });

  it('gives accounts only to those that the directory knows', () => {
    const directory = directoryOf([{ name: 'Alice Example', nicks: ['alix'], github: 'alice-gh' }]);
    const context = aContext(['ACTION: alix and Bob: review the spec']);

    expect(ownersOf(statementWith(context, 'ACTION'), context, directory)).toEqual([
      { name: 'Alice Example', github: 'alice-gh', launchpad: null },
      { name: 'Bob', github: null, launchpad: null },
    ]);
  });
});
