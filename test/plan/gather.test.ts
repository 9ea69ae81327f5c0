import { describe, expect, it } from 'vitest';
import { ownIssues } from '../../src/plan/gather.ts';
import { claimsToSettle } from '../../src/plan/settle.ts';
import { aClaim, aKey, anEntry, anIssue, anItem } from '../builders.ts';
import { filed, theFacts } from './world.ts';

const { dialect } = theFacts();
const { issue, entry } = filed();
const key = entry.key;

describe('the issues of ours', () => {
  it('are those that the ledger has seen', () => {
    expect(ownIssues([entry], [], dialect).get(key)).toEqual([{ issue, block: dialect.find(issue.body) }]);
  });

  it('are taken in their newest form', () => {
    const newer = { ...issue, title: 'Newer', updatedAt: '2026-03-03T00:00:00.000Z' };

    expect(ownIssues([entry], [newer], dialect).get(key)).toMatchObject([{ issue: { title: 'Newer' } }]);
  });

  it('are those that carry a key, also when the ledger does not know it', () => {
    expect([...ownIssues([], [issue, anIssue({ id: '2', body: 'not ours' })], dialect).keys()]).toEqual([key]);
  });

  it('are several where a key was filed twice', () => {
    const second = { ...issue, id: '2' };

    expect(
      ownIssues([entry], [second], dialect)
        .get(key)
        ?.map((own) => own.issue.id),
    ).toEqual(['1', '2']);
  });

  it('keep the key of the ledger when a person took our part away', () => {
    const stripped = { ...issue, body: 'mine' };

    expect(ownIssues([entry], [stripped], dialect).get(key)).toEqual([{ issue: stripped, block: null }]);
  });

  it('keep the key of the ledger when a person pasted the part of another issue', () => {
    const pasted = { ...issue, body: dialect.wrap(aKey('other'), 'x') };
    const own = ownIssues([entry], [pasted], dialect);

    expect([...own]).toEqual([[key, [{ issue: pasted, block: null }]]]);
  });

  it('are without those that were deleted', () => {
    expect(ownIssues([{ ...entry, deletedAt: '2026-03-03T00:00:00.000Z' }], [], dialect).size).toBe(0);
  });
});

describe('the claims to settle', () => {
  const claimed = (at: string, over = {}) => anEntry({ key, issue: null, claim: aClaim({ at }), ...over });

  it('are those of stated items without an issue, to be looked for from a while before the earliest on', () => {
    const later = claimed('2026-03-02T11:00:00.000Z', { key: aKey('later') });
    const items = [anItem(), anItem({ key: aKey('later') })];

    expect(claimsToSettle(items, [later, claimed('2026-03-02T10:00:00.000Z')])).toEqual({
      keys: [aKey('later'), key],
      since: new Date('2026-03-02T09:50:00.000Z'),
    });
  });

  it.each([
    { when: 'nothing is claimed', entries: [anEntry({ key, claim: null, issue: null })] },
    { when: 'the issue is known', entries: [{ ...entry, claim: aClaim() }] },
    { when: 'the item is no longer stated', entries: [claimed('2026-03-02T10:00:00.000Z', { key: aKey('gone') })] },
  ])('are none when $when', ({ entries }) => {
    expect(claimsToSettle([anItem()], entries)).toBeNull();
  });
});
