import { afterEach, describe, expect, it } from 'vitest';
import type { GitHubSeed } from '../../../src/sandbox/github.ts';
import { caught } from '../contract-faults.ts';
import { aDraft } from '../harness.ts';
import { type GitHubHarness, openHarness } from './open.ts';

const opened: GitHubHarness[] = [];

async function open(seed: GitHubSeed = {}): Promise<GitHubHarness> {
  const harness = await openHarness(seed);
  opened.push(harness);
  return harness;
}

afterEach(async () => {
  for (const harness of opened.splice(0)) await harness.close();
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

  it('that is archived or takes no issues still tells deleted issues from hidden ones', async () => {
    const { tracker, sandbox } = await open();
    const { issue } = await tracker.create(aDraft(tracker));
    sandbox.set({ archived: true });

    expect(await tracker.get(issue.id)).toMatchObject({ id: issue.id });
    expect(await tracker.get('99')).toBeNull();
    sandbox.set({ archived: false, hasIssues: false });
    expect((await caught(tracker.get(issue.id))).refusal.kind).toBe('disabled');
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

  it('costs a look and a write when one field changes', async () => {
    const { tracker, proxy } = await open();
    const { issue } = await tracker.create(aDraft(tracker));
    proxy.plan({});

    await tracker.update(issue, { title: 'New title', body: `${issue.body}\n` });

    expect(proxy.requests.map(({ method }) => method)).toEqual(['GET', 'PATCH']);
  });

  it('loses a label that somebody else takes away at the same moment', async () => {
    const { tracker, proxy } = await open();
    const { issue } = await tracker.create(aDraft(tracker));
    const body = '{"message":"Label does not exist"}';
    proxy.plan({ rules: [{ method: 'DELETE', fault: { do: 'answer', when: 'after', status: 404, body } }] });

    expect((await tracker.update(issue, { removeLabels: ['ptg'] })).issue.labels).toEqual([]);
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

  it('that is an installation of an app labels, whatever the repository says about its rights', async () => {
    const { reopen, sandbox, proxy } = await open();
    const answer = await fetch(`${sandbox.url}/repos/acme/items`);
    const body = JSON.stringify({ ...((await answer.json()) as object), permissions: { push: false, pull: false } });
    proxy.plan({
      rules: [{ path: /^\/repos\/acme\/items$/, fault: { do: 'answer', when: 'before', status: 200, body } }],
    });

    expect((await reopen().open()).mayLabel).toBe(false);
    const installation = reopen({ token: 'ghs_of-an-installation' });
    proxy.plan({
      rules: [
        { path: /^\/repos\/acme\/items$/, fault: { do: 'answer', when: 'before', status: 200, body } },
        { path: '/user', fault: { do: 'answer', when: 'before', status: 403, body: '{"message":"No"}' } },
      ],
    });
    expect((await installation.open()).mayLabel).toBe(true);
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
