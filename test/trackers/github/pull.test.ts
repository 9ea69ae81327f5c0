import { afterEach, describe, expect, it } from 'vitest';
import { limit } from '../../../src/sandbox/fault-plan.ts';
import type { GitHubSandbox } from '../../../src/sandbox/github.ts';
import { caught } from '../contract-faults.ts';
import { aDraft } from '../harness.ts';
import { type GitHubHarness, openHarness } from './open.ts';

const opened: GitHubHarness[] = [];

async function open(): Promise<GitHubHarness> {
  const harness = await openHarness();
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

  it('waits for a limit once, and asks again once', async () => {
    const { tracker, reopen, proxy } = await open();
    await tracker.create(aDraft(tracker));
    const fault = limit({ status: 429, kind: 'secondary', retryAfter: 1 });
    proxy.plan({ rules: [{ method: 'GET', nth: 1, fault }] });

    expect((await reopen({ maxWait: 5000 }).changes(null)).issues).toHaveLength(1);
    expect(proxy.requests.map(({ status }) => status)).toEqual([429, 200]);
  });

  it('asks once when it may not wait for a limit', async () => {
    const { tracker, proxy } = await open();
    proxy.plan({ rules: [{ fault: limit({ status: 429, kind: 'secondary', retryAfter: 1 }) }] });

    expect((await caught(tracker.changes(null))).refusal.kind).toBe('busy');
    expect(proxy.requests).toHaveLength(1);
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

/** Many issues at once, by a colleague. */
async function fill(sandbox: GitHubSandbox, many: number): Promise<void> {
  const alice = sandbox.actAs('alice');
  await Promise.all(Array.from({ length: many }, (_, number) => alice.file({ title: `n${number}` })));
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
