import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/apply/outcome.ts';
import type { Fault } from '../../src/sandbox/fault-plan.ts';
import { type FaultProxy, startFaultProxy } from '../../src/sandbox/faults.ts';
import { type GitHubSandbox, startGitHubSandbox } from '../../src/sandbox/github.ts';
import type { Wired } from '../../src/wire.ts';
import type { Errand } from './child.ts';
import { openReal, type Place, someItems, syncReal } from './real.ts';

let github: GitHubSandbox;
let proxy: FaultProxy;
let used = 0;
const opened: Wired[] = [];
const children: ChildProcess[] = [];

beforeAll(async () => {
  const others = Array.from({ length: 30 }, (_, index) => `acme/r${index}`);
  github = await startGitHubSandbox({ seed: { others } });
  proxy = await startFaultProxy({ target: github.url });
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const one of opened.splice(0)) await one.close();
  proxy.plan({});
});
afterAll(async () => {
  await proxy.close();
  await github.close();
});

/** A repository and a ledger that no other test uses. */
async function place(over: Partial<Place> = {}): Promise<Place> {
  const dir = await mkdtemp(join(tmpdir(), 'ptg-apply-'));
  const repository = `acme/r${used++}`;
  return { url: proxy.url, token: github.token, repository, ledger: join(dir, 'ledger.db'), ...over };
}

async function open(at: Place): Promise<Wired> {
  const parts = await openReal(at);
  opened.push(parts);
  return parts;
}

async function child(errand: Errand): Promise<{ readonly outcomes: Outcome[]; readonly signal: string | null }> {
  const script = join(import.meta.dirname, 'child.ts');
  const process_ = spawn(process.execPath, ['--import', 'tsx', script, JSON.stringify(errand)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(process_);
  const [out, [, signal]] = await Promise.all([text(process_.stdout), once(process_, 'close')]);
  return { outcomes: out === '' ? [] : (JSON.parse(out) as Outcome[]), signal };
}

/** The titles of all issues there, open ones. */
async function open_(at: Place): Promise<string[]> {
  const all = await github.actAs('alice', at.repository).all();
  return all.filter(({ state }) => state === 'open').map(({ title }) => title);
}

const did = (outcomes: readonly Outcome[]) => outcomes.map((outcome) => outcome.did);
const writes = () =>
  proxy.requests.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`);
const items = someItems(3);
const titles = items.map(({ title }) => title);

describe('a run over real HTTP and a real file', () => {
  it('files each item once; the second one writes nothing and asks once', async () => {
    const at = await place();
    const parts = await open(at);

    expect(did(await syncReal(parts, items))).toEqual(['created', 'created', 'created']);
    proxy.plan({});
    expect(did(await syncReal(parts, items))).toEqual(['nothing', 'nothing', 'nothing']);

    expect(writes()).toEqual([]);
    expect(proxy.requests).toHaveLength(1);
    expect(await open_(at)).toEqual(titles);
  });

  it('takes over what is there when the ledger is lost, and writes nothing', async () => {
    const at = await place();
    const parts = await open(at);
    await syncReal(parts, items);
    await parts.close();
    opened.length = 0;
    await rm(at.ledger);
    proxy.plan({});

    const again = await open(at);

    expect(did(await syncReal(again, items))).toEqual(['adopted', 'adopted', 'adopted']);
    expect(writes()).toEqual([]);
    expect(did(await syncReal(again, items))).toEqual(['nothing', 'nothing', 'nothing']);
  });
});

describe('a create whose answer is lost', () => {
  it.each<{ how: string; fault: Fault }>([
    { how: 'the connection breaks', fault: { do: 'drop', when: 'after' } },
    { how: 'a gateway answers 502', fault: { do: 'answer', when: 'after', status: 502 } },
    { how: 'half of it comes', fault: { do: 'truncate' } },
    { how: 'it is no JSON', fault: { do: 'garbage' } },
    { how: 'it comes after the time-out', fault: { do: 'slow', ms: 1_500 } },
  ])('is taken over by the next run when $how', async ({ fault }) => {
    const at = await place({ timeout: '500ms' });
    const parts = await open(at);
    proxy.plan({ rules: [{ method: 'POST', path: /\/issues$/, nth: 2, fault }] });

    expect(did(await syncReal(parts, items))).toEqual(['created', 'uncertain', 'created']);
    expect(did(await syncReal(parts, items))).toEqual(['nothing', 'adopted', 'nothing']);
    expect((await open_(at)).toSorted()).toEqual(titles.toSorted());
  });

  it.each<{ how: string; fault: Fault }>([
    { how: 'the connection breaks', fault: { do: 'drop', when: 'before' } },
    { how: 'a gateway answers 504', fault: { do: 'answer', when: 'before', status: 504 } },
  ])('is waited for, and sent again only after the settling time, when $how before it arrives', async ({ fault }) => {
    const at = await place();
    const parts = await open(at);
    let late = 0;
    const later = { ...parts, now: () => new Date(Date.now() + late) };
    proxy.plan({ rules: [{ method: 'POST', path: /\/issues$/, nth: 2, fault }] });

    expect(did(await syncReal(later, items))).toEqual(['created', 'uncertain', 'created']);
    expect(did(await syncReal(later, items))).toEqual(['nothing', 'uncertain', 'nothing']);
    late = 3_600_000;
    expect(did(await syncReal(later, items))).toEqual(['nothing', 'created', 'nothing']);
    expect((await open_(at)).toSorted()).toEqual(titles.toSorted());
  });
});

describe('a run that is killed', () => {
  it('between its create and the record leaves an issue that the next run takes over', async () => {
    const at = await place();

    expect(await child({ ...at, items: 3, die: 'after the create' })).toEqual({ outcomes: [], signal: 'SIGKILL' });
    expect(await open_(at)).toHaveLength(1);

    expect(did(await syncReal(await open(at), items))).toEqual(['adopted', 'created', 'created']);
    expect((await open_(at)).toSorted()).toEqual(titles.toSorted());
  });

  it('between its claim and the create leaves a claim that is settled by looking', async () => {
    const at = await place();

    expect(await child({ ...at, items: 3, die: 'before the create' })).toEqual({ outcomes: [], signal: 'SIGKILL' });
    const parts = await open(at);
    const early = await syncReal(parts, items);
    const late = await syncReal({ ...parts, now: () => new Date(Date.now() + 3_600_000) }, items);

    expect(did(early)).toEqual(['nothing', 'created', 'created']);
    expect(early[0]?.because).toMatch(/^another run \(run-\d+-1\) is at it since /);
    expect(did(late)).toEqual(['created', 'nothing', 'nothing']);
    expect((await open_(at)).toSorted()).toEqual(titles.toSorted());
  });
});

describe('runs at the same time', () => {
  it('as four processes on one ledger file one issue an item', { timeout: 60_000 }, async () => {
    const at = await place();

    const all = await Promise.all(Array.from({ length: 4 }, () => child({ ...at, items: 6, die: null })));

    expect(all.map(({ outcomes }) => outcomes.length)).toEqual([6, 6, 6, 6]);
    const made = all.flatMap(({ outcomes }) => outcomes).filter((outcome) => outcome.did === 'created');
    expect(made.map(({ key }) => key).toSorted()).toEqual(
      someItems(6)
        .map(({ key }) => key)
        .toSorted(),
    );
    expect(await open_(at)).toHaveLength(6);
  });

  it('with two ledgers end as one open issue an item: the lower number stays', async () => {
    const at = await place();
    const [one, two] = [await open(at), await open({ ...at, ledger: `${at.ledger}.second` })];
    const barrier = meeting(2);
    const both = [one, two].map((parts) => ({ ...parts, trackers: met(parts, barrier) }));

    await Promise.all(both.map((parts) => syncReal(parts, items)));
    const doubles = (await open_(at)).length;
    for (const parts of [one, two, one]) await syncReal(parts, items);

    expect(doubles).toBeGreaterThan(3);
    const all = await github.actAs('alice', at.repository).all();
    expect(
      all
        .filter(({ state }) => state === 'open')
        .map(({ title }) => title)
        .toSorted(),
    ).toEqual(titles.toSorted());
    for (const { number, title, state } of all) {
      const lowest = Math.min(...all.filter((other) => other.title === title).map((other) => other.number));
      expect(state === 'open').toBe(number === lowest);
    }
  });
});

/** Everybody waits until so many have come. */
function meeting(count: number): () => Promise<void> {
  let come = 0;
  let go: () => void = () => undefined;
  const all = new Promise<void>((resolve) => {
    go = resolve;
  });
  return () => {
    come += 1;
    if (come >= count) go();
    return all;
  };
}

/** The trackers of a run that creates nothing before the other run has looked too. */
function met(parts: Wired, barrier: () => Promise<void>): Wired['trackers'] {
  return new Map(
    [...parts.trackers].map(([name, tracker]) => [
      name,
      {
        ...tracker,
        create: async (draft) => {
          await barrier();
          return tracker.create(draft);
        },
      },
    ]),
  );
}

describe('what people did', () => {
  const edited = items.map((item) => ({ ...item, title: `${item.title} now`, quote: `${item.quote} Really.` }));

  it.each([{ ledger: 'kept' }, { ledger: 'lost' }])(
    'stays when the notes change, with the ledger $ledger',
    async ({ ledger }) => {
      const at = await place();
      const parts = await open(at);
      await syncReal(parts, items);
      const alice = github.actAs('alice', at.repository);
      await alice.retitle(1, 'Mine');
      await alice.label(1, 'urgent');
      await alice.unlabel(1, 'ptg');
      await alice.assign(1, 'alice');
      await alice.rewrite(2, `${(await alice.see(2)).body}\n\nI looked into it.`);
      await alice.close(3);
      if (ledger === 'lost') {
        await parts.close();
        opened.length = 0;
        await rm(at.ledger);
      }

      const again = ledger === 'lost' ? await open(at) : parts;
      await syncReal(again, edited);
      await syncReal(again, edited);

      expect(await alice.see(1)).toMatchObject({ title: 'Mine', assignees: [{ login: 'alice' }] });
      expect((await alice.see(1)).labels.map(({ name }) => name).toSorted()).toEqual(['action', 'urgent']);
      expect((await alice.see(1)).body).toContain('Really.');
      expect(await alice.see(2)).toMatchObject({ title: edited[1]?.title });
      expect((await alice.see(2)).body).toMatch(/Really\.(?:.|\n)*\n\nI looked into it\.$/);
      expect(await alice.see(3)).toMatchObject({ state: 'closed', title: items[2]?.title });
      proxy.plan({});
      await syncReal(again, edited);
      expect(writes()).toEqual([]);
    },
  );

  it('is not undone by filing again what they deleted', async () => {
    const at = await place({ repository: github.repository });
    const parts = await open(at);
    await syncReal(parts, items);
    github.remove(2);

    expect(did(await syncReal(parts, edited))).toHaveLength(3);
    expect(await syncReal(parts, edited)).toMatchObject([{ did: 'nothing' }, { because: DELETED }, { did: 'nothing' }]);
    expect(writes().filter((write) => write.startsWith('POST') && write.endsWith('/issues'))).toHaveLength(3);
  });
});

const DELETED = 'its issue #2 was deleted on the tracker: not filed again';
