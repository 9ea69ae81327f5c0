import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { aClaim, aKey, anEntry, anEvent, claimed, filed } from './entries.ts';
import { openAt } from './open.ts';

const KEYS = 60;
const PROCESSES = 4;

/** Why a ledger cannot do what a test asks, by the test's name. */
export type Excuses = Readonly<Record<string, string>>;

interface Place {
  readonly ledger: Ledger;
  readonly address: string;
}

type Test = readonly [name: string, body: (place: Place) => Promise<void>];

const CLAIMING: readonly Test[] = [
  [
    'lets the first claim of a key win and no other',
    async ({ ledger }) => {
      expect(await ledger.claim(claimed('a'), null)).toBe(true);
      expect(await ledger.claim(claimed('b'), null)).toBe(false);
      expect(await ledger.claim(claimed('a'), null)).toBe(false);

      expect(await ledger.get(aKey())).toEqual(claimed('a'));
    },
  ],
  [
    'lets exactly one of many claims at once win',
    async ({ ledger }) => {
      const won = await Promise.all(Array.from({ length: 25 }, (_, n) => ledger.claim(claimed(`run-${n}`), null)));

      expect(won.filter(Boolean)).toHaveLength(1);
    },
  ],
  [
    'refuses a claim where an issue is recorded, whatever it is given instead',
    async ({ ledger }) => {
      await ledger.record(filed());

      expect(await ledger.claim(claimed('a'), null)).toBe(false);
      expect(await ledger.claim(claimed('a'), aClaim('b'))).toBe(false);
      expect(await ledger.get(aKey())).toEqual(filed());
    },
  ],
  [
    'wins a key that was known and not claimed',
    async ({ ledger }) => {
      await ledger.record(anEntry());

      expect(await ledger.claim(claimed('a'), null)).toBe(true);
    },
  ],
  [
    'exchanges the orphaned claim that was settled, once',
    async ({ ledger }) => {
      await ledger.claim(claimed('dead'), null);

      expect(await ledger.claim(claimed('a'), aClaim('dead'))).toBe(true);
      expect(await ledger.claim(claimed('b'), aClaim('dead'))).toBe(false);
      expect((await ledger.get(aKey()))?.claim).toEqual(aClaim('a'));
    },
  ],
  [
    'refuses an exchange when the claim has changed since it was looked at',
    async ({ ledger }) => {
      await ledger.claim(claimed('dead'), null);
      await ledger.doubt(aKey(), 'dead');

      expect(await ledger.claim(claimed('a'), aClaim('dead'))).toBe(false);
      expect(await ledger.claim(claimed('a'), aClaim('dead', { at: '2026-01-05T10:00:00.001Z' }))).toBe(false);
      expect(await ledger.claim(claimed('a'), aClaim('dead', { uncertain: true }))).toBe(true);
    },
  ],
  [
    'doubts only the claim of the run that asks',
    async ({ ledger }) => {
      await ledger.claim(claimed('a'), null);

      await ledger.doubt(aKey(), 'b');
      expect((await ledger.get(aKey()))?.claim).toEqual(aClaim('a'));
      await ledger.doubt(aKey(), 'a');
      expect((await ledger.get(aKey()))?.claim).toEqual(aClaim('a', { uncertain: true }));
    },
  ],
  [
    'releases only the claim of the run that asks, and then others may win',
    async ({ ledger }) => {
      await ledger.claim(claimed('a'), null);

      await ledger.release(aKey(), 'b');
      expect(await ledger.claim(claimed('b'), null)).toBe(false);
      await ledger.release(aKey(), 'a');
      expect((await ledger.get(aKey()))?.claim).toBeNull();
      expect(await ledger.claim(claimed('b'), null)).toBe(true);
    },
  ],
  [
    'does nothing when a key that nobody holds is doubted or released',
    async ({ ledger }) => {
      await ledger.doubt(aKey(), 'a');
      await ledger.release(aKey(), 'a');
      expect(await ledger.get(aKey())).toBeNull();

      await ledger.record(filed());
      await ledger.doubt(aKey(), 'a');
      expect(await ledger.get(aKey())).toEqual(filed());
    },
  ],
  [
    'counts the claim of a clock that was far ahead as of now, once it is opened again',
    async ({ ledger, address }) => {
      const day = 86_400_000;
      const ahead = new Date(Date.now() + day).toISOString();
      await ledger.claim({ ...anEntry(), claim: aClaim('ahead', { at: ahead, uncertain: true }) }, null);
      const near = new Date(Date.now() + 60_000).toISOString();
      await ledger.claim({ ...anEntry({ key: aKey(1) }), claim: aClaim('near', { at: near }) }, null);

      const later = await openAt(address);
      const claim = (await later.get(aKey()))?.claim ?? aClaim('none');

      expect(claim).toMatchObject({ run: 'ahead', uncertain: true });
      expect(Math.abs(Date.parse(claim.at) - Date.now())).toBeLessThan(60_000);
      expect(await later.claim(claimed('b'), claim)).toBe(true);
      expect((await later.get(aKey(1)))?.claim).toEqual(aClaim('near', { at: near }));
      await later.close();
    },
  ],
  [
    'tells of a claim in the journal when it is won, and only then',
    async ({ ledger }) => {
      await ledger.claim(claimed('a'), null, anEvent({ run: 'a', what: 'claimed' }));
      await ledger.claim(claimed('b'), null, anEvent({ run: 'b', what: 'claimed' }));
      await ledger.record(filed(), anEvent({ run: 'a', what: 'created' }));

      expect((await ledger.history(aKey())).map(({ run, what }) => [run, what])).toEqual([
        ['a', 'claimed'],
        ['a', 'created'],
      ]);
      expect(await ledger.history()).toHaveLength(2);
    },
  ],
  [
    'keeps of a claimed entry what the claim wrote, once it is recorded with its issue',
    async ({ ledger, address }) => {
      const { item, wrote, issue, seen } = filed();
      const entry = claimed('a', { item, wrote });
      await ledger.claim(entry, null);

      const changed = wrote && { ...wrote, assignees: ['bob'] };
      const deletedAt = '2026-01-06T10:00:00.000Z';
      await ledger.record({ ...entry, claim: null, issue, wrote: changed, seen, deletedAt });

      expect(await ledger.get(aKey())).toEqual({ ...filed(), wrote: changed, deletedAt });
      const later = await openAt(address);
      await later.record(filed({ seen: null }));
      await later.close();
      expect(await ledger.entries()).toEqual([filed({ seen: null })]);
    },
  ],
  [
    'records an entry as a whole, also when another has won its claim meanwhile',
    async ({ ledger, address }) => {
      const { item, wrote, issue, seen } = filed();
      const entry = claimed('a', { item, wrote });
      await ledger.claim(entry, null);
      const other = await openAt(address);
      await other.claim(claimed('b', { item: { ...item, title: 'Another wording' } }), entry.claim);
      await other.close();

      await ledger.record({ ...entry, claim: null, issue, seen });

      expect(await ledger.get(aKey())).toEqual(filed());
    },
  ],
  [
    'leaves no claim on what is recorded',
    async ({ ledger }) => {
      await ledger.claim(claimed('a'), null);

      await ledger.record({ ...filed(), claim: aClaim('a') });

      expect(await ledger.get(aKey())).toEqual(filed());
    },
  ],
];

const KEEPING: readonly Test[] = [
  [
    'gives back what it was given, field by field',
    async ({ ledger }) => {
      const deleted = filed({ key: aKey(1), deletedAt: '2026-02-01T00:00:00.000Z' });
      await ledger.record(filed());
      await ledger.record(deleted);

      expect(await ledger.get(aKey())).toEqual(filed());
      expect(await ledger.get(aKey(1))).toEqual(deleted);
      expect(await ledger.get(aKey(2))).toBeNull();
    },
  ],
  [
    'lists all entries by key, or those of one target',
    async ({ ledger }) => {
      await ledger.record(anEntry({ key: aKey(2) }));
      await ledger.record(anEntry({ key: aKey(1), target: 'launchpad:project' }));
      await ledger.claim(claimed('a', { key: aKey(0) }), null);

      expect((await ledger.entries()).map((entry) => entry.key)).toEqual([aKey(0), aKey(1), aKey(2)]);
      expect((await ledger.entries('launchpad:project')).map((entry) => entry.key)).toEqual([aKey(1)]);
      expect(await ledger.entries('github:nobody/nothing')).toEqual([]);
    },
  ],
  [
    'moves an entry to another target',
    async ({ ledger }) => {
      await ledger.record(anEntry());
      await ledger.record(anEntry({ target: 'github:owner/renamed' }));

      expect(await ledger.entries('github:owner/repo')).toEqual([]);
      expect(await ledger.entries('github:owner/renamed')).toHaveLength(1);
    },
  ],
  [
    'forgets an entry, claim and all',
    async ({ ledger }) => {
      await ledger.claim(claimed('a'), null);

      await ledger.forget(aKey());

      expect(await ledger.get(aKey())).toBeNull();
      expect(await ledger.entries()).toEqual([]);
      expect(await ledger.claim(claimed('b'), null)).toBe(true);
    },
  ],
  [
    'keeps a cursor a target, and forgets it',
    async ({ ledger }) => {
      expect(await ledger.cursor('github:owner/repo')).toBeNull();

      await ledger.setCursor('github:owner/repo', 'one');
      await ledger.setCursor('github:owner/repo', 'two');
      await ledger.setCursor('launchpad:project', 'three');
      expect(await ledger.cursor('github:owner/repo')).toBe('two');

      await ledger.setCursor('github:owner/repo', null);
      expect(await ledger.cursor('github:owner/repo')).toBeNull();
      expect(await ledger.cursor('launchpad:project')).toBe('three');
    },
  ],
  [
    'keeps memos, and forgets them',
    async ({ ledger }) => {
      await ledger.setMemo('report', '{"open":3}');
      await ledger.setMemo('report', '{"open":2}');
      expect(await ledger.memo('report')).toBe('{"open":2}');

      await ledger.setMemo('report', null);
      expect(await ledger.memo('report')).toBeNull();
    },
  ],
  [
    'tells what happened, oldest first, also of one key',
    async ({ ledger }) => {
      const events = [
        anEvent({ what: 'claimed' }),
        anEvent({ key: null, tracker: null, issue: null, what: 'run started' }),
        anEvent({ key: aKey(1), what: 'adopted' }),
        anEvent({ what: 'created', at: '2026-01-05T09:00:00.000Z' }),
      ];
      for (const event of events) await ledger.log(event);

      expect(await ledger.history()).toEqual(events);
      expect((await ledger.history(aKey())).map((event) => event.what)).toEqual(['claimed', 'created']);
      expect(await ledger.history(aKey(9))).toEqual([]);
    },
  ],
  [
    'finds nothing wrong with a sound ledger',
    async ({ ledger }) => {
      await ledger.record(filed());

      expect(await ledger.check()).toEqual([]);
    },
  ],
  [
    'may be closed twice',
    async ({ ledger }) => {
      await ledger.close();
      await ledger.close();
    },
  ],
];

const SHARING: readonly Test[] = [
  [
    'shows one connection what another wrote',
    async ({ ledger, address }) => {
      const other = await openAt(address);
      await ledger.record(filed());
      await ledger.setCursor('github:owner/repo', 'one');

      expect(await other.get(aKey())).toEqual(filed());
      expect(await other.cursor('github:owner/repo')).toBe('one');
      await other.close();
    },
  ],
  [
    `gives each key to exactly one of ${PROCESSES} processes that race for it`,
    async ({ ledger, address }) => {
      const racers = Array.from({ length: PROCESSES }, (_, n) => startChild(address, `run-${n}`, 'race', KEYS));
      await Promise.all(racers.map((racer) => racer.line()));
      for (const racer of racers) racer.process.stdin?.write('go\n');
      const wins = await Promise.all(racers.map(async (racer) => JSON.parse(await racer.line()) as number[]));

      expect(wins.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: KEYS }, (_, n) => n));
      for (const [n, mine] of wins.entries())
        for (const key of mine) expect((await ledger.get(aKey(key)))?.claim?.run).toBe(`run-${n}`);
    },
  ],
  [
    'keeps a claim whose process was killed right after it was won',
    async ({ ledger, address }) => {
      const holder = startChild(address, 'dead', 'hold');
      expect(await holder.line()).toBe('claimed');
      holder.process.kill('SIGKILL');
      await once(holder.process, 'exit');

      expect(await ledger.claim(claimed('a'), null)).toBe(false);
      expect(await ledger.claim(claimed('a'), aClaim('dead'))).toBe(true);
    },
  ],
];

const TESTS = [...CLAIMING, ...KEEPING, ...SHARING];

/** What every ledger promises; `fresh` gives the address of an empty one. A ledger that cannot is excused by name, with a reason. */
export function describeLedger(fresh: () => Promise<string>, excuses: Excuses = {}): void {
  let place: Place;
  beforeEach(async () => {
    const address = await fresh();
    place = { address, ledger: await openAt(address) };
  });
  afterEach(() => place.ledger.close());

  describe('as every ledger', () => {
    it('has excuses only for tests that exist', () => {
      const names = TESTS.map(([name]) => name);
      expect(Object.keys(excuses).filter((excuse) => !names.includes(excuse))).toEqual([]);
    });
    for (const [name, body] of TESTS) it.skipIf(name in excuses)(name, () => body(place));
  });
}

interface Child {
  readonly process: ChildProcess;
  /** The next line it prints. */
  line(): Promise<string>;
}

function startChild(address: string, run: string, job: 'race' | 'hold', count = 0): Child {
  const script = join(import.meta.dirname, 'child.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, address, run, job, String(count)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    process: child,
    async line() {
      const next = await lines.next();
      if (next.done) throw new Error(`${job} ended without a word`);
      return next.value;
    },
  };
}
