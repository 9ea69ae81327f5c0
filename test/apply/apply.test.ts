import { describe, expect, it } from 'vitest';
import { apply } from '../../src/apply/apply.ts';
import { LedgerError, type Refusal } from '../../src/errors.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { makePlan } from '../../src/plan/make.ts';
import { aKey, anItem } from '../builders.ts';
import { aRoute, theFacts, theInput } from '../plan/world.ts';
import { SimulatedTracker } from './simulator.ts';
import { World } from './world.ts';

const one = anItem({ key: aKey('one'), title: 'Write the release note' });
const two = anItem({ key: aKey('two'), title: 'Remove the old driver' });
const three = anItem({ key: aKey('three'), title: 'Ask the infra team' });

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

  it('sends nothing when another run has won the key', async () => {
    const world = await World.open();
    const plan = await world.plan([one]);
    await world.sync([one]);
    world.work.writes.length = 0;

    expect(await world.apply(plan)).toMatchObject([{ did: 'nothing', because: 'another run has claimed it' }]);
    expect(world.work.writes).toEqual([]);
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

describe('a tracker that refuses everything', () => {
  it.each(['denied', 'forbidden', 'missing', 'disabled', 'unreachable'] as const)(
    'is asked once when it answers %s; the other items say why, and the caller is told',
    async (kind) => {
      const world = await World.open();
      world.work.createFaults.push({ kind });

      const outcomes = await world.sync([one, two, three]);

      expect(outcomes.map(({ did }) => did)).toEqual(['failed', 'failed', 'failed']);
      expect(new Set(outcomes.map(({ because }) => because)).size).toBe(1);
      expect(world.work.writes).toHaveLength(1);
      expect(world.troubles).toMatchObject([{ refusal: { kind }, exit: 3 }]);
    },
  );

  it('does not hold up another one', async () => {
    const world = await World.open();
    const other = new SimulatedTracker('other', 'acme/other');
    world.trackers.set('other', other);
    world.routes = [aRoute({ kind: 'rfe', tracker: 'other' }), aRoute()];
    world.work.createFaults.push({ kind: 'denied' });

    const outcomes = await world.sync([one, anItem({ ...two, kind: 'rfe' }), three]);

    const byKey = new Map(outcomes.map(({ key, did }) => [key, did]));
    expect(byKey).toEqual(
      new Map([
        [one.key, 'failed'],
        [two.key, 'created'],
        [three.key, 'failed'],
      ]),
    );
  });
});

describe('a tracker that could not be used when the plan was made', () => {
  it('fails the items that were due there, with its reason', async () => {
    const world = await World.open();
    const facts = theFacts({ unavailable: 'GitHub refused the token' });
    const plan = makePlan(theInput({ items: [one], trackers: [facts] }));

    expect(await world.apply(plan)).toMatchObject([{ did: 'failed', because: 'GitHub refused the token' }]);
  });

  it('fails what the configuration no longer names', async () => {
    const world = await World.open();
    const plan = await world.plan([one]);
    world.trackers.clear();

    expect(await world.apply(plan)).toMatchObject([{ did: 'failed', because: 'work is not in the configuration' }]);
  });
});

describe('one bad item', () => {
  it('does not stop the others', async () => {
    const world = await World.open();
    world.work.createFaults.push(null, { kind: 'invalid', field: 'title' }, null);

    const outcomes = await world.sync([one, two, three]);

    expect(outcomes.map(({ did, because }) => [did, because])).toEqual([
      ['created', 'filed as #1'],
      ['failed', 'the title was refused'],
      ['created', 'filed as #2'],
    ]);
    expect(world.troubles).toEqual([]);
  });
});

describe('a rate limit', () => {
  const until = new Date('2026-03-02T12:00:00.050Z');

  it('is told with its end, for the item that met it and all that follow', async () => {
    const world = await World.open();
    world.work.createFaults.push(null, { kind: 'busy', until });

    const outcomes = await world.sync([one, two, three]);

    expect(outcomes.map(({ did, because }) => [did, because])).toEqual([
      ['created', 'filed as #1'],
      ['failed', 'work takes no more until 2026-03-02 12:00:00 UTC: the next run goes on'],
      ['failed', 'work takes no more until 2026-03-02 12:00:00 UTC: the next run goes on'],
    ]);
    expect(world.work.writes).toHaveLength(2);
    expect(world.troubles).toMatchObject([{ refusal: { kind: 'busy' } }]);
    expect((await world.ledger.entries()).filter(({ claim }) => claim !== null)).toEqual([]);
  });

  it('is waited for when that is short enough, without a claim, and told while it lasts', async () => {
    const world = await World.open();
    world.maxWaitMs = 1_000;
    world.work.createFaults.push({ kind: 'busy', until });

    const outcomes = await world.sync([one, two]);

    expect(outcomes.map(({ did }) => did)).toEqual(['created', 'created']);
    expect(world.progress[0]).toEqual({ kind: 'waiting', tracker: 'work', until });
    expect(world.troubles).toEqual([]);
  });

  it('is waited for no longer than allowed in all', async () => {
    const world = await World.open();
    world.maxWaitMs = 60;
    world.work.createFaults.push({ kind: 'busy', until }, { kind: 'busy', until });

    expect((await world.sync([one])).map(({ did }) => did)).toEqual(['failed']);
  });
});

describe('Ctrl-C', () => {
  it('lets the request in flight end, begins no other, and leaves no claim behind', async () => {
    const world = await World.open();
    world.work.duringCreate = () => world.stop.abort();

    const outcomes = await world.sync([one, two, three]);

    expect(outcomes.map(({ did, because }) => [did, because])).toEqual([
      ['created', 'filed as #1'],
      ['nothing', 'stopped before it was its turn'],
      ['nothing', 'stopped before it was its turn'],
    ]);
    expect((await world.ledger.entries()).map(({ claim }) => claim)).toEqual([null]);
  });

  it('gives a key back that was claimed but not sent', async () => {
    const world = await World.open();
    const { ledger, stop } = world;
    const claim = ledger.claim.bind(ledger);
    ledger.claim = async (...given) => {
      const won = await claim(...given);
      stop.abort();
      return won;
    };

    expect(await world.sync([one])).toMatchObject([{ did: 'nothing', because: 'stopped before it was its turn' }]);
    expect((await ledger.get(one.key))?.claim ?? null).toBeNull();
    expect(world.work.writes).toEqual([]);
  });

  it('ends a wait for a rate limit at once', async () => {
    const world = await World.open();
    world.maxWaitMs = 3_600_000;
    world.work.createFaults.push({ kind: 'busy', until: new Date('2026-03-02T12:59:00.000Z') });
    world.work.duringCreate = () => void setImmediate(() => setImmediate(() => world.stop.abort()));

    expect(await world.sync([one])).toMatchObject([{ did: 'nothing', because: 'stopped before it was its turn' }]);
  });

  it('records what was sent when the reader of the outcomes walks away', async () => {
    const world = await World.open();
    const plan = await world.plan([one, two, three]);
    const { trackers, ledger, run, maxWaitMs, stop } = world;
    const parts = { trackers, ledger, run, maxWaitMs, clock: () => world.now, signal: stop.signal };

    for await (const _ of apply(plan, parts)) break;

    const entries = await ledger.entries();
    expect(entries.length).toBe(world.work.issues.size);
    expect(entries.every(({ claim, issue }) => claim === null && issue !== null)).toBe(true);
  });
});

describe('a ledger that fails', () => {
  const failing = (ledger: Ledger, name: 'claim' | 'record' | 'log', times = Number.POSITIVE_INFINITY) => {
    const real = ledger[name].bind(ledger) as (...given: never[]) => Promise<never>;
    let left = times;
    Object.assign(ledger, {
      [name]: async (...given: never[]) => {
        left -= 1;
        if (left >= 0) throw new LedgerError('the disk is full');
        return real(...given);
      },
    });
  };

  it('stops all writes before the first when a key cannot be claimed', async () => {
    const world = await World.open();
    failing(world.ledger, 'claim');

    const outcomes = await world.sync([one, two]);

    expect(outcomes.map(({ did, because }) => [did, because])).toEqual([
      ['failed', 'the disk is full'],
      ['failed', 'the disk is full'],
    ]);
    expect(world.work.writes).toEqual([]);
    expect(world.troubles).toHaveLength(1);
  });

  it('tells of an issue that was made and could not be recorded; the next run takes it over', async () => {
    const world = await World.open();
    failing(world.ledger, 'record', 1);
    const plan = await world.plan([one, two]);

    const outcomes = await world.apply(plan);

    expect(outcomes).toMatchObject([
      { did: 'created', notes: ['the ledger could not be written (the disk is full): the next run takes it over'] },
      { did: 'failed', because: 'the disk is full' },
    ]);
    expect(await world.sync([one, two])).toMatchObject([{ did: 'adopted' }, { did: 'created' }]);
    expect(world.work.issues.size).toBe(2);
  });

  it('sends nothing when not even the journal can be written', async () => {
    const world = await World.open();
    failing(world.ledger, 'log');

    expect(await world.sync([one])).toMatchObject([{ did: 'failed' }]);
    expect(world.work.writes).toEqual([]);
    expect((await world.ledger.get(one.key))?.claim ?? null).toBeNull();
  });
});

describe('applying an update', () => {
  const edited = anItem({ ...one, title: 'Write both release notes' });
  const filed = async () => {
    const world = await World.open();
    await world.sync([one]);
    return world;
  };

  it('writes the fields and records them', async () => {
    const world = await filed();

    expect(await world.sync([edited])).toMatchObject([
      { did: 'updated', because: 'changed since it was filed: title, body', issue: { id: '1' } },
    ]);
    expect(world.work.issues.get('1')?.title).toBe('Write both release notes');
    expect(await world.ledger.get(one.key)).toMatchObject({
      item: { title: 'Write both release notes' },
      wrote: { title: 'Write both release notes', labels: ['ptg', 'action'] },
      seen: { title: 'Write both release notes' },
    });
    expect(await world.sync([edited])).toMatchObject([{ did: 'nothing', because: 'up to date' }]);
  });

  it('writes nothing when somebody changed it while we looked, and compares again next time', async () => {
    const world = await filed();
    const plan = await world.plan([edited]);
    world.work.edit('1', { assignees: ['carol'] });

    expect(await world.apply(plan)).toMatchObject([
      {
        did: 'nothing',
        because: 'changed by somebody while we looked: nothing written, the next run compares again',
      },
    ]);
    expect(await world.sync([edited])).toMatchObject([{ did: 'updated' }]);
    expect(world.work.issues.get('1')).toMatchObject({ title: 'Write both release notes', assignees: ['carol'] });
  });

  it('reports a deleted issue and never files it again', async () => {
    const world = await filed();
    const plan = await world.plan([edited]);
    world.work.issues.clear();

    expect(await world.apply(plan)).toMatchObject([
      { did: 'failed', because: 'its issue #1 was deleted on the tracker: not filed again' },
    ]);
    expect(await world.sync([edited])).toMatchObject([
      { did: 'nothing', because: 'its issue #1 was deleted on the tracker: not filed again' },
    ]);
    expect(world.work.issues.size).toBe(0);
  });

  it('takes a later edit of the notes through when the answer to an update was lost', async () => {
    const world = await filed();
    world.work.updateFaults.push('lost');

    expect(await world.sync([edited])).toMatchObject([{ did: 'failed' }]);
    expect(await world.sync([edited])).toMatchObject([{ did: 'nothing', because: 'up to date' }]);
    await world.sync([anItem({ ...one, title: 'Write three release notes' })]);
    expect(world.work.issues.get('1')?.title).toBe('Write three release notes');
  });
});

describe('two issues with one key', () => {
  it('end as one: the lower number stays, the other is closed as its duplicate', async () => {
    const world = await World.open();
    await world.sync([one]);
    world.work.double('1');
    world.work.writes.length = 0;

    const outcomes = await world.sync([one]);

    expect(outcomes.map(({ did, issue }) => [did, issue?.id])).toEqual([
      ['nothing', '1'],
      ['updated', '2'],
    ]);
    expect(world.work.issues.get('2')).toMatchObject({ duplicateOf: '1' });
    expect((await world.sync([one])).map(({ did }) => did)).toEqual(['nothing']);
  });

  it('are told again until the second one is closed', async () => {
    const world = await World.open();
    await world.sync([one]);
    world.work.double('1');
    world.work.updateFaults.push({ kind: 'invalid', field: null });

    expect(await world.sync([one])).toMatchObject([{ did: 'nothing' }, { did: 'failed', issue: { id: '2' } }]);
    expect(await world.sync([one])).toMatchObject([{ did: 'nothing' }, { did: 'updated', issue: { id: '2' } }]);
    await world.sync([one]);
    expect(await world.ledger.cursor('github:acme/items')).not.toBeNull();
    expect(await world.sync([one])).toMatchObject([{ because: 'up to date' }]);
  });
});

describe('an item that is only followed', () => {
  it('is kept in the ledger without a write to any tracker', async () => {
    const world = await World.open();
    const tracked = { url: 'https://bugs.launchpad.net/neutron/+bug/77', kind: 'launchpad-bug', id: '77' } as const;

    await world.sync([anItem({ ...one, tracked })]);

    expect(await world.ledger.get(one.key)).toMatchObject({ issue: null, claim: null, item: { tracked } });
    expect(world.work.writes).toEqual([]);
  });
});

describe('trackers', () => {
  it('work beside each other, and each of them does one thing at a time', async () => {
    const world = await World.open();
    const other = new SimulatedTracker('other', 'acme/other');
    world.trackers.set('other', other);
    world.routes = [aRoute({ kind: 'rfe', tracker: 'other' }), aRoute()];
    let meet: () => void = () => undefined;
    const met = new Promise<void>((resolve) => {
      meet = resolve;
    });
    // Each create waits for the other tracker's: only two lanes at once get past it.
    let arrived = 0;
    const wait = async () => {
      arrived += 1;
      if (arrived === 2) meet();
      await met;
    };
    world.work.duringCreate = wait;
    other.duringCreate = wait;

    await world.sync([one, two, anItem({ ...three, kind: 'rfe' })]);

    expect([world.work.mostAtOnce, other.mostAtOnce]).toEqual([1, 1]);
    expect([world.work.issues.size, other.issues.size]).toEqual([2, 1]);
  });
});

describe('progress', () => {
  it('counts the changes of each tracker', async () => {
    const world = await World.open();

    await world.sync([one, two]);

    expect(world.progress).toMatchObject([
      { kind: 'outcome', tracker: 'work', done: 1, total: 2 },
      { kind: 'outcome', tracker: 'work', done: 2, total: 2 },
    ]);
  });
});
