import { describe, expect, it } from 'vitest';
import { aKey, anItem, anOwner } from '../builders.ts';
import { aRoute } from '../plan/world.ts';
import { World } from './world.ts';

const one = anItem({ key: aKey('one'), title: 'Write the release note' });
const _two = anItem({ key: aKey('two'), title: 'Remove the old driver' });
const _three = anItem({ key: aKey('three'), title: 'Ask the infra team' });

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
    expect(await world.ledger.get(one.key)).toMatchObject({ seen: { assignees: ['carol'] } });
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

  it('end as one though the first was given other labels and owners since', async () => {
    const world = await World.open();
    const owned = (name: string) => anItem({ ...one, owners: [anOwner({ name, github: `${name}-gh` })] });
    world.routes = [aRoute({ labels: ['nova'] })];
    await world.sync([owned('alice')]);
    world.routes = [aRoute({ labels: ['octavia'] })];
    await world.sync([owned('bob')]);
    expect(world.work.issues.get('1')).toMatchObject({ assignees: ['bob-gh'] });
    expect(world.work.double('1')).toMatchObject({ assignees: ['alice-gh'] });

    const outcomes = await world.sync([owned('bob')]);

    expect(outcomes.map(({ did, issue }) => [did, issue?.id])).toEqual([
      ['nothing', '1'],
      ['updated', '2'],
    ]);
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
