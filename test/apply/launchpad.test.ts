import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LaunchpadSandbox, startLaunchpadSandbox } from '../../src/sandbox/launchpad.ts';
import type { Wired } from '../../src/wire.ts';
import { openWith, someItems, syncReal } from './real.ts';

let launchpad: LaunchpadSandbox;
let folder: string;
let ledger: string;
const opened: Wired[] = [];

beforeEach(async () => {
  launchpad = await startLaunchpadSandbox();
  folder = await mkdtemp(join(tmpdir(), 'ptg-apply-'));
  ledger = join(folder, 'ledger.db');
});
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
  await launchpad.close();
  await rm(folder, { recursive: true, force: true });
});

async function open(): Promise<Wired> {
  const bugs = { type: 'launchpad', project: launchpad.project, credentialsEnv: 'SOME_TOKEN', baseUrl: launchpad.url };
  const routes = [{ tracker: 'bugs', tags: ['rfe'], titlePrefix: '[RFE] ' }];
  const parts = await openWith({ trackers: { bugs }, routes, ledger }, { SOME_TOKEN: launchpad.credentials });
  opened.push(parts);
  return parts;
}

async function loseLedger(): Promise<Wired> {
  for (const one of opened.splice(0)) await one.close();
  await rm(ledger);
  return open();
}

const items = someItems(3).map((item) => ({ ...item, kind: 'rfe' as const }));
const edited = items.map((item) => ({ ...item, title: `${item.title} now`, quote: `${item.quote} Really.` }));
const writes = (from: number) => launchpad.requests.slice(from).filter((request) => !request.startsWith('GET'));

describe('a run over a Launchpad', () => {
  it('files each RFE once; the second one writes nothing and asks at most twice', async () => {
    const parts = await open();
    const count = launchpad.bugs.length;

    expect((await syncReal(parts, items)).map(({ did }) => did)).toEqual(['created', 'created', 'created']);
    const before = launchpad.requests.length;
    expect((await syncReal(parts, items)).map(({ because }) => because)).toEqual(Array(3).fill('up to date'));

    expect(writes(before)).toEqual([]);
    expect(launchpad.requests.length - before).toBeLessThanOrEqual(2);
    expect(launchpad.bugs.slice(count)).toMatchObject(
      items.map(({ title }) => ({ title: `[RFE] ${title}`, tags: ['rfe'] })),
    );
  });

  it.each([{ ledger: 'kept' }, { ledger: 'lost' }])(
    'goes along with the notes and undoes no triage, with the ledger $ledger',
    async ({ ledger: fate }) => {
      const parts = await open();
      const [first] = await syncReal(parts, items);
      const id = first?.issue?.id ?? '';
      const driver = launchpad.actAs('alice');
      await driver.edit(id, { tags: ['rfe-confirmed'], title: '[RFE] As the drivers say' });
      await driver.triage(id, { status: 'In Progress' });

      const again = fate === 'lost' ? await loseLedger() : parts;
      await syncReal(again, edited);
      const before = launchpad.requests.length;
      await syncReal(again, edited);

      const bug = launchpad.bugs.find((one) => String(one.id) === id);
      expect(bug).toMatchObject({ title: '[RFE] As the drivers say', tags: ['rfe-confirmed'] });
      expect(bug?.description).toContain('Really.');
      expect(writes(before)).toEqual([]);
      expect(launchpad.bugs.filter(({ title }) => title.endsWith(' now'))).toHaveLength(2);
    },
  );

  it('tells that a locked bug was not changed, and changes it when it is open again', async () => {
    const parts = await open();
    const [first] = await syncReal(parts, items.slice(0, 1));
    const bug = launchpad.bugs.find(({ id }) => String(id) === first?.issue?.id);
    if (bug === undefined) throw new Error('no bug was filed');
    const { title } = bug;
    bug.locked = true;

    for (const run of [1, 2]) {
      expect(await syncReal(parts, edited.slice(0, 1)), `run ${run}`).toMatchObject([
        { did: 'nothing', because: expect.stringContaining('title did not stick: Launchpad refused it (401') },
      ]);
    }
    expect(bug.title).toBe(title);
    bug.locked = false;

    expect(await syncReal(parts, edited.slice(0, 1))).toMatchObject([{ did: 'updated' }]);
    expect(bug.title).toBe(`[RFE] ${edited[0]?.title}`);
    expect(bug.description).toContain('Really.');
  });
});
