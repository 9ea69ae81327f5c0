import { afterEach, describe, expect, it } from 'vitest';
import { limit } from '../../../src/sandbox/fault-plan.ts';
import type { GitHubSandbox, GitHubSeed } from '../../../src/sandbox/github.ts';
import { caught } from '../contract-faults.ts';
import { aDraft } from '../harness.ts';
import { type GitHubHarness, openHarness } from './open.ts';

const CREATE = { method: 'POST', path: /\/issues$/ } as const;
const opened: GitHubHarness[] = [];

async function open(seed: GitHubSeed = {}): Promise<GitHubHarness> {
  const harness = await openHarness(seed);
  opened.push(harness);
  return harness;
}

afterEach(async () => {
  for (const harness of opened.splice(0)) await harness.close();
});

describe('a pull from GitHub', () => {
  it('costs one conditional request as long as nothing changes, also after many changes', async () => {
    const { tracker, proxy, sandbox } = await open();
    await fill(sandbox, 105);
    const first = await tracker.changes(null);
    proxy.plan({});

    const second = await tracker.changes(first.cursor);
    const third = await tracker.changes(second.cursor);

    expect(first.issues).toHaveLength(105);
    expect([second.unchanged, third.unchanged]).toEqual([true, true]);
    expect(proxy.requests.map(({ status }) => status)).toEqual([304, 304]);
  });

  it('costs one request for up to a hundred changed issues, and the next one is free again', async () => {
    const { tracker, proxy, person } = await open();
    const { issue } = await tracker.create(aDraft(tracker));
    const { cursor } = await tracker.changes(null);
    await person.close(issue.id, 'done');
    proxy.plan({});

    const changed = await tracker.changes(cursor);
    const again = await tracker.changes(changed.cursor);

    expect(changed.issues.map(({ state }) => state)).toEqual(['done']);
    expect(again.unchanged).toBe(true);
    expect(proxy.requests.map(({ status }) => status)).toEqual([200, 304]);
  });

  it('sends the validator with the first page only', async () => {
    const { tracker, proxy, person, sandbox } = await open();
    await fill(sandbox, 105);
    const { cursor } = await tracker.changes(null);
    await person.retitle('1', 'Another title');
    proxy.plan({});

    await tracker.changes(cursor);

    const later = proxy.requests.filter(({ path }) => path.includes('&page='));
    expect(later.length).toBeGreaterThan(0);
    expect(later.every(({ headers }) => headers['if-none-match'] === undefined)).toBe(true);
  });

  it('overlooks no issue that moves in the list while its pages are read', async () => {
    const { reopen, sandbox, proxy } = await open();
    await fill(sandbox, 150);
    // The last issue of the second page is changed while the first page is under way: it jumps to a page already read.
    proxy.plan({
      rules: [{ method: 'GET', path: 'page=2', nth: 1, fault: { do: 'answer', when: 'before', status: 502 } }],
    });
    const reading = reopen().changes(null);
    await until(() => proxy.sent('GET', 'page=2').length > 0);
    await sandbox.actAs('alice').comment(1, 'Bump');

    const { issues } = await reading;

    expect(new Set(issues.map(({ id }) => id)).size).toBe(150);
  });

  it('leaves pull requests out', async () => {
    const { tracker, proxy } = await open();
    await tracker.create(aDraft(tracker));
    const [shown] = (await tracker.changes(null)).issues;
    const asPull = [{ ...answerOf(shown), number: 7, pull_request: { merged_at: null } }];
    const body = JSON.stringify([answerOf(shown), ...asPull]);
    const headers = { 'content-type': 'application/json' };
    proxy.plan({ rules: [{ method: 'GET', fault: { do: 'answer', when: 'before', status: 200, body, headers } }] });

    expect((await tracker.changes(null)).issues.map(({ id }) => id)).toEqual(['1']);
  });

  it('never asks conditionally when doubts are to be settled', async () => {
    const { tracker, proxy } = await open();
    await tracker.create(aDraft(tracker));
    await tracker.changes(null);
    proxy.plan({});

    await tracker.createdSince(new Date());
    await tracker.createdSince(new Date());

    const lists = proxy.sent('GET', '/issues?');
    expect(lists.map(({ status }) => status)).toEqual([200, 200]);
    for (const { path } of lists) expect(path).toMatch(/state=all.*creator=bot|creator=bot.*state=all/);
  });

  it('sends the token to no other host, whatever the list says', async () => {
    const { tracker, proxy, sandbox } = await open();
    await tracker.create(aDraft(tracker));
    const link = '<https://attacker.example/repositories/1/issues?state=all&page=2>; rel="next"';
    const list = JSON.stringify([await sandbox.actAs('alice').see(1)]);
    const headers = { link, 'content-type': 'application/json' };
    proxy.plan({
      rules: [
        {
          method: 'GET',
          path: '/issues?',
          nth: 1,
          fault: { do: 'answer', when: 'before', status: 200, body: list, headers },
        },
      ],
    });

    const { issues } = await tracker.changes(null);

    expect(issues.map(({ id }) => id)).toEqual(['1']);
    expect(proxy.sent('GET', 'page=2')).toHaveLength(1);
  });
});

describe('a create on GitHub', () => {
  it('costs one POST, and a handful of calls for many', async () => {
    const { tracker, proxy } = await open();
    await tracker.open();
    proxy.plan({});

    for (const word of ['one', 'two', 'three', 'four', 'five']) {
      await tracker.create(aDraft(tracker, word, { labels: ['ptg', 'action'] }));
    }

    expect(proxy.sent(CREATE.method, CREATE.path)).toHaveLength(5);
    expect(proxy.requests.length).toBeLessThanOrEqual(5 + 3);
  });

  it('brings its labels with colour and description, and uses those that are there in any case', async () => {
    const { tracker, sandbox, person } = await open();
    await person.file('first');
    await person.label('1', 'Action');

    const { issue, dropped } = await tracker.create(aDraft(tracker, 'item', { labels: ['ptg', 'action', 'octavia'] }));

    expect(dropped).toEqual([]);
    expect(issue.labels).toEqual(['ptg', 'Action', 'octavia']);
    const answer = await fetch(`${sandbox.url}/repos/acme/items/labels/ptg`);
    expect(await answer.json()).toMatchObject({ color: '5319e7', description: expect.stringMatching(/PTG/) });
  });

  it('says which labels and assignees a token without rights could not set', async () => {
    const { reopen, sandbox } = await open();
    const tracker = reopen({ token: sandbox.tokenOf('mallory') });

    const access = await tracker.open();
    const { issue, dropped } = await tracker.create(aDraft(tracker, 'item', { labels: ['ptg'], assignees: ['alice'] }));

    expect(access).toMatchObject({ account: 'mallory', mayLabel: false, mayAssign: false });
    expect(access.warnings).toHaveLength(1);
    expect(issue).toMatchObject({ labels: [], assignees: [], author: 'mallory' });
    expect(dropped.map(({ what }) => what)).toEqual(['label ptg', 'assignee alice']);
  });

  it('says which labels were lost on the way', async () => {
    const { tracker, proxy } = await open();
    proxy.plan({ rules: [{ ...CREATE, fault: { do: 'without', fields: ['labels'] } }] });

    expect((await tracker.create(aDraft(tracker))).dropped.map(({ what }) => what)).toEqual(['label ptg']);
  });

  it('keeps those who can be assigned when one cannot', async () => {
    const { tracker, proxy } = await open();
    await tracker.open();
    proxy.plan({});

    const { issue, dropped } = await tracker.create(
      aDraft(tracker, 'item', { assignees: ['alice', 'mallory', 'bob'] }),
    );

    expect(issue.assignees).toEqual(['alice', 'bob']);
    expect(dropped.map(({ what }) => what)).toEqual(['assignee mallory']);
    expect(proxy.sent(CREATE.method, CREATE.path).map(({ status }) => status)).toEqual([422, 201]);
  });

  it('sets a milestone by its title, and says when there is none', async () => {
    const { tracker, sandbox } = await open();
    await fetch(`${sandbox.url}/repos/acme/items/milestones`, {
      method: 'POST',
      headers: { authorization: `token ${sandbox.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ title: 'Victoria-2' }),
    });

    const there = await tracker.create(aDraft(tracker, 'there', { milestone: 'victoria-2' }));
    const missing = await tracker.create(aDraft(tracker, 'missing', { milestone: 'Wallaby-1' }));

    expect(there.dropped).toEqual([]);
    expect(missing.dropped).toEqual([{ what: 'milestone Wallaby-1', because: 'the repository has no such milestone' }]);
  });

  it.each([400, 401, 403, 404, 410, 422])('is refused with a %i at once and not repeated', async (status) => {
    const { tracker, proxy } = await open();
    await tracker.open();
    proxy.plan({ rules: [{ ...CREATE, fault: { do: 'answer', when: 'before', status, body: '{"message":"No"}' } }] });

    const error = await caught(tracker.create(aDraft(tracker)));

    const kinds = { 400: 'invalid', 401: 'denied', 403: 'forbidden', 404: 'missing', 410: 'disabled', 422: 'invalid' };
    expect(error.refusal.kind).toBe(kinds[status as keyof typeof kinds]);
    expect(proxy.sent(CREATE.method, CREATE.path)).toHaveLength(1);
  });

  it.each([
    ['a 429 for bursts with retry-after', limit({ status: 429, kind: 'secondary', retryAfter: 1 })],
    ['a 403 for bursts with retry-after', limit({ status: 403, kind: 'secondary', retryAfter: 1 })],
    ['a 429 in words of a proxy', { ...limit({ status: 429, kind: 'secondary', retryAfter: 1 }), body: 'slow down' }],
    ['an hourly 403 whose reset has come', limit({ status: 403, kind: 'primary', reset: new Date() })],
  ])('is sent again once, and no more, after %s', async (_, fault) => {
    const { reopen, proxy, person } = await open();
    const waits: string[] = [];
    const tracker = reopen({ maxWait: 30_000, onWait: (_until, why) => waits.push(why) });
    proxy.plan({ rules: [{ ...CREATE, nth: 1, fault }] });

    await tracker.create(aDraft(tracker));

    expect(proxy.sent(CREATE.method, CREATE.path).map(({ status }) => status)).toEqual([expect.any(Number), 201]);
    expect(waits).toHaveLength(1);
    expect(await person.count()).toBe(1);
  });

  it.each([
    ['an hourly limit says when', limit({ status: 403, kind: 'primary', reset: inSeconds(1800) }), 1800],
    ['a limit for bursts says for how long', limit({ status: 429, kind: 'secondary', retryAfter: 120 }), 120],
    ['a limit says nothing', limit({ status: 429, kind: 'secondary' }), 60],
    ['an hourly limit does not say when', limit({ status: 403, kind: 'primary' }), 60],
  ])('is not waited for longer than allowed: %s', async (_, fault, seconds) => {
    const { reopen, proxy } = await open();
    const tracker = reopen({ maxWait: 30_000 });
    await tracker.open();
    proxy.plan({ rules: [{ ...CREATE, fault }] });

    const { refusal } = await caught(tracker.create(aDraft(tracker)));

    const ms = refusal.kind === 'busy' ? refusal.until.getTime() - Date.now() : 0;
    expect(ms).toBeGreaterThan((seconds - 30) * 1000);
    expect(ms).toBeLessThan((seconds + 30) * 1000);
    expect(proxy.sent(CREATE.method, CREATE.path)).toHaveLength(1);
  });

  it('waits no longer in all than a run may, however short each wait is', async () => {
    const { reopen, proxy } = await open();
    const tracker = reopen({ maxWait: 2500 });
    proxy.plan({ rules: [{ ...CREATE, fault: limit({ status: 429, kind: 'secondary', retryAfter: 1 }) }] });

    expect((await caught(tracker.create(aDraft(tracker)))).refusal.kind).toBe('busy');
    expect(proxy.sent(CREATE.method, CREATE.path)).toHaveLength(3);
  });
});

describe('a repository of GitHub', () => {
  it('that was renamed is read, told about and written to where it is now', async () => {
    const { tracker, sandbox, person } = await open();
    const before = await tracker.create(aDraft(tracker, 'before'));
    await sandbox.rename('acme/renamed');

    const access = await tracker.open();
    const after = await tracker.create(aDraft(tracker, 'after'));

    expect(access.warnings).toEqual(['acme/items is now called acme/renamed']);
    expect((await tracker.changes(null)).issues.map(({ id }) => id).sort()).toEqual(['1', '2']);
    expect(await tracker.get(before.issue.id)).toMatchObject({ id: '1' });
    expect(after.issue.url).toContain('acme/renamed');
    expect((await tracker.update(after.issue, { title: 'New title' })).issue.title).toBe('New title');
    expect(await person.count()).toBe(2);
  });

  it('that is renamed in the middle of a run still gets each issue once', async () => {
    const { tracker, sandbox, person } = await open();
    await tracker.create(aDraft(tracker, 'before'));
    await sandbox.rename('acme/renamed');

    const { issue } = await tracker.create(aDraft(tracker, 'after'));

    expect(issue.id).toBe('2');
    expect(await person.count()).toBe(2);
  });

  it('that is archived takes nothing and says so', async () => {
    const { tracker, sandbox } = await open();
    await tracker.open();
    sandbox.set({ archived: true });

    const error = await caught(tracker.create(aDraft(tracker)));

    expect(error.refusal.kind).toBe('disabled');
    expect(error.message).toContain('archived');
    expect((await caught(tracker.open())).refusal.kind).toBe('disabled');
    expect((await tracker.changes(null)).issues).toEqual([]);
  });

  it('that is private is missing for those who may not see it', async () => {
    const { reopen, sandbox } = await open({ private: true });

    expect((await caught(reopen({ token: sandbox.tokenOf('mallory') }).open())).refusal.kind).toBe('missing');
    expect((await reopen().open()).account).toBe('bot');
  });
});

describe('an issue of GitHub', () => {
  it('that was transferred is followed to where it is now, and not taken for one of ours', async () => {
    const { tracker, sandbox } = await open({ others: ['acme/other'] });
    const { issue } = await tracker.create(aDraft(tracker));
    await sandbox.actAs('alice', 'acme/other').file({ title: 'Not ours' });
    const number = await sandbox.transfer(Number(issue.id), 'acme/other');

    const moved = await tracker.get(issue.id);

    expect(moved).toMatchObject({ id: `acme/other#${number}`, title: issue.title });
    expect(await tracker.get(`acme/other#${number}`)).toMatchObject({ id: `acme/other#${number}` });
    const written = await tracker.update(moved ?? issue, { title: 'New title', addLabels: ['ptg'] });
    expect(written.issue).toMatchObject({ id: `acme/other#${number}`, title: 'New title', labels: ['ptg'] });
  });

  it('is not called deleted when the whole repository is out of sight', async () => {
    const { reopen, sandbox, tracker } = await open();
    const { issue } = await tracker.create(aDraft(tracker));
    const stranger = reopen({ token: sandbox.tokenOf('mallory') });
    sandbox.set({ private: true });

    expect((await caught(stranger.get(issue.id))).refusal.kind).toBe('missing');
  });

  it('closed by a person for any reason is told in our words and in theirs', async () => {
    const { tracker, sandbox } = await open();
    const alice = sandbox.actAs('alice');
    const reasons = ['completed', 'not_planned', 'duplicate'] as const;
    for (const reason of reasons) await alice.close(await alice.file({ title: reason }), reason);

    const found = (await tracker.changes(null)).issues.map(({ title, state, raw }) => ({ title, state, raw }));

    expect(found).toEqual(
      expect.arrayContaining([
        { title: 'completed', state: 'done', raw: 'closed (completed)' },
        { title: 'not_planned', state: 'dropped', raw: 'closed (not_planned)' },
        { title: 'duplicate', state: 'dropped', raw: 'closed (duplicate)' },
      ]),
    );
  });

  it('is not reopened or closed anew by a patch', async () => {
    const { tracker, person } = await open();
    const { issue } = await tracker.create(aDraft(tracker));
    await person.close(issue.id, 'done');
    const seen = await tracker.get(issue.id);

    const { issue: now } = await tracker.update(seen ?? issue, { title: 'New title', close: { as: 'dropped' } });

    expect(now).toMatchObject({ title: 'New title', raw: 'closed (completed)' });
  });
});

describe('an account of GitHub', () => {
  it('that is an app is told by its bot name', async () => {
    const { tracker, proxy } = await open();
    const body = '{"message":"Resource not accessible by integration"}';
    proxy.plan({
      rules: [{ method: 'GET', path: /^\/user$/, fault: { do: 'answer', when: 'before', status: 403, body } }],
    });

    expect((await tracker.open()).account).toBe('bot');
    expect(proxy.sent('POST', '/graphql')).toHaveLength(1);
  });

  it('that cannot be known makes us look at everybody', async () => {
    const { tracker, proxy } = await open();
    await tracker.create(aDraft(tracker));
    const fault = { do: 'answer', when: 'before', status: 403, body: '{"message":"No"}' } as const;
    proxy.plan({
      rules: [
        { path: /^\/user$/, fault },
        { path: '/graphql', fault },
      ],
    });

    const access = await tracker.open();

    expect(access.account).toBeNull();
    expect(access.warnings).toHaveLength(1);
    expect(await tracker.createdSince(new Date())).toHaveLength(1);
    expect(proxy.sent('GET', 'creator=')).toHaveLength(0);
  });
});

/** Many issues at once, by a colleague. */
async function fill(sandbox: GitHubSandbox, many: number): Promise<void> {
  const alice = sandbox.actAs('alice');
  await Promise.all(Array.from({ length: many }, (_, number) => alice.file({ title: `n${number}` })));
}

function inSeconds(seconds: number): Date {
  return new Date(Date.now() + seconds * 1000);
}

/** An issue as GitHub would list it. */
function answerOf(issue: { title: string; createdAt: string; updatedAt: string; url: string } | undefined) {
  return {
    id: 1,
    number: 1,
    html_url: issue?.url,
    title: issue?.title,
    state: 'open',
    created_at: issue?.createdAt,
    updated_at: issue?.updatedAt,
  };
}

async function until(done: () => boolean): Promise<void> {
  while (!done()) await new Promise((resolve) => setImmediate(resolve));
}
