import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FOLLOW_LIMITS, followRefs } from '../../src/refs/follow.ts';
import { memoInMemory } from '../../src/refs/memo.ts';
import { startLaunchpadSandbox } from '../../src/sandbox/launchpad.ts';
import { bug, change, issue, optionsFor, pull, type Recorder, startRecorder, story } from './services.ts';

let recorder: Recorder;
beforeEach(async () => {
  recorder = await startRecorder();
});
afterEach(() => recorder.close());

/** Gerrit puts this before every answer, so that no browser runs it. */
const gerrit = (changes: unknown) => ({ body: `)]}'\n${JSON.stringify(changes)}` });
const query = (...ids: string[]) =>
  `/changes/?q=${ids.map((id) => `change:${id}`).join('+OR+')}&n=${ids.length}&o=DETAILED_ACCOUNTS`;

describe('following refs', () => {
  it('reads GitHub issues and pull requests', async () => {
    const at = '2026-03-02T10:00:00Z';
    const common = { title: 'A title', updated_at: at, assignees: [{ login: 'alice' }] };
    const give = (body: object) => ({ body: JSON.stringify({ ...common, ...body }) });
    recorder.answers = {
      '/repos/acme/items/issues/1': give({ state: 'closed', state_reason: 'not_planned' }),
      '/repos/acme/items/issues/2': give({ state: 'closed', pull_request: { merged_at: at } }),
      '/repos/acme/items/issues/3': give({ state: 'open', draft: true, pull_request: { merged_at: null } }),
      '/repos/acme/items/issues/4': give({ state: 'closed', pull_request: { merged_at: null } }),
    };
    const refs = [issue('acme/items#1'), pull('acme/items#2'), pull('acme/items#3'), pull('acme/items#4')];

    const states = await followRefs(refs, optionsFor(recorder));

    expect(refs.map(({ url }) => [states.get(url)?.state, states.get(url)?.raw])).toEqual([
      ['dropped', 'closed (not_planned)'],
      ['done', 'merged'],
      ['in-progress', 'draft'],
      ['dropped', 'closed (unmerged)'],
    ]);
    expect(states.get(refs[0]?.url ?? '')).toMatchObject({
      title: 'A title',
      updatedAt: '2026-03-02T10:00:00.000Z',
      assignees: ['alice'],
      remarks: [],
    });
  });

  it('reads many of them with one query where there is a token', async () => {
    const common = { title: 'A title', updatedAt: '2026-03-02T10:00:00Z', assignees: { nodes: [{ login: 'alice' }] } };
    let query = '';
    recorder.answers['/graphql'] = ({ method, headers, body }) => {
      expect([method, headers.authorization]).toEqual(['POST', 'Bearer t0ken']);
      query = JSON.parse(body).query;
      const data = {
        r0: { thing: { ...common, state: 'CLOSED', stateReason: 'NOT_PLANNED' } },
        r1: { thing: { ...common, state: 'MERGED', isDraft: false } },
        r2: { thing: { ...common, state: 'CLOSED', isDraft: false } },
        r3: { thing: { ...common, state: 'OPEN', stateReason: 'REOPENED' } },
        r4: null,
      };
      return { body: JSON.stringify({ data, errors: [{ type: 'NOT_FOUND' }] }) };
    };
    const refs = [
      issue('acme/items#1'),
      pull('acme/items#2'),
      pull('acme/items#3'),
      issue('acme/items#4'),
      issue('acme/gone#5'),
    ];

    const states = await followRefs(refs, optionsFor(recorder, { githubToken: 't0ken' }));

    expect(recorder.asked).toEqual(['/graphql']);
    expect(query).toContain('r4:repository(owner:"acme",name:"gone"){thing:issueOrPullRequest(number:5)');
    expect(refs.map(({ url }) => [states.get(url)?.state, states.get(url)?.raw])).toEqual([
      ['dropped', 'closed (not_planned)'],
      ['done', 'merged'],
      ['dropped', 'closed (unmerged)'],
      ['open', 'open'],
      ['unknown', null],
    ]);
    expect(states.get(refs[0]?.url ?? '')).toMatchObject({ title: 'A title', assignees: ['alice'] });
  });

  it('reads them one by one from a GitHub that answers no such queries', async () => {
    for (const number of [1, 2]) {
      recorder.answers[`/repos/acme/items/issues/${number}`] = { body: JSON.stringify({ title: 'x', state: 'open' }) };
    }
    const refs = [issue('acme/items#1'), issue('acme/items#2')];

    const states = await followRefs(refs, optionsFor(recorder, { githubToken: 't0ken' }));

    expect(refs.map(({ url }) => states.get(url)?.state)).toEqual(['open', 'open']);
  });

  it('reads many Gerrit changes with one query, under old addresses too', async () => {
    const old = change('333333', 'https://review.openstack.org/#/c/333333/');
    const refs = [change('111111'), change('222222'), old, change('444444')];
    recorder.answers[query('111111', '222222', '333333', '444444')] = gerrit([
      { _number: 111111, subject: 'Add it', status: 'MERGED', updated: '2026-03-02 10:00:00.123000000' },
      { _number: 222222, subject: 'Try it', status: 'NEW', owner: { username: 'bob' } },
      { _number: 333333, subject: 'Drop it', status: 'ABANDONED' },
      { _number: 'broken' },
    ]);

    const states = await followRefs(refs, optionsFor(recorder));

    expect(recorder.asked).toHaveLength(1);
    expect(refs.map(({ url }) => states.get(url)?.state)).toEqual(['done', 'in-progress', 'dropped', 'unknown']);
    expect(states.get(refs[0]?.url ?? '')).toMatchObject({ raw: 'MERGED', updatedAt: '2026-03-02T10:00:00.123Z' });
    expect(states.get(refs[3]?.url ?? '')?.remarks).toEqual(['Gerrit has no such change, or it is private']);
  });

  it('reads StoryBoard stories, and sees by their tasks whether anybody has begun', async () => {
    const give = (status: string, key: string) => ({
      body: JSON.stringify({
        title: 'A story',
        status,
        task_statuses: [{ key, count: 1 }],
        updated_at: '2026-03-02T10:00:00',
      }),
    });
    recorder.answers = {
      '/api/v1/stories/2000001': give('active', 'todo'),
      '/api/v1/stories/2000002': give('active', 'review'),
      '/api/v1/stories/2000003': give('merged', 'merged'),
    };
    const refs = ['2000001', '2000002', '2000003'].map(story);

    const states = await followRefs(refs, optionsFor(recorder));

    expect(refs.map(({ url }) => states.get(url)?.state)).toEqual(['open', 'in-progress', 'done']);
    expect(states.get(refs[2]?.url ?? '')?.updatedAt).toBe('2026-03-02T10:00:00.000Z');
  });

  it('reads Launchpad bugs of any project, with all their tasks, and follows duplicates', async () => {
    const projects = ['neutron', 'nova'].map((name) => ({ name, owner: 'alice' }));
    const sandbox = await startLaunchpadSandbox({ seed: { projects } });
    try {
      const alice = sandbox.actAs('alice');
      const [kept, double, closed] = [
        await alice.file('Kept', 'x'),
        await alice.file('Double', 'x'),
        await alice.file('Closed', 'x'),
      ];
      await alice.triage(kept, { status: 'In Progress', assignee_link: '/~bob' });
      await alice.edit(double, { duplicate_of_link: `/bugs/${kept}` });
      await alice.triage(closed, { status: "Won't Fix" });
      const refs = [kept, double, closed, '12345'].map(bug);

      const states = await followRefs(refs, optionsFor(sandbox));

      expect(refs.map(({ url }) => [states.get(url)?.state, states.get(url)?.raw])).toEqual([
        ['in-progress', 'In Progress'],
        ['in-progress', 'In Progress'],
        ['dropped', "Won't Fix"],
        ['unknown', null],
      ]);
      expect(states.get(refs[0]?.url ?? '')).toMatchObject({ title: 'Kept', assignees: ['bob'] });
      expect(states.get(refs[1]?.url ?? '')?.remarks).toEqual([`duplicate of bug ${kept}, whose state this is`]);
    } finally {
      await sandbox.close();
    }
  });

  it('reads blueprints', async () => {
    const url = 'https://blueprints.launchpad.net/neutron/+spec/a-good-idea';
    const body = { title: 'A good idea', lifecycle_status: 'Started', definition_status: 'Approved' };
    recorder.answers['/devel/neutron/+spec/a-good-idea'] = { body: JSON.stringify(body) };

    const states = await followRefs([{ kind: 'launchpad-blueprint', id: null, url }], optionsFor(recorder));

    expect(states.get(url)).toMatchObject({ state: 'in-progress', raw: 'Started', title: 'A good idea' });
  });

  it('tells the tasks apart when they stand differently', async () => {
    recorder.answers = {
      '/devel/bugs/7': { body: JSON.stringify({ title: 'Both', duplicate_of_link: null }) },
      '/devel/bugs/7/bug_tasks': {
        body: JSON.stringify({
          entries: [
            { bug_target_name: 'neutron', status: 'Fix Released' },
            { bug_target_name: 'nova', status: 'New' },
          ],
        }),
      },
    };

    const states = await followRefs([bug('7')], optionsFor(recorder));

    expect(states.get(bug('7').url)).toMatchObject({ state: 'in-progress', raw: 'neutron: Fix Released, nova: New' });
  });

  it('asks about each thing once, however many refs point to it, and leaves out what has no state', async () => {
    recorder.answers[query('111111')] = gerrit([{ _number: 111111, subject: 'x', status: 'NEW' }]);
    const refs = [
      change('111111'),
      change('111111', 'https://review.opendev.org/#/c/111111/'),
      { kind: 'etherpad', id: null, url: 'https://etherpad.opendev.org/p/x' } as const,
    ];

    const states = await followRefs(refs, optionsFor(recorder));

    expect(recorder.asked).toHaveLength(1);
    expect([...states.values()].map(({ state }) => state)).toEqual(['in-progress', 'in-progress']);
  });

  it('calls no host but those it knows', async () => {
    const strange = change('111111', 'https://review.internal.example/c/111111');

    const states = await followRefs([strange], optionsFor(recorder));

    expect(states.get(strange.url)).toMatchObject({
      state: 'unknown',
      remarks: ['review.internal.example is not followed'],
    });
    expect(recorder.asked).toEqual([]);
  });
});

describe('remembering what was found', () => {
  const open = { state: 'open', title: 'x' };

  it('believes an answer for a while, and one about work that is over for longer', async () => {
    recorder.answers = {
      '/repos/acme/items/issues/1': { body: JSON.stringify(open) },
      '/repos/acme/items/issues/2': { body: JSON.stringify({ ...open, state: 'closed' }) },
    };
    let time = Date.now();
    const options = optionsFor(recorder, { clock: { now: () => new Date(time), sleep: async () => {} } });
    const refs = [issue('acme/items#1'), issue('acme/items#2')];

    await followRefs(refs, options);
    await followRefs(refs, options);
    const soon = recorder.asked.length;
    time += FOLLOW_LIMITS.freshMs + 1;
    await followRefs(refs, options);

    expect(soon).toBe(2);
    expect(recorder.asked.slice(2)).toEqual(['/repos/acme/items/issues/1']);
  });

  it('then asks with the validator, and takes "not modified" for an answer', async () => {
    let time = Date.now();
    recorder.answers['/repos/acme/items/issues/1'] = ({ headers }) =>
      headers['if-none-match'] === '"v1"' ? { status: 304 } : { body: JSON.stringify(open), headers: { etag: '"v1"' } };
    const options = optionsFor(recorder, { clock: { now: () => new Date(time), sleep: async () => {} } });

    const first = await followRefs([issue('acme/items#1')], options);
    time += 3_600_000;
    const second = await followRefs([issue('acme/items#1')], options);
    await followRefs([issue('acme/items#1')], options);

    expect(second).toEqual(first);
    expect(recorder.asked).toHaveLength(2);
  });

  it('is not led astray by a memory that makes no sense', async () => {
    recorder.answers['/repos/acme/items/issues/1'] = { body: JSON.stringify(open) };
    const memo = memoInMemory();
    const options = optionsFor(recorder, { memo: { get: async () => '{"at":"yesterday"', set: memo.set } });

    const states = await followRefs([issue('acme/items#1')], options);

    expect(states.get(issue('acme/items#1').url)?.state).toBe('open');
  });
});

describe('a service in trouble', () => {
  const good = { '/repos/acme/items/issues/1': { body: JSON.stringify({ state: 'open', title: 'x' }) } };

  it.each([
    { what: 'a page instead of JSON', answer: { body: '<html>' } },
    { what: 'nothing', answer: { body: '' } },
    { what: 'JSON of another form', answer: { body: '[1]' } },
    { what: 'a 404', answer: { status: 404 } },
    { what: 'a 410', answer: { status: 410 } },
    { what: 'a 500', answer: { status: 500 } },
    { what: 'no answer', answer: 'drop' as const },
  ])('makes one ref unknown with a reason, and no other, when it gives $what', async ({ answer }) => {
    recorder.answers = { ...good, '/repos/acme/items/issues/2': answer };
    const refs = [issue('acme/items#2'), issue('acme/items#1')];

    const states = await followRefs(refs, optionsFor(recorder));

    expect(states.get(refs[0]?.url ?? '')).toMatchObject({ state: 'unknown', remarks: [expect.stringMatching(/\w/)] });
    expect(states.get(refs[1]?.url ?? '')?.state).toBe('open');
  });

  it('is given up after two failures in a row, so that a dead host does not hold up the report', async () => {
    const refs = ['1', '2', '3', '4', '5'].map(story);
    for (const ref of refs) recorder.answers[`/api/v1/stories/${ref.id}`] = 'drop';

    const states = await followRefs(refs, optionsFor(recorder));

    expect(recorder.asked).toHaveLength(2);
    expect(refs.every(({ url }) => states.get(url)?.remarks[0]?.includes('could not be reached'))).toBe(true);
  });

  it('is left alone once it asks for that', async () => {
    recorder.answers = {
      '/repos/acme/items/issues/1': { status: 403, headers: { 'x-ratelimit-remaining': '0' } },
      '/repos/acme/items/issues/2': { body: JSON.stringify({ state: 'open', title: 'x' }) },
    };

    const states = await followRefs([issue('acme/items#1'), issue('acme/items#2')], optionsFor(recorder));

    expect(recorder.asked).toHaveLength(1);
    expect([...states.values()].every(({ remarks }) => remarks[0]?.includes('rate limit'))).toBe(true);
  });

  it('is asked no more often in one run than it may be', async () => {
    const refs = ['1', '2', '3'].map(story);
    const limits = { gapMs: 0, perHost: 2, freshMs: 0, overFreshMs: 0 };

    await followRefs(refs, optionsFor(recorder, { limits }));

    expect(recorder.asked).toHaveLength(2);
  });

  it('waits between two questions to one host', async () => {
    const pauses: number[] = [];
    let time = 0;
    const clock = {
      now: () => new Date(time),
      sleep: async (ms: number) => {
        pauses.push(ms);
        time += ms;
      },
    };
    const limits = { gapMs: 500, perHost: 10, freshMs: 0, overFreshMs: 0 };

    await followRefs(['1', '2', '3'].map(story), optionsFor(recorder, { limits, clock }));

    expect(pauses).toEqual([500, 500]);
  });

  it('is told as it was last seen when it cannot be asked now', async () => {
    let time = Date.parse('2026-03-02T10:00:00Z');
    const options = optionsFor(recorder, { clock: { now: () => new Date(time), sleep: async () => {} } });
    recorder.answers = { ...good };
    await followRefs([issue('acme/items#1')], options);
    time += 3_600_000;
    recorder.answers['/repos/acme/items/issues/1'] = 'drop';

    const states = await followRefs([issue('acme/items#1')], options);

    expect(states.get(issue('acme/items#1').url)).toMatchObject({
      state: 'open',
      remarks: [expect.stringMatching(/^as seen on 2026-03-02: .*could not be reached/)],
    });
  });

  it('holds up no other', async () => {
    recorder.answers = { ...good, '/api/v1/stories/1': 'drop' };

    const states = await followRefs([story('1'), issue('acme/items#1')], {
      ...optionsFor(recorder),
      hosts: {
        launchpad: recorder.url,
        github: recorder.url,
        gerrit: {},
        storyboard: { 'storyboard.openstack.org': 'http://127.0.0.1:1' },
      },
    });

    expect(states.get(story('1').url)?.remarks[0]).toContain('127.0.0.1:1 could not be reached');
    expect(states.get(issue('acme/items#1').url)?.state).toBe('open');
  });
});
