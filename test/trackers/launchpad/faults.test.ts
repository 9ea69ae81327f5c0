import { describe, expect, it } from 'vitest';
import { TrackerError } from '../../../src/errors.ts';
import type { Fault } from '../../../src/sandbox/fault-plan.ts';
import { aBench, aDraft, aKey } from './desk.ts';

const bench = aBench();
const OOPS = { 'x-lazr-oopsid': 'OOPS-0123456789abcdef', 'retry-after': '900' };

async function refusalOf(promise: Promise<unknown>): Promise<TrackerError> {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof TrackerError)) throw new Error(`expected a TrackerError, got ${String(error)}`);
  return error;
}

describe('a create whose answer is lost', () => {
  const LOST: { when: string; fault: Fault; filed: number }[] = [
    { when: 'the connection drops after Launchpad filed it', fault: { do: 'drop', when: 'after' }, filed: 1 },
    { when: 'the connection drops before Launchpad got it', fault: { do: 'drop', when: 'before' }, filed: 0 },
    {
      when: 'a proxy says 502 after Launchpad filed it',
      fault: { do: 'answer', when: 'after', status: 502 },
      filed: 1,
    },
    { when: 'a proxy says 504 and nothing arrived', fault: { do: 'answer', when: 'before', status: 504 }, filed: 0 },
    { when: 'a 503 comes without an OOPS', fault: { do: 'answer', when: 'after', status: 503 }, filed: 1 },
    { when: 'a 201 does not say which bug', fault: { do: 'answer', when: 'after', status: 201 }, filed: 1 },
  ];

  it.each(LOST)('is uncertain when $when, is sent once, and looking settles it', async ({ fault, filed }) => {
    const { tracker, proxy, sandbox } = bench;
    proxy.plan({ rules: [{ method: 'POST', nth: 1, fault }] });
    const began = new Date();

    const error = await refusalOf(tracker.create(aDraft(tracker, { key: aKey('cccccccccccccccc') })));
    const found = await tracker.createdSince(began);

    expect(error.refusal).toEqual({ kind: 'uncertain' });
    expect(proxy.sent('POST')).toHaveLength(1);
    expect(sandbox.bugs).toHaveLength(filed);
    expect(found.map(({ body }) => tracker.dialect.find(body)?.key)).toEqual(filed === 1 ? ['cccccccccccccccc'] : []);
  });
});

describe('a write', () => {
  it('has a connection of its own: a kept one could break just as it goes out, and leave a doubt', async () => {
    const { tracker, proxy } = bench;
    const { issue } = await tracker.create(aDraft(tracker));
    await tracker.update(issue, { title: 'Another title' });

    const writes = [...proxy.sent('POST'), ...proxy.sent('PATCH')];

    expect(writes.map(({ headers }) => headers.connection)).toEqual(['close', 'close']);
  });
});

describe('a create that is refused for certain', () => {
  it('may be tried again after a 503 with an OOPS: Launchpad rolled it back', async () => {
    const { tracker, proxy, sandbox } = bench;
    proxy.plan({
      rules: [{ method: 'POST', nth: 1, fault: { do: 'answer', when: 'before', status: 503, headers: OOPS } }],
    });

    const error = await refusalOf(tracker.create(aDraft(tracker)));
    await tracker.create(aDraft(tracker));

    expect(error.refusal.kind).toBe('busy');
    expect(error.message).toContain('OOPS-0123456789abcdef');
    expect(sandbox.bugs).toHaveLength(1);
  });

  it('never left when nothing listens', async () => {
    const { open, sandbox } = bench;
    const tracker = open({ config: { project: sandbox.project, baseUrl: 'http://127.0.0.1:1' } });

    expect((await refusalOf(tracker.open())).refusal.kind).toBe('unreachable');
  });

  it.each([
    { what: 'a title of 201 characters', change: { title: 'x'.repeat(201) }, field: 'title' },
    { what: 'an empty title', change: { title: ' ' }, field: 'title' },
    { what: 'a description of 50,001 characters', change: { body: 'x'.repeat(50_001) }, field: 'description' },
  ])('says which field is at fault for $what, and sends nothing', async ({ change, field }) => {
    const { tracker, proxy } = bench;

    const error = await refusalOf(tracker.create(aDraft(tracker, change)));

    expect(error.refusal).toEqual({ kind: 'invalid', field });
    expect(proxy.sent('POST')).toHaveLength(0);
  });
});

describe('a write that meets a colleague’s', () => {
  it('keeps the colleague’s triage, which came between our look and our write', async () => {
    const { sandbox, proxy, open } = bench;
    const alice = sandbox.actAs('alice');
    let meanwhile = async () => {};
    // Writes are spaced: the pause before ours is the moment in which the colleague is faster.
    const tracker = open({
      limits: { createsPerMinute: 60, timeout: 5000, maxWait: 3000 },
      clock: { now: () => new Date(), sleep: () => meanwhile() },
    });
    const { issue } = await tracker.create(aDraft(tracker, { labels: ['ptg', 'rfe'] }));
    meanwhile = async () => {
      meanwhile = async () => {};
      await alice.edit(issue.id, { tags: ['ptg', 'rfe-confirmed'] });
      await alice.triage(issue.id, { status: 'Triaged', importance: 'Wishlist' });
    };

    const { issue: after } = await tracker.update(issue, { addLabels: ['ovn'] });

    expect(proxy.sent('PATCH').map(({ status }) => status)).toEqual([412, 209]);
    expect(after.labels).toEqual(['ovn', 'ptg', 'rfe-confirmed']);
    expect(sandbox.bugs).toHaveLength(1);
    expect(sandbox.bugs[0]?.tasks[0]).toMatchObject({ status: 'Triaged', importance: 'Wishlist' });
  });

  it('leaves the importance that a colleague set while ours was on its way', async () => {
    const { sandbox, open } = bench;
    const alice = sandbox.actAs('alice');
    let meanwhile = async () => {};
    const tracker = open({
      credentials: sandbox.actAs('alice').credentials,
      limits: { createsPerMinute: 60, timeout: 5000, maxWait: 3000 },
      clock: { now: () => new Date(), sleep: () => meanwhile() },
    });
    meanwhile = async () => {
      meanwhile = async () => {};
      await alice.triage(String(sandbox.bugs[0]?.id), { importance: 'High' });
    };

    const { dropped } = await tracker.create(aDraft(tracker, { importance: 'Wishlist' }));

    expect(dropped).toEqual([{ what: 'importance Wishlist', because: 'people set it to High' }]);
    expect(sandbox.bugs[0]?.tasks[0]?.importance).toBe('High');
  });

  it('is repeated when its answer is lost, since it changes nothing twice', async () => {
    const { tracker, proxy, sandbox } = bench;
    const { issue } = await tracker.create(aDraft(tracker));
    proxy.plan({ rules: [{ method: 'PATCH', nth: 1, fault: { do: 'drop', when: 'after' } }] });

    const { issue: after } = await tracker.update(issue, { title: 'Once' });

    expect(after.title).toBe('Once');
    expect(proxy.sent('PATCH')).toHaveLength(1);
    expect(sandbox.bugs[0]?.title).toBe('Once');
  });

  it('waits when Launchpad asks to slow down, and is then written', async () => {
    const { tracker, proxy, sandbox } = bench;
    const { issue } = await tracker.create(aDraft(tracker));
    const fault: Fault = { do: 'answer', when: 'before', status: 429, headers: { 'retry-after': '1' } };
    proxy.plan({ rules: [{ method: 'PATCH', nth: 1, fault }] });

    await tracker.update(issue, { title: 'After a while' });

    expect(sandbox.bugs[0]?.title).toBe('After a while');
  });

  it('gives up with the reason when Launchpad keeps failing', async () => {
    const { tracker, proxy } = bench;
    const { issue } = await tracker.create(aDraft(tracker));
    proxy.plan({ rules: [{ method: 'PATCH', fault: { do: 'answer', when: 'before', status: 502 } }] });

    const error = await refusalOf(tracker.update(issue, { title: 'Never' }));

    expect(error.refusal.kind).toBe('broken');
    expect(error.message).toContain('502');
  });

  it('gives up as a conflict when it never fits', async () => {
    const { tracker, proxy } = bench;
    const { issue } = await tracker.create(aDraft(tracker));
    proxy.plan({ rules: [{ method: 'PATCH', fault: { do: 'answer', when: 'before', status: 412, body: '' } }] });

    const error = await refusalOf(tracker.update(issue, { title: 'Never' }));

    expect(error.refusal).toEqual({ kind: 'conflict', id: issue.id });
    expect(proxy.sent('PATCH')).toHaveLength(4);
  });
});

describe('a read', () => {
  it.each<{ when: string; fault: Fault }>([
    { when: 'the connection drops', fault: { do: 'drop', when: 'before' } },
    { when: 'a proxy says 502', fault: { do: 'answer', when: 'before', status: 502 } },
    { when: 'half of the answer is cut off', fault: { do: 'truncate' } },
    {
      when: 'Launchpad asks to slow down',
      fault: { do: 'answer', when: 'before', status: 429, headers: { 'retry-after': '1' } },
    },
  ])('is tried again when $when', async ({ fault }) => {
    const { tracker, proxy } = bench;
    await tracker.create(aDraft(tracker));
    proxy.plan({ rules: [{ path: 'searchTasks', nth: 1, fault }] });

    const { issues } = await tracker.changes(null);

    expect(issues).toHaveLength(1);
  });

  it('says until when to wait when that is longer than it may', async () => {
    const { tracker, proxy } = bench;
    proxy.plan({
      rules: [{ fault: { do: 'answer', when: 'before', status: 429, headers: { 'retry-after': '600' } } }],
    });

    const error = await refusalOf(tracker.changes(null));

    expect(error.refusal).toMatchObject({ kind: 'busy', until: expect.any(Date) });
    expect(proxy.requests).toHaveLength(1);
  });

  it.each<{ what: string; fault: Fault; said: string }>([
    { what: 'an HTML page', fault: { do: 'garbage' }, said: 'an HTML page' },
    {
      what: 'an empty answer',
      fault: { do: 'answer', when: 'before', status: 200, body: '' },
      said: 'an empty answer',
    },
  ])('says in one sentence that it got $what', async ({ fault, said }) => {
    const { tracker, proxy } = bench;
    proxy.plan({ rules: [{ path: 'searchTasks', fault }] });

    const error = await refusalOf(tracker.changes(null));

    expect(error.refusal.kind).toBe('broken');
    expect(error.message).toContain(said);
    expect(error.message).not.toContain('\n');
  });
});

describe('what a failure tells', () => {
  it('holds no secret, however deep one looks', async () => {
    const { tracker, proxy, sandbox } = bench;
    const secret = sandbox.credentials.split(':')[2] ?? '';
    proxy.plan({ rules: [{ fault: { do: 'drop', when: 'before' } }] });

    const error = await refusalOf(tracker.create(aDraft(tracker)));

    const { inspect } = await import('node:util');
    expect(inspect(error, { depth: 20, showHidden: true })).not.toContain(secret);
  });
});
