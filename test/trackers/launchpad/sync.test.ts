import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Config } from '../../../config/schema.ts';
import type { Fault } from '../../../src/sandbox/fault-plan.ts';
import { type FaultProxy, startFaultProxy } from '../../../src/sandbox/faults.ts';
import { type LaunchpadSandbox, startLaunchpadSandbox } from '../../../src/sandbox/launchpad.ts';
import { launchpadDialect } from '../../../src/trackers/launchpad/dialect.ts';
import { type Wired, wire } from '../../../src/wire.ts';
import * as real from '../../apply/real.ts';

/** Statements that ask for features. */
const someItems = (count: number) => real.someItems(count).map((item) => ({ ...item, kind: 'rfe' as const }));

let sandbox: LaunchpadSandbox;
let proxy: FaultProxy;
let folder: string;
const opened: Wired[] = [];

beforeEach(async () => {
  sandbox = await startLaunchpadSandbox();
  proxy = await startFaultProxy({ target: sandbox.url });
  folder = await mkdtemp(join(tmpdir(), 'ptg-tracker-launchpad-'));
});
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
  await proxy.close();
  await sandbox.close();
  await rm(folder, { recursive: true });
});

/** One `sync` of a program that was started anew. */
async function sync(items = someItems(4)) {
  const config = Config.parse({
    trackers: {
      bugs: { type: 'launchpad', project: sandbox.project, credentialsEnv: 'SOME_SECRET', baseUrl: proxy.url },
    },
    routes: [{ tracker: 'bugs', tags: ['rfe'], titlePrefix: '[RFE] ' }],
    ledger: join(folder, 'ledger.db'),
    limits: { settleAfter: '1h', timeout: '5s', maxWait: '1s', createsPerMinute: 60_000 },
  });
  const parts = await wire(
    { config, file: null, dir: folder, warnings: [] },
    {
      env: { SOME_SECRET: sandbox.credentials },
      cwd: folder,
      signal: new AbortController().signal,
      ledger: 'write',
      trackers: true,
    },
  );
  opened.push(parts);
  return (await real.syncReal(parts, items)).map(({ did }) => did);
}

const keys = () => sandbox.bugs.map(({ description }) => launchpadDialect.find(description)?.key).sort();
const expectedKeys = (count: number) =>
  someItems(count)
    .map(({ key }) => key)
    .sort();

describe('a sync with Launchpad', () => {
  it('costs a POST a new bug and at most three calls; again, no write and at most two reads', async () => {
    const first = await sync();
    const [posts, all] = [proxy.sent('POST').length, proxy.requests.length];
    proxy.plan({});
    const second = await sync();

    expect(first).toEqual(['created', 'created', 'created', 'created']);
    expect([posts, all <= posts + 3]).toEqual([4, true]);
    expect(second).toEqual(['nothing', 'nothing', 'nothing', 'nothing']);
    expect(proxy.requests.every(({ method }) => method === 'GET')).toBe(true);
    expect(proxy.requests.length).toBeLessThanOrEqual(2);
    expect(sandbox.bugs.map(({ title, tags }) => [title.slice(0, 6), tags])).toEqual(
      Array(4).fill(['[RFE] ', ['rfe']]),
    );
  });

  it.each<{ when: string; fault: Fault; first: string }>([
    { when: 'the connection drops after the bug was filed', fault: { do: 'drop', when: 'after' }, first: 'uncertain' },
    {
      when: 'a 502 comes after the bug was filed',
      fault: { do: 'answer', when: 'after', status: 502 },
      first: 'uncertain',
    },
    {
      when: 'a 503 with an OOPS comes: it was rolled back',
      fault: {
        do: 'answer',
        when: 'before',
        status: 503,
        headers: { 'x-lazr-oopsid': 'OOPS-1', 'retry-after': '900' },
      },
      first: 'failed',
    },
  ])('ends with exactly one bug an item when $when', async ({ fault, first }) => {
    proxy.plan({ rules: [{ method: 'POST', nth: 2, fault }] });
    const before = await sync();
    proxy.plan({});
    const after = await sync();

    expect(before[1]).toBe(first);
    expect(after.every((did) => ['adopted', 'created', 'nothing'].includes(did))).toBe(true);
    expect(keys()).toEqual(expectedKeys(4));
  });

  it('leaves the triage of the drivers as it is when a statement is reworded', async () => {
    const [item] = someItems(1);
    await sync(someItems(1));
    const id = String(sandbox.bugs[0]?.id);
    const alice = sandbox.actAs('alice');
    await alice.edit(id, { tags: ['rfe-approved', 'ovn'] });
    await alice.triage(id, {
      status: 'Triaged',
      importance: 'Wishlist',
      milestone_link: '/neutron/+milestone/victoria-2',
    });

    const did = await sync(item === undefined ? [] : [{ ...item, quote: `${item.quote} Before the release.` }]);

    expect(did).toEqual(['updated']);
    expect(sandbox.bugs[0]?.description).toContain('Before the release.');
    expect(sandbox.bugs[0]?.tags).toEqual(['ovn', 'rfe-approved']);
    expect(sandbox.bugs[0]?.tasks[0]).toMatchObject({
      status: 'Triaged',
      importance: 'Wishlist',
      milestone: 'victoria-2',
    });
  });

  it('finds its bugs again when the ledger is lost, and files none twice', async () => {
    await sync();
    for (const one of opened.splice(0)) await one.close();
    await rm(join(folder, 'ledger.db'));

    const did = await sync();

    expect(did).toEqual(['adopted', 'adopted', 'adopted', 'adopted']);
    expect(keys()).toEqual(expectedKeys(4));
  });
});
