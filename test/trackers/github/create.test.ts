import { afterEach, describe, expect, it } from 'vitest';
import { limit } from '../../../src/sandbox/fault-plan.ts';
import { caught } from '../contract-faults.ts';
import { aDraft } from '../harness.ts';
import { type GitHubHarness, openHarness } from './open.ts';

const CREATE = { method: 'POST', path: /\/issues$/ } as const;
const opened: GitHubHarness[] = [];

async function open(): Promise<GitHubHarness> {
  const harness = await openHarness();
  opened.push(harness);
  return harness;
}

afterEach(async () => {
  for (const harness of opened.splice(0)) await harness.close();
});

describe('a create on GitHub', () => {
  it('is uncertain when the answer holds another issue', async () => {
    const { tracker, proxy, sandbox } = await open();
    await tracker.create(aDraft(tracker, 'another'));
    const body = JSON.stringify(await sandbox.actAs('alice').see(1));
    proxy.plan({ rules: [{ ...CREATE, fault: { do: 'answer', when: 'after', status: 201, body } }] });

    expect((await caught(tracker.create(aDraft(tracker, 'one')))).refusal.kind).toBe('uncertain');
  });

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

  it('is spaced as the limits say', async () => {
    const { reopen } = await open();
    const tracker = reopen({ createsPerMinute: 40 });
    const start = performance.now();

    await Promise.all(['one', 'two'].map((word) => tracker.create(aDraft(tracker, word))));

    expect(performance.now() - start).toBeGreaterThan(1500 - 50);
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

function inSeconds(seconds: number): Date {
  return new Date(Date.now() + seconds * 1000);
}
