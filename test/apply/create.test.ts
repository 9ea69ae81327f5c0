import { describe, expect, it } from 'vitest';
import { LedgerError, type Refusal } from '../../src/errors.ts';
import { aKey, anItem } from '../builders.ts';
import { World } from './world.ts';

const one = anItem({ key: aKey('one'), title: 'Write the release note' });
const two = anItem({ key: aKey('two'), title: 'Remove the old driver' });
const _three = anItem({ key: aKey('three'), title: 'Ask the infra team' });

describe('applying a create', () => {
  it('files the issue, records it and says where it is', async () => {
    const world = await World.open();

    const outcomes = await world.sync([one]);

    expect(outcomes).toEqual([
      {
        key: one.key,
        title: one.title,
        tracker: 'work',
        did: 'created',
        issue: { id: '1', url: 'https://example.org/acme/items/1' },
        because: 'filed as #1',
        notes: [],
      },
    ]);
    const entry = await world.ledger.get(one.key);
    expect(entry).toMatchObject({
      claim: null,
      issue: { id: '1' },
      wrote: { title: one.title, labels: ['ptg', 'action'] },
    });
    expect((await world.ledger.history(one.key)).map(({ what }) => what)).toEqual(['claimed', 'created']);
  });

  it('writes nothing the second time', async () => {
    const world = await World.open();
    await world.sync([one, two]);
    world.work.writes.length = 0;
    const before = await world.ledger.history();

    const outcomes = await world.sync([one, two]);

    expect(outcomes.map(({ did, because }) => [did, because])).toEqual([
      ['nothing', 'up to date'],
      ['nothing', 'up to date'],
    ]);
    expect(world.work.writes).toEqual([]);
    expect(await world.ledger.history()).toEqual(before);
  });

  it('claims the key before the create is sent', async () => {
    const world = await World.open();
    const claims: unknown[] = [];
    world.work.duringCreate = async (draft) => void claims.push((await world.ledger.get(draft.key))?.claim);

    await world.sync([one]);

    expect(claims).toEqual([{ run: 'run-1', at: '2026-03-02T12:00:00.000Z', uncertain: false }]);
  });

  it('keeps its claim young while the create waits for its turn, so that no other run takes it for an orphan', async () => {
    const world = await World.open();
    world.work.limits.settleAfterMs = 200;
    const claimsSeen = new Set<string>();
    world.work.duringCreate = async (draft) => {
      while (claimsSeen.size < 3) {
        world.now = new Date(world.now.getTime() + 1);
        claimsSeen.add((await world.ledger.get(draft.key))?.claim?.at ?? 'none');
        await new Promise((resolve) => setImmediate(resolve));
      }
    };

    expect(await world.sync([one])).toMatchObject([{ did: 'created' }]);
    expect([...claimsSeen]).not.toContain('none');
    expect(await world.ledger.get(one.key)).toMatchObject({ claim: null, issue: { id: '1' } });
  });

  it('sends nothing when it wakes after another run has settled its claim', async () => {
    const world = await World.open();
    const suspended = world.work;
    let second: unknown = null;
    suspended.beforeCreate = async () => {
      if (second !== null) return;
      second = [];
      world.now = new Date(world.now.getTime() + suspended.limits.settleAfterMs + 1_000);
      world.run = 'run-2';
      second = await world.sync([one]);
      suspended.writes.push('run-1 wakes');
    };

    const first = await world.sync([one]);

    expect(second).toMatchObject([{ did: 'created', issue: { id: '1' } }]);
    expect(first).toMatchObject([{ did: 'nothing', because: 'another run has filed it as #1', issue: { id: '1' } }]);
    expect(suspended.writes).toEqual([`create ${one.key}`, 'run-1 wakes']);
    expect(await world.ledger.get(one.key)).toMatchObject({ claim: null, issue: { id: '1' } });
  });

  it('sends nothing when its claim was taken by a run that is still at it', async () => {
    const world = await World.open();
    world.work.beforeCreate = async (draft) => {
      const entry = await world.ledger.get(draft.key);
      if (entry?.claim == null) throw new Error('there is no claim');
      await world.ledger.claim({ ...entry, claim: { ...entry.claim, run: 'run-2' } }, entry.claim);
    };

    expect(await world.sync([one])).toMatchObject([{ did: 'nothing', because: 'another run has claimed it' }]);
    expect(world.work.writes).toEqual([]);
    expect((await world.ledger.get(one.key))?.claim?.run).toBe('run-2');
  });

  it('sends nothing when another run found its issue meanwhile, however young the claim is', async () => {
    const world = await World.open();
    world.work.beforeCreate = async ({ title, body, labels, assignees }) => {
      world.work.put({ title, body, labels, assignees });
      world.run = 'run-2';
      await world.sync([one]);
    };

    expect(await world.sync([one])).toMatchObject([
      { did: 'nothing', because: 'another run has filed it as #1', issue: { id: '1' } },
    ]);
    expect(world.work.writes).toEqual([]);
  });

  it('renews a claim that grew old while it waited, right before it sends', async () => {
    const world = await World.open();
    world.work.beforeCreate = () => {
      world.now = new Date(world.now.getTime() + 600_000);
    };
    const claims: unknown[] = [];
    world.work.duringCreate = async (draft) => void claims.push((await world.ledger.get(draft.key))?.claim);

    expect(await world.sync([one])).toMatchObject([{ did: 'created' }]);
    expect(claims).toEqual([{ run: 'run-1', at: '2026-03-02T12:10:00.000Z', uncertain: false }]);
  });

  it('sends nothing when the ledger cannot tell whether the claim is still ours', async () => {
    const world = await World.open();
    const { ledger } = world;
    const get = ledger.get.bind(ledger);
    ledger.get = async () => Promise.reject(new LedgerError('the disk is gone'));

    const outcomes = await world.sync([one]).catch((error: unknown) => error);
    ledger.get = get;

    expect(outcomes).toMatchObject([{ did: 'failed', because: 'the disk is gone' }]);
    expect(world.work.writes).toEqual([]);
    expect((await ledger.get(one.key))?.claim).toBeNull();
  });

  it('sends nothing when another run has filed it meanwhile', async () => {
    const world = await World.open();
    const plan = await world.plan([one]);
    await world.sync([one]);
    world.work.writes.length = 0;

    expect(await world.apply(plan)).toMatchObject([
      { did: 'nothing', because: 'another run has filed it as #1', issue: { id: '1' } },
    ]);
    expect(world.work.writes).toEqual([]);
  });

  it('sends nothing while another run is at it', async () => {
    const world = await World.open();
    const plan = await world.plan([one]);
    let meanwhile: unknown = null;
    world.work.duringCreate = async () => {
      if (meanwhile !== null) return;
      world.run = 'run-2';
      meanwhile = await world.apply(plan);
    };

    await world.sync([one]);

    expect(meanwhile).toMatchObject([{ did: 'nothing', because: 'another run has claimed it', issue: null }]);
    expect(world.work.issues.size).toBe(1);
  });

  it('says what did not stick', async () => {
    const world = await World.open();
    const create = world.work.create.bind(world.work);
    world.work.create = async (draft) => ({
      ...(await create(draft)),
      dropped: [{ what: 'label ptg', because: 'no push access' }],
    });

    expect(await world.sync([one])).toMatchObject([
      { did: 'created', notes: ['label ptg did not stick: no push access'] },
    ]);
  });

  it.each<{ kind: string; refusal: Refusal }>([
    { kind: 'invalid', refusal: { kind: 'invalid', field: 'title' } },
    { kind: 'denied', refusal: { kind: 'denied' } },
    { kind: 'unreachable', refusal: { kind: 'unreachable' } },
    { kind: 'busy', refusal: { kind: 'busy', until: new Date('2026-03-02T13:00:00.000Z') } },
  ])('gives the key back when the create was refused as $kind', async ({ refusal }) => {
    const world = await World.open();
    world.work.createFaults.push(refusal);

    expect(await world.sync([one])).toMatchObject([{ did: 'failed' }]);
    expect(await world.ledger.get(one.key)).toMatchObject({ claim: null, issue: null });
    expect(await world.sync([one])).toMatchObject([{ did: 'created' }]);
  });
});

describe('applying a create whose answer is lost', () => {
  const made = async () => {
    const world = await World.open();
    world.work.createFaults.push('lost');
    return { world, outcomes: await world.sync([one]) };
  };

  it('is uncertain, and says that it will not be sent twice', async () => {
    const { outcomes } = await made();

    expect(outcomes).toMatchObject([
      {
        did: 'uncertain',
        issue: null,
        because:
          'the connection broke after it was sent. It will be looked for on the next run; it will not be sent twice.',
      },
    ]);
  });

  it('is adopted on the next run', async () => {
    const { world } = await made();

    expect(await world.sync([one])).toMatchObject([{ did: 'adopted', issue: { id: '1' } }]);
    expect(world.work.issues.size).toBe(1);
    expect(await world.sync([one])).toMatchObject([{ did: 'nothing', because: 'up to date' }]);
  });

  it.each<{ fault: Refusal }>([
    { fault: { kind: 'uncertain' } },
    { fault: { kind: 'broken' } },
    { fault: { kind: 'conflict', id: '1' } },
    { fault: { kind: 'gone', id: '1' } },
  ])('waits when nothing is there yet ($fault.kind), and creates once the settling time is over', async ({ fault }) => {
    const world = await World.open();
    world.work.createFaults.push(fault);
    await world.sync([one]);
    world.run = 'run-2';

    world.now = new Date('2026-03-02T12:10:00.000Z');
    expect(await world.sync([one])).toMatchObject([{ did: 'uncertain' }]);
    world.now = new Date('2026-03-02T12:15:00.000Z');
    expect(await world.sync([one])).toMatchObject([
      { did: 'created', because: expect.stringContaining('left no issue') },
    ]);
    expect(world.work.issues.size).toBe(1);
  });

  it('is uncertain also for an error that nobody expected', async () => {
    const world = await World.open();
    world.work.duringCreate = () => {
      throw new TypeError('cannot read properties of undefined');
    };

    expect(await world.sync([one])).toMatchObject([{ did: 'uncertain' }]);
    expect((await world.ledger.get(one.key))?.claim?.uncertain).toBe(true);
  });

  it('keeps what a person wrote before it was adopted', async () => {
    const { world } = await made();
    world.work.edit('1', { title: 'Mine', labels: ['action'], assignees: ['carol'] });

    expect(await world.sync([one])).toMatchObject([{ did: 'adopted' }]);
    const edited = anItem({ ...one, title: 'Write the release note soon' });
    await world.sync([edited]);
    expect(world.work.issues.get('1')).toMatchObject({ title: 'Mine', labels: ['action'], assignees: ['carol'] });
  });
});
