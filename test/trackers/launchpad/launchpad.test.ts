import { describe, expect, it } from 'vitest';
import { mayTriageBugs } from '../../../src/trackers/launchpad/launchpad.ts';
import { aBench, aDraft, aKey, LIMITS } from './desk.ts';

const bench = aBench();

describe('a Launchpad tracker', () => {
  it('says who we are and that the bugs are in the care of a team', async () => {
    const access = await bench.tracker.open();

    expect(access).toMatchObject({ account: 'ptg-bot', mayLabel: true, mayAssign: true });
    expect(access.warnings.join()).toContain('neutron-bugs');
  });

  it.each(['"all of it quoted"', '[1, 2]', '{"a": 1}', 'null', '12', 'true'])(
    'files the title %s as it is, though it is JSON and Launchpad reads JSON first',
    async (title) => {
      const { tracker, sandbox } = bench;

      await tracker.create(aDraft(tracker, { title }));

      expect(sandbox.bugs.map((bug) => bug.title)).toEqual([title]);
    },
  );

  it('files a bug with its texts and tags as they were given', async () => {
    const { tracker, sandbox } = bench;

    const { issue, dropped } = await tracker.create(
      aDraft(tracker, { title: '"Quoted" [1, 2] null', labels: ['rfe', 'PTG', 'no good!'] }),
    );

    expect(dropped).toEqual([{ what: 'tag no good!', because: expect.stringContaining('a-z 0-9') }]);
    expect(sandbox.bugs).toHaveLength(1);
    expect(sandbox.bugs[0]).toMatchObject({ title: '"Quoted" [1, 2] null', tags: ['ptg', 'rfe'] });
    expect(await tracker.get(issue.id)).toEqual({
      ...issue,
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    });
  });

  it('finds its block again in what it filed', async () => {
    const { tracker } = bench;
    const { issue } = await tracker.create(aDraft(tracker, { key: aKey('bbbbbbbbbbbbbbbb') }));

    const read = await tracker.get(issue.id);

    expect(tracker.dialect.find(read?.body ?? '')).toMatchObject({ key: 'bbbbbbbbbbbbbbbb', untouched: true });
  });

  it('says which of importance, milestone and assignee it was not allowed to set, and files the bug', async () => {
    const { tracker, sandbox } = bench;

    const { issue, dropped } = await tracker.create(
      aDraft(tracker, { importance: 'Wishlist', milestone: 'victoria-2', assignees: ['alice'] }),
    );

    expect(dropped.map(({ what }) => what)).toEqual(['importance Wishlist', 'milestone victoria-2', 'assignee alice']);
    expect(dropped.map(({ because }) => because).join()).toContain('sufficient permissions');
    expect(issue).toMatchObject({ raw: 'New', assignees: [] });
    expect(sandbox.bugs).toHaveLength(1);
  });

  it('sets importance, milestone and assignee where it may', async () => {
    const tracker = bench.open({ credentials: bench.sandbox.actAs('alice').credentials });

    const { issue, dropped } = await tracker.create(
      aDraft(tracker, { importance: 'Wishlist', milestone: 'victoria-2', assignees: ['bob'] }),
    );

    expect(dropped).toEqual([]);
    expect(issue.assignees).toEqual(['bob']);
    expect(bench.sandbox.bugs[0]?.tasks[0]).toMatchObject({
      importance: 'Wishlist',
      milestone: 'victoria-2',
      assignee: 'bob',
    });
  });

  it('brings back every one of our bugs at first, closed ones and duplicates too, and nobody else’s', async () => {
    const { tracker, sandbox } = bench;
    const ids: string[] = [];
    for (const title of ['One', 'Two', 'Three']) ids.push((await tracker.create(aDraft(tracker, { title }))).issue.id);
    const alice = sandbox.actAs('alice');
    await alice.file('Of another person', 'text');
    await alice.triage(ids[0] ?? '', { status: "Won't Fix" });
    await alice.edit(ids[2] ?? '', { duplicate_of_link: `/bugs/${ids[1]}` });

    const { issues } = await tracker.changes(null);

    expect(issues.map(({ id, state, raw }) => [id, state, raw]).sort()).toEqual([
      [ids[0], 'dropped', "Won't Fix"],
      [ids[1], 'open', 'New'],
      [ids[2], 'open', `New (duplicate of ${ids[1]})`],
    ]);
  });

  it('then brings back only what changed', async () => {
    const { tracker, sandbox } = bench;
    const first = (await tracker.create(aDraft(tracker))).issue;
    await tracker.create(aDraft(tracker));
    const { cursor } = await tracker.changes(null);
    await sandbox.actAs('alice').edit(first.id, { tags: ['rfe-confirmed'] });

    const changes = await tracker.changes(cursor);
    const again = await tracker.changes(changes.cursor);

    expect(changes.issues.map(({ id, labels }) => [id, labels])).toEqual([[first.id, ['rfe-confirmed']]]);
    expect(again).toMatchObject({ issues: [], unchanged: true });
  });

  it('sees a change of what it made itself a moment ago', async () => {
    const { tracker, sandbox, open } = bench;
    const { cursor } = await tracker.changes(null);
    const { issue } = await tracker.create(aDraft(tracker));
    await sandbox.actAs('alice').triage(issue.id, { status: 'Triaged' });

    const { issues } = await open().changes(cursor);

    expect(issues.map(({ id, raw }) => [id, raw])).toEqual([[issue.id, 'Triaged']]);
  });

  it('reads more than one page', { timeout: 60_000 }, async () => {
    const { tracker, sandbox } = bench;
    const bot = sandbox.actAs('ptg-bot');
    for (let number = 0; number < 305; number += 1) await bot.file(`Bug ${number}`, 'text');

    const { issues } = await tracker.changes(null);

    expect(new Set(issues.map(({ id }) => id)).size).toBe(305);
  });

  it('settles a doubt by looking at what we made since, wherever it was moved', async () => {
    const { tracker } = bench;
    const { issue } = await tracker.create(aDraft(tracker));

    const found = await tracker.createdSince(new Date(Date.now() - 1000));

    expect(found.map(({ id }) => id)).toEqual([issue.id]);
  });

  it('gives null for a bug that is not there or was made private', async () => {
    const { tracker, sandbox } = bench;
    const alice = sandbox.actAs('alice');
    const hidden = await alice.file('A leak', 'text');
    await alice.edit(hidden, { private: true });

    expect(await tracker.get(hidden)).toBeNull();
    expect(await tracker.get('12')).toBeNull();
  });

  it('assigns only itself where a team is in charge', async () => {
    expect([...(await bench.tracker.assignable(['ptg-bot', 'alice', 'nobody-at-all']))]).toEqual(['ptg-bot']);
    const alice = bench.open({ credentials: bench.sandbox.actAs('alice').credentials });
    expect([...(await alice.assignable(['bob', 'nobody-at-all']))]).toEqual(['bob']);
  });
});

describe('the right to triage', () => {
  it('is the team’s in whose care the bugs are', async () => {
    const { sandbox, proxy } = bench;
    const asked = (credentials: string) =>
      mayTriageBugs({
        name: 'bugs',
        config: { project: sandbox.project, baseUrl: proxy.url },
        credentials,
        limits: LIMITS,
        userAgent: 'ptg-tracker-test',
      });

    expect(await asked(sandbox.credentials)).toBe(false);
    expect(await asked(sandbox.actAs('alice').credentials)).toBe(true);
  });
});

describe('an update', () => {
  it('writes what the patch names and merges tags with those of people', async () => {
    const { tracker, sandbox } = bench;
    const { issue } = await tracker.create(aDraft(tracker, { labels: ['ptg'] }));
    await sandbox.actAs('alice').edit(issue.id, { tags: ['ptg', 'ovn'] });

    const written = await tracker.update(issue, {
      title: 'A better title',
      addLabels: ['docs'],
      removeLabels: ['ptg'],
    });

    expect(written).toMatchObject({ issue: { title: 'A better title', labels: ['docs', 'ovn'] }, dropped: [] });
    expect(sandbox.bugs[0]?.tags).toEqual(['docs', 'ovn']);
  });

  it('leaves a title that a person changed meanwhile, as a conflict', async () => {
    const { tracker, sandbox } = bench;
    const { issue } = await tracker.create(aDraft(tracker));
    await sandbox.actAs('alice').edit(issue.id, { title: 'As Alice wants it' });

    const update = tracker.update(issue, { title: 'As we want it' });

    await expect(update).rejects.toMatchObject({ refusal: { kind: 'conflict', id: issue.id } });
    expect(sandbox.bugs[0]?.title).toBe('As Alice wants it');
  });

  it('never undoes triage: a tag that was moved on is not put back, its successor not taken away', async () => {
    const { tracker, sandbox } = bench;
    const { issue } = await tracker.create(aDraft(tracker, { labels: ['rfe'] }));
    await sandbox.actAs('alice').edit(issue.id, { tags: ['rfe-confirmed'] });

    const { dropped } = await tracker.update(issue, { addLabels: ['rfe'], removeLabels: ['rfe-confirmed'] });

    expect(sandbox.bugs[0]?.tags).toEqual(['rfe-confirmed']);
    expect(dropped).toHaveLength(2);
  });

  it('marks a duplicate', async () => {
    const { tracker, sandbox } = bench;
    const kept = (await tracker.create(aDraft(tracker))).issue;
    const second = (await tracker.create(aDraft(tracker))).issue;

    const { issue } = await tracker.update(second, { close: { as: 'duplicate', of: kept.id } });

    expect(issue).toMatchObject({ duplicateOf: kept.id, raw: `New (duplicate of ${kept.id})` });
    expect(sandbox.bugs[1]?.duplicateOf).toBe(Number(kept.id));
  });

  it('closes a bug that is as it was seen, and not one that people moved on', async () => {
    const { tracker, sandbox } = bench;
    const { issue } = await tracker.create(aDraft(tracker));
    const other = (await tracker.create(aDraft(tracker))).issue;
    await sandbox.actAs('alice').triage(other.id, { status: 'Triaged' });

    const closed = await tracker.update(issue, { close: { as: 'dropped' } });
    const left = await tracker.update(other, { close: { as: 'done' } });

    expect(closed).toMatchObject({ issue: { state: 'dropped', raw: 'Invalid' }, dropped: [] });
    expect(left).toMatchObject({ issue: { raw: 'Triaged' }, dropped: [{ what: 'status Fix Released' }] });
  });

  it('takes the place of an assignee whom it assigned, never of one whom people assigned', async () => {
    const { sandbox, open } = bench;
    const tracker = open({ credentials: sandbox.actAs('alice').credentials });
    const { issue } = await tracker.create(aDraft(tracker, { assignees: ['alice'] }));

    const moved = await tracker.update(issue, { addAssignees: ['bob'], removeAssignees: ['alice'] });
    const kept = await tracker.update(moved.issue, { addAssignees: ['alice'] });

    expect(moved.issue.assignees).toEqual(['bob']);
    expect(kept).toMatchObject({ issue: { assignees: ['bob'] }, dropped: [{ because: 'people assigned bob' }] });
  });

  it('says that a bug is gone when it cannot be seen any more', async () => {
    const { tracker, sandbox } = bench;
    const alice = sandbox.actAs('alice');
    const id = await alice.file('A leak', 'text');
    const issue = await tracker.get(id);
    await alice.edit(id, { private: true });
    if (issue === null) throw new Error('the bug should be visible at first');

    await expect(tracker.update(issue, { title: 'x' })).rejects.toMatchObject({ refusal: { kind: 'gone', id } });
  });
});
