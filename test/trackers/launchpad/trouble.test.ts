import { describe, expect, it } from 'vitest';
import { memoInMemory } from '../../../src/refs/memo.ts';
import { listen, send } from '../../../src/sandbox/http.ts';
import { openLaunchpad } from '../../../src/trackers/launchpad/launchpad.ts';
import { aBench, aDraft, LIMITS } from './desk.ts';

const bench = aBench({
  projects: [
    { name: 'neutron', owner: 'alice', supervisor: 'neutron-bugs', formerNames: ['quantum'] },
    { name: 'nova', owner: 'bob' },
    { name: 'openstack', kind: 'project_group', owner: 'alice' },
    { name: 'elsewhere', owner: 'alice', officialBugs: false },
  ],
});
const on = (project: string) => bench.open({ config: { project, baseUrl: bench.proxy.url } });

describe('a project that is not fit', () => {
  it.each([
    ['openstack', 'openstack is a project group on Launchpad'],
    ['elsewhere', 'does not track its bugs on Launchpad'],
    ['quantum', 'is now neutron on Launchpad: write that name'],
  ])('%s is said so in one sentence', async (project, sentence) => {
    const opening = on(project).open();

    await expect(opening).rejects.toMatchObject({
      refusal: { kind: 'disabled' },
      message: expect.stringContaining(sentence),
      hint: expect.any(String),
    });
  });

  it('is followed to its new name by a look', async () => {
    const { issue } = await bench.tracker.create(aDraft(bench.tracker));

    expect((await on('quantum').changes(null)).issues.map(({ id }) => id)).toEqual([issue.id]);
  });
});

describe('credentials', () => {
  it('that are spent are denied, with the way to new ones', async () => {
    const { sandbox, tracker } = bench;
    sandbox.expire(sandbox.credentials);

    await expect(tracker.open()).rejects.toMatchObject({
      refusal: { kind: 'denied' },
      hint: expect.stringContaining('login launchpad'),
    });
    await expect(tracker.create(aDraft(tracker))).rejects.toMatchObject({ refusal: { kind: 'denied' } });
  });

  it('of a wrong form are denied before anything is sent', async () => {
    const { proxy, open } = bench;

    await expect(open({ credentials: 'a-token' }).open()).rejects.toMatchObject({ refusal: { kind: 'denied' } });
    expect(proxy.requests).toEqual([]);
  });

  it('that may not do one thing are not taken for wrong ones', async () => {
    const { proxy, tracker } = bench;
    const body = "(<BugTask>, 'transitionToStatus', 'launchpad.Edit')";
    proxy.plan({ rules: [{ method: 'POST', fault: { do: 'answer', when: 'before', status: 401, body } }] });

    await expect(tracker.create(aDraft(tracker))).rejects.toMatchObject({ refusal: { kind: 'forbidden' } });
  });

  it('of an account that was renamed are looked up again', async () => {
    const { open } = bench;
    const memo = memoInMemory();
    const before = open({ memo });
    const { issue } = await before.create(aDraft(before));
    const forgetful = {
      get: async (name: string) => (name.endsWith(':account') ? '{"account":"the-old-name"}' : memo.get(name)),
      set: async () => {},
    };
    let stale = true;
    const once = {
      get: async (name: string) => (stale ? forgetful.get(name) : memo.get(name)),
      set: async (name: string, value: string | null) => {
        if (name.endsWith(':account')) stale = false;
        await memo.set(name, value);
      },
    };

    const { issues } = await open({ memo: once }).changes(null);

    expect(issues.map(({ id }) => id)).toEqual([issue.id]);
  });
});

describe('a bug that was moved', () => {
  it('is still the same issue, and can still be changed', async () => {
    const { tracker, sandbox } = bench;
    const { issue } = await tracker.create(aDraft(tracker));
    await sandbox.actAs('alice').triage(issue.id, { target_link: '/nova' });

    const moved = await tracker.get(issue.id);
    const { issue: now } = await tracker.update(issue, { title: 'Another title', close: { as: 'dropped' } });

    expect(moved).toMatchObject({ id: issue.id, raw: 'New' });
    expect(now).toMatchObject({ title: 'Another title', raw: 'Invalid' });
    expect((await tracker.createdSince(new Date(Date.now() - 60_000))).map(({ id }) => id)).toEqual([issue.id]);
  });
});

describe('values that are hidden from us', () => {
  it('are said to be hidden, and no reason to fail', async () => {
    const REDACTED = 'tag:launchpad.net:2008:redacted';
    const bug = {
      id: 7,
      title: REDACTED,
      description: REDACTED,
      tags: REDACTED,
      duplicate_of_link: REDACTED,
      owner_link: REDACTED,
      date_created: '2026-03-02T10:00:00.123456+00:00',
      date_last_updated: '2026-03-02T11:00:00.123456+00:00',
      http_etag: '"a-b"',
    };
    const server = await listen(async (request, response) => {
      const body = request.path.endsWith('bug_tasks') ? { entries: [{ status: REDACTED }] } : bug;
      send(response, { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    });
    try {
      const tracker = openLaunchpad({
        name: 'bugs',
        config: { project: 'neutron', baseUrl: server.url },
        credentials: 'a:b:c',
        limits: LIMITS,
        userAgent: 'test',
      });

      expect(await tracker.get('7')).toMatchObject({
        title: '(hidden from this account)',
        body: '(hidden from this account)',
        labels: [],
        author: null,
        state: 'unknown',
        duplicateOf: null,
        updatedAt: '2026-03-02T11:00:00.123Z',
      });
    } finally {
      await server.close();
    }
  });
});

describe('a bug that takes comments only', () => {
  it('keeps its fields, and the outcome says so', async () => {
    const { tracker, proxy } = bench;
    const { issue } = await tracker.create(aDraft(tracker));
    const body = "(<Bug>, 'title', 'launchpad.Edit')";
    proxy.plan({ rules: [{ method: 'PATCH', fault: { do: 'answer', when: 'before', status: 401, body } }] });

    const { issue: now, dropped } = await tracker.update(issue, { title: 'Not to be' });

    expect(now.title).toBe(issue.title);
    expect(dropped).toEqual([{ what: 'title', because: expect.stringContaining('Launchpad refused it (401') }]);
  });
});
