import { afterEach, describe, expect, it } from 'vitest';
import { type GitHubSandbox, type GitHubSeed, startGitHubSandbox } from '../../src/sandbox/github.ts';

const opened: GitHubSandbox[] = [];

async function start(seed: GitHubSeed = {}): Promise<GitHubSandbox> {
  const sandbox = await startGitHubSandbox({ seed });
  opened.push(sandbox);
  return sandbox;
}

afterEach(async () => {
  for (const sandbox of opened.splice(0)) await sandbox.close();
});

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly data: Record<string, unknown> & { readonly errors?: readonly object[] };
}

async function ask(
  sandbox: GitHubSandbox,
  call: string,
  body?: object,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const [method = 'GET', path = ''] = call.split(' ');
  const answer = await fetch(`${sandbox.url}${path}`, {
    method,
    redirect: 'manual',
    headers: { authorization: `token ${sandbox.token}`, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return {
    status: answer.status,
    headers: answer.headers,
    data: text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : {},
  };
}

const ISSUES = '/repos/acme/items/issues';
const as = (sandbox: GitHubSandbox, login: string) => ({ authorization: `Bearer ${sandbox.tokenOf(login)}` });

describe("the sandbox's GitHub", () => {
  it('refuses a token that it does not know, and writing without one', async () => {
    const sandbox = await start();

    const wrong = await ask(sandbox, 'GET /user', undefined, { authorization: 'token nonsense' });
    const none = await fetch(`${sandbox.url}${ISSUES}`, { method: 'POST', body: '{"title":"x"}' });

    expect(wrong).toMatchObject({ status: 401, data: { message: 'Bad credentials' } });
    expect(none.status).toBe(401);
    expect((await fetch(`${sandbox.url}${ISSUES}`)).status).toBe(200);
  });

  it('tells where a new issue is, and gives whole seconds', async () => {
    const sandbox = await start();

    const { status, headers, data } = await ask(sandbox, `POST ${ISSUES}`, { title: 'One' });

    expect(status).toBe(201);
    expect(headers.get('location')).toBe(`${sandbox.url}${ISSUES}/1`);
    expect(data.html_url).toBe(`${sandbox.url}/acme/items/issues/1`);
    expect(data.created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  });

  it('answers a conditional request with 304 until something changes', async () => {
    const sandbox = await start();
    await sandbox.actAs('alice').file({ title: 'One' });
    const list = `GET ${ISSUES}?state=all`;
    const etag = (await ask(sandbox, list)).headers.get('etag') ?? '';

    const same = await ask(sandbox, list, undefined, { 'if-none-match': etag });
    await sandbox.actAs('alice').comment(1, 'Hello');
    const other = await ask(sandbox, list, undefined, { 'if-none-match': etag });

    expect(same.status).toBe(304);
    expect(other.status).toBe(200);
    expect(other.headers.get('etag')).not.toBe(etag);
  });

  it('lists what was updated in the very second that is asked for', async () => {
    const sandbox = await start();
    const { data } = await ask(sandbox, `POST ${ISSUES}`, { title: 'One' });

    const { data: list } = await ask(sandbox, `GET ${ISSUES}?since=${data.updated_at}`);

    expect(list).toHaveLength(1);
  });

  it.each([
    ['a title of 257 characters', { title: 'x'.repeat(257) }, { field: 'title', code: 'custom' }],
    ['a body of 65,537 characters', { title: 'x', body: 'x'.repeat(65_537) }, { field: 'body', code: 'custom' }],
    ['no title', { title: ' ' }, { field: 'title', code: 'missing_field' }],
    ['a label of 51 characters', { title: 'x', labels: ['x'.repeat(51)] }, { resource: 'Label', field: 'name' }],
    [
      'an assignee who cannot be assigned',
      { title: 'x', assignees: ['mallory'] },
      { field: 'assignees', value: 'mallory' },
    ],
  ])('refuses an issue with %s, and creates none', async (_, fields, problem) => {
    const sandbox = await start();

    const { status, data } = await ask(sandbox, `POST ${ISSUES}`, fields);

    expect(status).toBe(422);
    expect(data).toMatchObject({ message: 'Validation Failed', errors: [problem] });
    expect(await sandbox.actAs('alice').all()).toEqual([]);
  });

  it.each([
    ['that is there in another case', { name: 'PTG' }, { code: 'already_exists' }],
    ['with a # in its colour', { name: 'x', color: '#ff0000' }, { field: 'color' }],
    ['of 51 characters', { name: 'x'.repeat(51) }, { field: 'name' }],
    ['with a description of 101 characters', { name: 'x', description: 'x'.repeat(101) }, { field: 'description' }],
  ])('refuses a label %s', async (_, fields, problem) => {
    const sandbox = await start();
    await ask(sandbox, 'POST /repos/acme/items/labels', { name: 'ptg' });

    const { status, data } = await ask(sandbox, 'POST /repos/acme/items/labels', fields);

    expect(status).toBe(422);
    expect(data.errors).toEqual([expect.objectContaining(problem)]);
  });

  it('takes a passer-by’s issue without labels and assignees, and refuses further rights', async () => {
    const sandbox = await start();
    const mallory = as(sandbox, 'mallory');

    const created = await ask(
      sandbox,
      `POST ${ISSUES}`,
      { title: 'x', labels: ['ptg'], assignees: ['alice'] },
      mallory,
    );
    const label = await ask(sandbox, `POST ${ISSUES}/1/labels`, { labels: ['ptg'] }, mallory);
    const other = await ask(sandbox, 'POST /repos/acme/items/labels', { name: 'new' }, mallory);

    expect(created).toMatchObject({ status: 201, data: { labels: [], assignees: [] } });
    expect([label.status, other.status]).toEqual([403, 403]);
    expect((await ask(sandbox, 'GET /repos/acme/items', undefined, mallory)).data.permissions).toMatchObject({
      push: false,
      pull: true,
    });
  });

  it('uses a label that is there in another case', async () => {
    const sandbox = await start();
    const alice = sandbox.actAs('alice');
    const number = await alice.file({ title: 'x', labels: ['Ptg'] });

    await alice.label(number, 'PTG', 'new');

    expect((await alice.see(number)).labels.map(({ name }) => name)).toEqual(['Ptg', 'new']);
    await alice.unlabel(number, 'ptg');
    expect((await alice.see(number)).labels.map(({ name }) => name)).toEqual(['new']);
  });

  it('tells who can be assigned', async () => {
    const sandbox = await start();

    expect((await ask(sandbox, 'GET /repos/acme/items/assignees/Alice')).status).toBe(204);
    expect((await ask(sandbox, 'GET /repos/acme/items/assignees/mallory')).status).toBe(404);
    expect((await ask(sandbox, 'GET /repos/acme/items/assignees')).data).toHaveLength(3);
  });

  it('closes as a duplicate, and forgets it when reopened', async () => {
    const sandbox = await start();
    const alice = sandbox.actAs('alice');
    const number = await alice.file({ title: 'x' });

    await alice.close(number, 'duplicate');
    expect(await alice.see(number)).toMatchObject({ state: 'closed', state_reason: 'duplicate' });
    await alice.reopen(number);
    expect(await alice.see(number)).toMatchObject({ state: 'open', state_reason: 'reopened' });
  });

  it('answers 410 where issues are disabled or one was deleted, 403 where it is archived, 404 where it is private', async () => {
    const sandbox = await start();
    await sandbox.actAs('alice').file({ title: 'x' });
    sandbox.remove(1);

    expect((await ask(sandbox, `GET ${ISSUES}/1`)).status).toBe(410);
    expect((await ask(sandbox, `GET ${ISSUES}?state=all`)).data).toEqual([]);
    sandbox.set({ hasIssues: false });
    expect((await ask(sandbox, `POST ${ISSUES}`, { title: 'x' })).status).toBe(410);
    sandbox.set({ hasIssues: true, archived: true });
    expect((await ask(sandbox, `POST ${ISSUES}`, { title: 'x' })).status).toBe(403);
    sandbox.set({ archived: false, private: true });
    expect((await ask(sandbox, `GET ${ISSUES}`, undefined, as(sandbox, 'mallory'))).status).toBe(404);
    expect((await ask(sandbox, `GET ${ISSUES}`)).status).toBe(200);
  });

  it('redirects from a former name, permanently for reading and with the method kept for writing', async () => {
    const sandbox = await start();
    await sandbox.rename('acme/renamed');

    const read = await ask(sandbox, `GET ${ISSUES}?state=all`);
    const write = await ask(sandbox, `POST ${ISSUES}`, { title: 'x' });

    expect(read.status).toBe(301);
    expect(read.headers.get('location')).toBe(`${sandbox.url}/repositories/1/issues?state=all`);
    expect(write.status).toBe(307);
    expect((await ask(sandbox, `POST /repositories/1/issues`, { title: 'x' })).status).toBe(201);
    expect((await ask(sandbox, 'GET /repos/Acme/Renamed')).data.full_name).toBe('acme/renamed');
  });

  it('redirects to where an issue was transferred', async () => {
    const sandbox = await start({ others: ['acme/other'] });
    await sandbox.actAs('alice').file({ title: 'x' });

    await sandbox.transfer(1, 'acme/other');

    const moved = await ask(sandbox, `GET ${ISSUES}/1`);
    expect(moved.status).toBe(301);
    expect(moved.headers.get('location')).toBe(`${sandbox.url}/repositories/2/issues/1`);
  });

  it('counts requests, of which a 304 is free, and refuses when the hour is used up', async () => {
    const sandbox = await start({ limits: { hourly: 3 } });
    const first = await ask(sandbox, `GET ${ISSUES}`);
    const etag = first.headers.get('etag') ?? '';

    await ask(sandbox, `GET ${ISSUES}`, undefined, { 'if-none-match': etag });
    await ask(sandbox, `GET ${ISSUES}`);
    const last = await ask(sandbox, `GET ${ISSUES}`);
    const over = await ask(sandbox, `GET ${ISSUES}`);

    expect(first.headers.get('x-ratelimit-remaining')).toBe('2');
    expect(last.headers.get('x-ratelimit-remaining')).toBe('0');
    expect(over.status).toBe(403);
    expect(Number(over.headers.get('x-ratelimit-reset')) * 1000).toBeGreaterThan(Date.now());
    expect((await ask(sandbox, `GET ${ISSUES}`, undefined, as(sandbox, 'alice'))).status).toBe(200);
  });

  it('refuses bursts of new issues', async () => {
    const sandbox = await start({ limits: { contentPerMinute: 2 } });
    const statuses = [];
    for (const title of ['a', 'b', 'c']) statuses.push((await ask(sandbox, `POST ${ISSUES}`, { title })).status);

    expect(statuses).toEqual([201, 201, 403]);
  });

  it('shows an issue as a page on which hostile text is harmless', async () => {
    const sandbox = await start();
    await sandbox.actAs('alice').file({ title: '<script>alert(1)</script>', body: '"><img src=x onerror=alert(1)>' });

    const answer = await fetch(`${sandbox.url}/acme/items/issues/1`);
    const html = await answer.text();

    expect(answer.headers.get('content-type')).toContain('text/html');
    expect(html).toContain('&#60;script&#62;');
    expect(html).not.toMatch(/<script|<img/);
    expect(await (await fetch(`${sandbox.url}/acme/items/issues`)).text()).toContain('/acme/items/issues/1');
  });

  it('is strict about broken JSON', async () => {
    const sandbox = await start();
    const headers = { authorization: `token ${sandbox.token}`, 'content-type': 'application/json' };

    expect((await fetch(`${sandbox.url}${ISSUES}`, { method: 'POST', headers, body: '{"title":' })).status).toBe(400);
  });

  it('leaves nothing running when its port is taken', async () => {
    const sandbox = await start();
    const listening = () => process.getActiveResourcesInfo().filter((name) => name === 'TCPServerWrap').length;
    const before = listening();

    await expect(startGitHubSandbox({ port: Number(new URL(sandbox.url).port) })).rejects.toThrow('EADDRINUSE');

    await expect.poll(listening).toBeLessThanOrEqual(before);
  });
});
