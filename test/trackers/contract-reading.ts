import { expect } from 'vitest';
import { TrackerError } from '../../src/errors.ts';
import { listen } from '../../src/sandbox/http.ts';
import type { Tracker } from '../../src/trackers/tracker.ts';
import type { Test } from './contract.ts';
import { aDraft, withKey } from './harness.ts';

/** What a tracker promises about looking: nothing is overlooked, and looking is cheap. */
export const READING: readonly Test[] = [
  [
    'tells who we are and what we may do',
    async ({ tracker }) => {
      const access = await tracker.open();

      expect(access).toMatchObject({ mayLabel: true, warnings: [] });
      expect(access.account).not.toBeNull();
    },
  ],
  [
    'gives every issue on the first pull, closed ones and those of others included',
    async ({ tracker, person }) => {
      const mine = await tracker.create(aDraft(tracker, 'mine'));
      const closed = await tracker.create(aDraft(tracker, 'closed'));
      const theirs = await person.file('A colleague files this');
      await person.close(closed.issue.id, 'done');

      const { issues, unchanged } = await tracker.changes(null);

      expect(unchanged).toBe(false);
      expect(idsOf(issues)).toEqual([mine.issue.id, closed.issue.id, theirs].sort());
    },
  ],
  [
    'gives what changed since the cursor, whatever changed',
    async ({ tracker, person }) => {
      const ids = [];
      for (const word of ['one', 'two', 'three', 'four', 'five']) {
        ids.push((await tracker.create(aDraft(tracker, word))).issue.id);
      }
      const [retitled = '', closed = '', labelled = '', rewritten = '', reopened = ''] = ids;
      await person.close(reopened, 'dropped');
      const { cursor } = await tracker.changes(null);

      await person.retitle(retitled, 'Another title');
      await person.close(closed, 'dropped');
      await person.label(labelled, 'ptg-tracker-ignore');
      await person.rewrite(rewritten, 'All gone.');
      await person.reopen(reopened);
      const { issues } = await tracker.changes(cursor);

      const found = new Map(issues.map((issue) => [issue.id, issue]));
      expect(found.get(retitled)?.title).toBe('Another title');
      expect(found.get(closed)).toMatchObject({ state: 'dropped' });
      expect(found.get(labelled)?.labels).toContain('ptg-tracker-ignore');
      expect(found.get(rewritten)?.body).toBe('All gone.');
      expect(found.get(reopened)).toMatchObject({ state: 'open' });
    },
  ],
  [
    'says that nothing changed, and asks little for it',
    async ({ tracker, proxy, unchangedCost }) => {
      await tracker.create(aDraft(tracker));
      const { cursor } = await tracker.changes((await tracker.changes(null)).cursor);
      proxy.plan({});

      const again = await tracker.changes(cursor);

      expect(again.cursor).not.toBeNull();
      expect(proxy.requests.length).toBeLessThanOrEqual(unchangedCost);
      expect(proxy.requests.every((request) => request.method === 'GET')).toBe(true);
      if (unchangedCost === 1) expect(again).toMatchObject({ issues: [], unchanged: true, cursor });
    },
  ],
  [
    'asks for everything when the cursor makes no sense',
    async ({ tracker }) => {
      const { issue } = await tracker.create(aDraft(tracker));

      expect(idsOf((await tracker.changes('no cursor of ours')).issues)).toEqual([issue.id]);
      expect(idsOf((await tracker.changes('{"since":7}')).issues)).toEqual([issue.id]);
    },
  ],
  [
    'finds what we created since a time, closed ones included, and not what others filed',
    async ({ tracker, person }) => {
      const start = new Date();
      const open = await tracker.create(aDraft(tracker, 'open'));
      const closed = await tracker.create(aDraft(tracker, 'closed'));
      await person.file('A colleague files this');
      await person.close(closed.issue.id, 'dropped');

      const found = await tracker.createdSince(start);

      expect(idsOf(found)).toEqual([open.issue.id, closed.issue.id].sort());
    },
  ],
  [
    'finds nothing of ours since a time to come',
    async ({ tracker }) => {
      await tracker.create(aDraft(tracker));

      expect(await tracker.createdSince(new Date(Date.now() + 24 * 3_600_000))).toEqual([]);
    },
  ],
  [
    'looks at all pages',
    async ({ tracker, person }) => {
      const start = new Date();
      const many = 130;
      for (let number = 0; number < many; number += 1) await tracker.create(aDraft(tracker, `n${number}`));

      const pulled = await tracker.changes(null);
      const created = await tracker.createdSince(start);

      expect(new Set(idsOf(pulled.issues)).size).toBe(many);
      expect(new Set(idsOf(created)).size).toBe(many);
      expect(withKey(tracker, pulled.issues, aDraft(tracker, 'n0').key)).toHaveLength(1);
      expect(await person.count()).toBe(many);
    },
  ],
  [
    'gets one issue by its id, as it is now',
    async ({ tracker, person }) => {
      const { issue } = await tracker.create(aDraft(tracker));
      await person.retitle(issue.id, 'Another title');

      expect(await tracker.get(issue.id)).toMatchObject({ id: issue.id, url: issue.url, title: 'Another title' });
    },
  ],
  [
    'gets null for an issue that was deleted, or that never was',
    async ({ tracker, remove }) => {
      const { issue } = await tracker.create(aDraft(tracker));
      await remove(issue.id);

      expect(await tracker.get(issue.id)).toBeNull();
      expect(await tracker.get('987654')).toBeNull();
    },
  ],
  [
    'tells which accounts can be assigned',
    async ({ tracker, accounts }) => {
      const asked = [accounts.assignable, accounts.stranger, 'no-such-account'];

      const few = await tracker.assignable(asked);
      const many = await tracker.assignable([...asked, 'nobody-1', 'nobody-2', 'nobody-3', 'nobody-4']);

      expect([...few]).toEqual([accounts.assignable]);
      expect([...many]).toEqual([accounts.assignable]);
    },
  ],
  ['refuses as denied with wrong credentials', refuses({ token: 'wrong' }, 'denied')],
  ['refuses as missing when there is no such place', refuses({ target: 'place' }, 'missing')],
  ['refuses as unreachable when nobody answers', refuses({ baseUrl: 'nobody' }, 'unreachable')],
  [
    'refuses as disabled when no issues are taken',
    async ({ tracker, disable }) => {
      await disable();

      await expect(tracker.open()).rejects.toMatchObject({ refusal: { kind: 'disabled' } });
      await expect(tracker.create(aDraft(tracker))).rejects.toMatchObject({ refusal: { kind: 'disabled' } });
    },
  ],
];

function idsOf(issues: Awaited<ReturnType<Tracker['createdSince']>>): string[] {
  return issues.map((issue) => issue.id).sort();
}

/** Every call is refused in the same way, in a sentence with a hint, and ends the run. */
function refuses(change: { token?: string; target?: string; baseUrl?: string }, kind: string): Test[1] {
  return async ({ reopen }) => {
    const target = reopen().type === 'github' ? 'acme/nowhere' : 'nowhere';
    const tracker = reopen({
      ...change,
      ...(change.target === undefined ? {} : { target }),
      ...(change.baseUrl === undefined ? {} : { baseUrl: await unusedAddress() }),
    });
    const calls = [
      () => tracker.open(),
      () => tracker.changes(null),
      () => tracker.createdSince(new Date(0)),
      () => tracker.create(aDraft(tracker)),
    ];
    for (const call of calls) {
      const error = await call().then(
        () => null,
        (thrown: unknown) => thrown,
      );

      expect(error).toBeInstanceOf(TrackerError);
      expect(error).toMatchObject({ refusal: { kind }, endsTheRun: true, hint: expect.stringMatching(/\w/) });
    }
  };
}

/** An address where nobody listens: one that was given to us and given back. */
async function unusedAddress(): Promise<string> {
  const server = await listen(async () => {});
  await server.close();
  return server.url;
}
