import { beforeEach, describe, expect, it } from 'vitest';
import { aBench, aDraft } from './desk.ts';

let ahead = 0;
const bench = aBench({ now: () => new Date(Date.now() + ahead) });
beforeEach(() => {
  ahead = 0;
});

describe('what a run costs on Launchpad', () => {
  it('is a POST a new bug and three calls', async () => {
    const { tracker, proxy } = bench;

    await tracker.open();
    await tracker.changes(null);
    for (let number = 0; number < 5; number += 1) await tracker.create(aDraft(tracker, { labels: ['rfe'] }));

    expect(proxy.sent('POST')).toHaveLength(5);
    expect(proxy.requests).toHaveLength(8);
  });

  it('is at most two reads right after, and one when it has settled', async () => {
    const { tracker, proxy, open } = bench;
    const { cursor } = await tracker.changes(null);
    for (let number = 0; number < 5; number += 1) await tracker.create(aDraft(tracker));

    proxy.plan({});
    const second = await open().changes(cursor);
    const readsOfSecond = proxy.requests.length;
    ahead = 6 * 60_000;
    const third = await open().changes(second.cursor);
    proxy.plan({});
    const fourth = await open().changes(third.cursor);

    expect([second.unchanged, second.issues, readsOfSecond]).toEqual([true, [], 2]);
    expect([third.unchanged, fourth.unchanged]).toEqual([true, true]);
    expect(proxy.requests.map(({ method }) => method)).toEqual(['GET']);
  });

  it('is one look at each bug that changed, and one at the latest that did not', async () => {
    const { tracker, sandbox, proxy, open } = bench;
    const ids: string[] = [];
    for (let number = 0; number < 6; number += 1) ids.push((await tracker.create(aDraft(tracker))).issue.id);
    const { cursor } = await tracker.changes(null);
    const alice = sandbox.actAs('alice');
    for (const id of ids.slice(1, 3)) await alice.triage(id, { status: 'In Progress' });

    proxy.plan({});
    const { issues } = await open().changes(cursor);

    expect(issues.map(({ id, state }) => [id, state])).toEqual(ids.slice(1, 3).map((id) => [id, 'in-progress']));
    expect(proxy.requests).toHaveLength(4);
  });

  it('spares no bug that a person changed while we were still filing others', async () => {
    const { tracker, sandbox, open } = bench;
    const { cursor } = await tracker.changes(null);
    const first = (await tracker.create(aDraft(tracker))).issue;
    ahead += 3000;
    await tracker.create(aDraft(tracker));
    ahead += 3000;
    await sandbox.actAs('alice').edit(first.id, { tags: ['rfe-confirmed'] });
    ahead += 3000;
    await tracker.create(aDraft(tracker));

    const { issues } = await open().changes(cursor);

    expect(issues.map(({ id, labels }) => [id, labels])).toEqual([[first.id, ['rfe-confirmed']]]);
  });

  it('spares no bug whose row tells of a change, be it right after its create', async () => {
    const { tracker, sandbox, open } = bench;
    const { cursor } = await tracker.changes(null);
    const first = (await tracker.create(aDraft(tracker))).issue;
    await sandbox.actAs('alice').triage(first.id, { status: 'Triaged' });
    ahead += 3000;
    await tracker.create(aDraft(tracker));

    const { issues } = await open().changes(cursor);

    expect(issues.map(({ id, raw }) => [id, raw])).toEqual([[first.id, 'Triaged']]);
  });

  it('is no read of what a read-only run has seen and did not keep', async () => {
    const { tracker, sandbox, open } = bench;
    const { cursor } = await tracker.changes(null);
    const { issue } = await tracker.create(aDraft(tracker));
    const before = await open().changes(cursor);
    await sandbox.actAs('alice').edit(issue.id, { tags: ['rfe-approved'] });

    // A plan looks and keeps no cursor; the sync after it starts from the same one and sees the same.
    const plan = await open().changes(before.cursor);
    const sync = await open().changes(before.cursor);

    expect(plan.issues.map(({ labels }) => labels)).toEqual([['rfe-approved']]);
    expect(sync.issues).toEqual(plan.issues);
  });
});
