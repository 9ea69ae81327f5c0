import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { openRedisLedger } from '../../src/ledger/redis.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite.ts';
import { checkLedger, exportLedger, importLedger } from '../../src/ledger/transfer.ts';
import { useRedis } from '../redis.ts';
import { aClaim, aKey, anEntry, anEvent, claimed, filed } from './entries.ts';

const TARGET = 'github:owner/repo';

async function aLedger(): Promise<Ledger> {
  const ledger = await openSqliteLedger(':memory:');
  await ledger.record(filed());
  await ledger.record(anEntry({ key: aKey(1), target: 'launchpad:project' }));
  await ledger.claim(claimed('a', { key: aKey(2) }), null);
  await ledger.setCursor(TARGET, 'since then');
  await ledger.setMemo('report', '{"open":3}');
  await ledger.log(anEvent({ what: 'claimed' }));
  await ledger.log(anEvent({ what: 'created' }));
  return ledger;
}

async function linesOf(ledger: Ledger): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of exportLedger(ledger, ['report', 'nothing'])) lines.push(line);
  return lines;
}

describe('moving a ledger', () => {
  const redis = useRedis();

  it('carries everything from SQLite to Redis and back', async () => {
    const from = await aLedger();
    const shared = await openRedisLedger(redis.url, { name: randomUUID() });
    const back = await openSqliteLedger(':memory:');

    await importLedger(shared, exportLedger(from, ['report']));
    const done = await importLedger(back, exportLedger(shared, ['report']));

    expect(done).toEqual({ entries: 3, kept: 0, events: 2, problems: [] });
    expect(await linesOf(back)).toEqual(await linesOf(from));
    for (const ledger of [from, shared, back]) await ledger.close();
  });
});

describe('importing a ledger', () => {
  it('changes nothing the second time', async () => {
    const ledger = await aLedger();
    const lines = await linesOf(ledger);

    expect(await importLedger(ledger, lines)).toEqual({ entries: 1, kept: 2, events: 0, problems: [] });
    expect(await linesOf(ledger)).toEqual(lines);
    await ledger.close();
  });

  it('leaves an issue, a claim and a cursor that the ledger knows as they are', async () => {
    const lines = await linesOf(await aLedger());
    const ledger = await openSqliteLedger(':memory:');
    const issue = { id: '99', url: 'https://example.org/99' };
    await ledger.record(filed({ issue }));
    await ledger.claim(claimed('b', { key: aKey(1) }), null);
    await ledger.setCursor(TARGET, 'later');

    expect(await importLedger(ledger, lines)).toMatchObject({ entries: 1, kept: 2 });
    expect((await ledger.get(aKey()))?.issue).toEqual(issue);
    expect((await ledger.get(aKey(1)))?.claim).toEqual(aClaim('b'));
    expect(await ledger.cursor(TARGET)).toBe('later');
    await ledger.close();
  });

  it('tells the lines that it cannot read, takes the others, and then no cursor', async () => {
    const [header = '', ...lines] = await linesOf(await aLedger());
    const ledger = await openSqliteLedger(':memory:');

    const done = await importLedger(ledger, [
      header,
      'rubbish',
      '{"entry": {"key": 1}}',
      '{"surprise": 1}',
      '',
      ...lines,
    ]);

    expect(done).toMatchObject({ entries: 3, events: 2 });
    expect(done.problems).toEqual([
      'line 2: is not JSON',
      expect.stringMatching(/^line 3: entry is damaged at /),
      'line 4: holds nothing that this version knows',
    ]);
    expect(await ledger.cursor(TARGET)).toBeNull();
    await ledger.close();
  });

  it.each([
    { what: 'nothing', lines: [], says: /not an exported ledger/ },
    { what: 'another file', lines: ['{"name": "package"}'], says: /not an exported ledger/ },
    { what: 'a newer export', lines: ['{"ledger": "ptg-tracker", "format": 2}'], says: /newer version/ },
  ])('refuses $what', async ({ lines, says }) => {
    const ledger = await openSqliteLedger(':memory:');

    await expect(importLedger(ledger, lines)).rejects.toThrow(says);
    await ledger.close();
  });
});

describe('checking a ledger', () => {
  it('tells two items that share an issue, and what is claimed', async () => {
    const ledger = await aLedger();
    await ledger.record(filed({ key: aKey(5) }));

    expect(await checkLedger(ledger)).toEqual({
      entries: 4,
      problems: [`entries ${aKey()} and ${aKey(5)} both have issue 7 of ${TARGET}`],
      claimed: [aKey(2)],
    });
    await ledger.close();
  });
});
