import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LaunchpadSandbox, startLaunchpadSandbox } from '../../src/sandbox/launchpad.ts';

let sandbox: LaunchpadSandbox;
beforeAll(async () => {
  const projects = [
    { name: 'neutron', owner: 'alice', supervisor: 'neutron-bugs', milestones: ['victoria-2'], series: ['ussuri'] },
    { name: 'nova', owner: 'bob', formerNames: ['compute'] },
    { name: 'openstack', kind: 'project_group' as const, owner: 'alice' },
  ];
  sandbox = await startLaunchpadSandbox({ seed: { projects } });
});
afterAll(() => sandbox.close());

function signature(credentials: string): string {
  const [consumer, token, secret] = credentials.split(':');
  return `OAuth realm="x", oauth_consumer_key="${consumer}", oauth_token="${token}", oauth_signature_method="PLAINTEXT", oauth_signature="%26${secret}"`;
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Shown;
}

/** What the tests look into of an answer. */
interface Shown {
  readonly id?: number;
  readonly title?: string;
  readonly tags?: readonly string[];
  readonly http_etag: string;
  readonly entries: readonly { readonly bug_link: string }[];
  readonly total_size?: number;
  readonly next_collection_link: string;
  readonly total_size_link: string;
}

/** One request as it stands, signed as the bot unless told otherwise. */
async function send(path: string, init: RequestInit & { as?: string | null } = {}): Promise<Answer> {
  const { as = sandbox.credentials, headers, ...rest } = init;
  const answer = await fetch(`${sandbox.url}${path}`, {
    redirect: 'manual',
    headers: { ...(as === null ? {} : { Authorization: signature(as) }), ...headers },
    ...rest,
  });
  const text = await answer.text();
  const isJson = answer.headers.get('content-type') === 'application/json';
  return { status: answer.status, headers: answer.headers, text, json: JSON.parse(isJson ? text : '{}') };
}

const post = (path: string, form: Record<string, string> | [string, string][], as?: string | null) =>
  send(path, { method: 'POST', body: new URLSearchParams(form), ...(as === undefined ? {} : { as }) });
const patch = (path: string, body: unknown, headers: Record<string, string> = {}, as?: string) =>
  send(path, {
    method: 'PATCH',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { 'Content-Type': 'application/json', ...headers },
    ...(as === undefined ? {} : { as }),
  });
const bugForm = (change: Record<string, string> = {}) => ({
  'ws.op': 'createBug',
  title: '"A title"',
  description: '"A text"',
  target: '/neutron',
  ...change,
});
async function file(change: Record<string, string> = {}): Promise<string> {
  const answer = await post('/devel/bugs', bugForm(change));
  return answer.headers.get('location')?.split('/').at(-1) ?? answer.text;
}

describe('createBug on the sandbox', () => {
  it('answers 201 with the address and an empty body', async () => {
    const answer = await post('/devel/bugs', bugForm());

    expect([answer.status, answer.text]).toEqual([201, '']);
    expect(answer.headers.get('location')).toMatch(new RegExp(`^${sandbox.url}/devel/bugs/\\d+$`));
  });

  it.each([
    { sent: '"quoted"', kept: 'quoted' },
    { sent: 'as it stands', kept: 'as it stands' },
    { sent: '[1, 2]', kept: '[1,2]' },
    { sent: '12', kept: '12' },
    { sent: JSON.stringify('"quoted"'), kept: '"quoted"' },
  ])('reads the title $sent as JSON first', async ({ sent, kept }) => {
    const id = await file({ title: sent });

    expect((await send(`/devel/bugs/${id}`)).json.title).toBe(kept);
  });

  it.each([
    {
      what: 'a null for a description',
      change: { description: 'null' },
      said: 'description: Required input is missing.',
    },
    { what: 'a title of 201 characters', change: { title: 'x'.repeat(201) }, said: 'title: Value is too long' },
    { what: 'a title of two lines', change: { title: '"a\\nb"' }, said: 'title: Constraint not satisfied' },
    {
      what: 'a description that is too long',
      change: { description: 'x'.repeat(50_001) },
      said: 'description: Value is too long',
    },
    { what: 'a tag with a blank', change: { tags: '["no good"]' }, said: 'tags: no good: Constraint not satisfied' },
    { what: 'a tag of one letter', change: { tags: '["x"]' }, said: 'tags: x: Constraint not satisfied' },
    { what: 'no target', change: { target: '' }, said: 'target: Required input is missing.' },
    {
      what: 'the address of a page as target',
      change: { target: 'https://launchpad.net/neutron' },
      said: 'target: No such object "https://launchpad.net/neutron".',
    },
    {
      what: 'a target with a query',
      change: { target: '/neutron?x=1' },
      said: 'target: No such object "/neutron?x=1".',
    },
    { what: 'a series as target', change: { target: '/neutron/ussuri' }, said: "Can't create a bug on a series" },
    { what: 'a group as target', change: { target: '/openstack' }, said: 'target: Object "/openstack"' },
  ])('refuses $what', async ({ change, said }) => {
    const before = sandbox.bugs.length;

    const answer = await post('/devel/bugs', bugForm(change));

    expect([answer.status, answer.text.startsWith(said)]).toEqual([400, true]);
    expect(sandbox.bugs).toHaveLength(before);
  });

  it('keeps tags lower, once and sorted, and overlooks "tags[]"', async () => {
    const good = await file({ tags: '["rfe","ovn","rfe"]' });
    const bad = await file({ 'tags[]': 'rfe' });

    expect((await send(`/devel/bugs/${good}`)).json.tags).toEqual(['ovn', 'rfe']);
    expect((await send(`/devel/bugs/${bad}`)).json.tags).toEqual([]);
  });

  it('wants a form, and an operation that it knows', async () => {
    expect((await post('/devel/bugs', { title: 'x' })).text).toBe('');
    expect((await post('/devel/bugs', { 'ws.op': 'fileBug' })).text).toBe('No such operation: fileBug');
    const json = { 'Content-Type': 'application/json' };
    const answer = await send('/devel/bugs', {
      method: 'POST',
      body: '{}',
      headers: { Authorization: signature(sandbox.credentials), ...json },
    });
    expect([answer.status, answer.text]).toEqual([400, 'No operation name given.']);
  });
});

describe('who asks the sandbox', () => {
  it('may read what is public without a name, and write nothing', async () => {
    const id = await file();

    expect((await send(`/devel/bugs/${id}`, { as: null })).status).toBe(200);
    expect((await post('/devel/bugs', bugForm(), null)).status).toBe(401);
    expect((await send('/devel/people/+me', { as: null })).status).toBe(401);
  });

  it('is told apart by the text of a 401', async () => {
    const spent = sandbox.actAs('bob').credentials;
    sandbox.expire(spent);

    const texts = await Promise.all(
      ['ptg-tracker:unknown:x', `${sandbox.credentials}x`, spent].map(
        async (as) => (await send('/devel/neutron', { as })).text,
      ),
    );

    expect(texts).toEqual([
      'Unknown access token (unknown).',
      'Invalid signature.',
      expect.stringMatching(/^Expired token \(/),
    ]);
  });

  it('learns its own name by a redirect', async () => {
    const answer = await send('/devel/people/+me');

    expect([answer.status, answer.headers.get('location')]).toEqual([303, `${sandbox.url}/devel/~ptg-bot`]);
  });
});

describe('PATCH on the sandbox', () => {
  it('answers 209 with the entry as it is now and a new etag', async () => {
    const id = await file();
    const before = (await send(`/devel/bugs/${id}`)).json;

    const answer = await patch(`/devel/bugs/${id}`, { title: 'Another' }, { 'If-Match': before.http_etag });

    expect([answer.status, answer.json.title]).toEqual([209, 'Another']);
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(answer.json.http_etag).not.toBe(before.http_etag);
  });

  it('answers 412 to a stale etag, but a comment makes none stale', async () => {
    const id = await file();
    const { http_etag: etag } = (await send(`/devel/bugs/${id}`)).json;
    await sandbox.actAs('alice').comment(id, 'A thought.');
    const afterComment = await patch(`/devel/bugs/${id}`, { title: 'One' }, { 'If-Match': etag });

    const stale = await patch(`/devel/bugs/${id}`, { title: 'Two' }, { 'If-Match': etag });

    expect([afterComment.status, stale.status, stale.text]).toEqual([209, 412, '']);
    expect((await send(`/devel/bugs/${id}`)).json.title).toBe('One');
  });

  it('never matches under another content type, whose name is in the etag', async () => {
    const id = await file();
    const { http_etag: etag } = (await send(`/devel/bugs/${id}`)).json;
    const charset = { 'Content-Type': 'application/json; charset=utf-8', 'If-Match': etag };

    expect((await patch(`/devel/bugs/${id}`, { title: 'x' }, charset)).status).toBe(412);
    expect((await patch(`/devel/bugs/${id}`, { title: 'x' }, { 'Content-Type': 'text/plain' })).status).toBe(415);
  });

  it.each([
    {
      what: 'a field that there is not',
      body: { colour: 'red' },
      said: 'colour: You tried to modify a nonexistent attribute.',
    },
    { what: 'a field that is read-only', body: { id: 7 }, said: 'id: You tried to modify a read-only attribute.' },
    { what: 'a text of another kind', body: { title: 7 }, said: "title: got 'number'" },
    { what: 'no JSON', body: '{', said: 'Entity-body was not a well-formed JSON document.' },
  ])('refuses $what, and changes nothing else either', async ({ body, said }) => {
    const id = await file();

    const answer = await patch(`/devel/bugs/${id}`, typeof body === 'string' ? body : { tags: ['zz'], ...body });

    expect([answer.status, answer.text.startsWith(said)]).toEqual([400, true]);
    expect((await send(`/devel/bugs/${id}`)).json.tags).toEqual([]);
  });

  it('keeps the earlier fields of a write whose later one is not permitted', async () => {
    const id = await file();

    const answer = await patch(`/devel/neutron/+bug/${id}`, { status: 'Confirmed', importance: 'Wishlist' });

    expect(answer.status).toBe(401);
    expect((await send(`/devel/neutron/+bug/${id}`)).json).toMatchObject({
      status: 'Confirmed',
      importance: 'Undecided',
    });
  });

  it.each([
    { as: 'ptg-bot', fields: { status: 'In Progress' }, status: 209 },
    { as: 'ptg-bot', fields: { status: 'Triaged' }, status: 401 },
    { as: 'ptg-bot', fields: { status: "Won't Fix" }, status: 401 },
    { as: 'ptg-bot', fields: { milestone_link: '/neutron/+milestone/victoria-2' }, status: 401 },
    { as: 'ptg-bot', fields: { milestone_link: '/neutron/+milestone/none' }, status: 400 },
    { as: 'ptg-bot', fields: { assignee_link: '/~ptg-bot' }, status: 209 },
    { as: 'ptg-bot', fields: { assignee_link: '/~alice' }, status: 401 },
    { as: 'ptg-bot', fields: { status: 'Done' }, status: 400 },
    { as: 'alice', fields: { status: 'Triaged', importance: 'Wishlist', assignee_link: '/~bob' }, status: 209 },
  ])('by $as of $fields is answered with $status', async ({ as, fields, status }) => {
    const id = await file();

    const answer = await patch(`/devel/neutron/+bug/${id}`, fields, {}, sandbox.actAs(as).credentials);

    expect(answer.status).toBe(status);
  });

  it('that moves a bug answers 301 with its new address, and has moved it', async () => {
    const id = await file();

    const answer = await patch(`/devel/neutron/+bug/${id}`, { target_link: '/nova' });

    expect([answer.status, answer.text]).toEqual([301, '']);
    expect(answer.headers.get('location')).toBe(`${sandbox.url}/devel/nova/+bug/${id}`);
    expect((await send(`/devel/neutron/+bug/${id}`)).status).toBe(404);
  });

  it('refuses a duplicate of a duplicate, and a nickname that is taken', async () => {
    const [one, two, three] = [await file(), await file(), await file()];
    await patch(`/devel/bugs/${two}`, { duplicate_of_link: `/bugs/${one}`, name: 'my-bug' });

    const double = await patch(`/devel/bugs/${three}`, { duplicate_of_link: `/bugs/${two}` });
    const taken = await patch(`/devel/bugs/${three}`, { name: 'my-bug' });

    expect([double.status, taken.status]).toEqual([400, 400]);
    expect((await send('/devel/bugs/my-bug')).json.id).toBe(Number(two));
  });
});

describe('searchTasks on the sandbox', () => {
  it('hides closed bugs and duplicates unless it is told otherwise, and overlooks names that it does not know', async () => {
    const alice = sandbox.actAs('alice');
    const tag = 'only-here';
    const ids = [];
    for (let number = 0; number < 3; number += 1) ids.push(await file({ tags: `["${tag}"]` }));
    await alice.triage(ids[0] ?? '', { status: 'Fix Released' });
    await alice.edit(ids[1] ?? '', { duplicate_of_link: `/bugs/${ids[2]}` });
    const found = async (query: string) =>
      (await send(`/devel/neutron?ws.op=searchTasks&order_by=id&${query}`)).json.entries.map((entry) =>
        entry.bug_link.split('/').at(-1),
      );

    expect(await found(`tags=${tag}`)).toEqual([ids[2]]);
    expect(await found(`tags=${tag}&status=New&status=Fix+Released&omit_duplicates=false`)).toEqual(ids);
    expect(await found(`tags[]=${tag}`)).not.toEqual([ids[2]]);
    expect(await found(`tags=["${tag}","x-y"]&tags_combinator=All`)).toEqual([]);
  });

  it.each([
    ['modified_since=20260302', "modified_since: Value doesn't look like a date."],
    ['modified_since=2026-03-02T10:00:00', 'modified_since: Time not in UTC.'],
    ['status=Done', 'status: Invalid value "Done".'],
    ['bug_reporter=https://launchpad.net/~alice', 'bug_reporter: No such object'],
    ['ws.size=301', 'Maximum for "ws.size"'],
    ['order_by=colour', 'Unrecognized order_by: colour'],
    ['omit_duplicates=perhaps', 'omit_duplicates: '],
  ])('refuses %s', async (query, said) => {
    const answer = await send(`/devel/neutron?ws.op=searchTasks&${query}`);

    expect([answer.status, answer.text.startsWith(said)]).toEqual([400, true]);
  });

  it('tells the size on the last page only, and before that where to ask for it', async () => {
    for (let number = 0; number < 3; number += 1) await file({ tags: '["paged"]' });

    const first = (await send('/devel/neutron?ws.op=searchTasks&tags=paged&ws.size=2')).json;
    const last = (await send(first.next_collection_link.slice(sandbox.url.length))).json;
    const size = (await send(first.total_size_link.slice(sandbox.url.length))).json;

    expect([first.entries.length, first.total_size]).toEqual([2, undefined]);
    expect([last.entries.length, last.total_size, last.next_collection_link]).toEqual([1, 3, undefined]);
    expect(size).toBe(3);
  });

  it('knows eleven statuses when it is an older one', async () => {
    const older = await startLaunchpadSandbox({ seed: { classic: true } });
    try {
      const answer = await fetch(`${older.url}/devel/neutron?ws.op=searchTasks&status=New&status=Deferred`);
      expect([answer.status, (await answer.text()).startsWith('status: Invalid value "Deferred".')]).toEqual([
        400,
        true,
      ]);
    } finally {
      await older.close();
    }
  });
});

describe('the rest of the sandbox', () => {
  it('hides a private bug from others, as if it were not there', async () => {
    const alice = sandbox.actAs('alice');
    const id = await alice.file('A leak', 'x');
    await alice.edit(id, { private: true });

    expect((await send(`/devel/bugs/${id}`)).status).toBe(404);
    expect((await send(`/devel/bugs/${id}`, { as: null })).status).toBe(401);
    expect((await send(`/devel/bugs/${id}`, { as: alice.credentials })).status).toBe(200);
  });

  it('redirects a project that has a new name', async () => {
    const answer = await send('/devel/compute?ws.op=searchTasks');

    expect([answer.status, answer.headers.get('location')]).toEqual([
      301,
      `${sandbox.url}/devel/nova?ws.op=searchTasks`,
    ]);
  });

  it('adds a bug to another project once', async () => {
    const id = await file();
    const add = () => post(`/devel/bugs/${id}`, { 'ws.op': 'addTask', target: '/nova' });

    expect([(await add()).status, (await add()).status]).toEqual([201, 400]);
  });

  it('answers 304 to who has the entry already', async () => {
    const id = await file();
    const { http_etag: etag } = (await send(`/devel/bugs/${id}`)).json;

    const answer = await send(`/devel/bugs/${id}`, {
      headers: { Authorization: signature(sandbox.credentials), 'If-None-Match': etag },
    });

    expect([answer.status, answer.text]).toEqual([304, '']);
  });

  it('shows bugs to people, with hostile text kept harmless', async () => {
    const id = await file({ title: JSON.stringify('<script>alert(1)</script>') });

    const page = await send(`/neutron/+bug/${id}`, { as: null });

    expect(page.status).toBe(200);
    expect(page.text).not.toContain('<script>');
  });
});
