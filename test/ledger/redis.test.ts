import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LedgerError } from '../../src/errors.ts';
import { openRedisLedger } from '../../src/ledger/redis.ts';
import { useOwnRedis, useRedis } from '../redis.ts';
import { describeLedger } from './contract.ts';
import { aKey, claimed, filed } from './entries.ts';

describe('the Redis ledger', () => {
  const redis = useOwnRedis(['--appendonly', 'yes', '--appendfsync', 'always']);
  describeLedger(async () => `${redis.url}#${randomUUID()}`);

  it('keeps what ledgers of other names hold apart', async () => {
    const one = await openRedisLedger(redis.url, { name: randomUUID() });
    const two = await openRedisLedger(redis.url, { name: randomUUID() });
    await one.record(filed());

    expect(await two.get(aKey())).toBeNull();
    expect(await two.claim(claimed('a'), null)).toBe(true);
    await one.close();
    await two.close();
  });

  it('tells the time by the clock of Redis', async () => {
    const ledger = await openRedisLedger(redis.url, { name: randomUUID() });
    const raw = new Redis(redis.url);

    const before = Number((await raw.time())[0]) * 1000;
    const now = (await ledger.now())?.getTime() ?? 0;
    const after = Number((await raw.time())[0]) * 1000 + 1000;

    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(after);
    await raw.quit();
    await ledger.close();
  });

  it('takes its name from behind the # of the address', async () => {
    const one = await openRedisLedger(`${redis.url}#team-a`);
    const two = await openRedisLedger(redis.url, { name: 'team-a' });
    await one.record(filed());

    expect(await two.get(aKey())).toEqual(filed());
    expect(one.place).toBe(`${redis.url}#team-a`);
    await expect(openRedisLedger(`${redis.url}#Team {A}`)).rejects.toThrow(/name "Team \{A\}".* is not one/);
    await one.close();
    await two.close();
  });

  it('keeps all names of one ledger in one hash slot', async () => {
    const raw = new Redis(redis.url);
    const names = await raw.keys('*');
    const tags = new Set(names.map((name) => /^\{ptg:[^}]+\}/.exec(name)?.[0]));

    expect(names.length).toBeGreaterThan(10);
    expect(tags.has(undefined)).toBe(false);
    await raw.quit();
  });
});

describe('a damaged entry in Redis', () => {
  const redis = useRedis();

  it('is told and left out, and still refuses a claim', async () => {
    const name = randomUUID();
    const warnings: string[] = [];
    const ledger = await openRedisLedger(redis.url, { name, warn: (sentence) => warnings.push(sentence) });
    await ledger.record(filed());
    await ledger.record(filed({ key: aKey(1) }));
    const raw = new Redis(redis.url);
    await raw.hset(`{ptg:${name}}:ledger:entry:${aKey(1)}`, 'rest', '["work",');
    await raw.quit();

    expect((await ledger.entries()).map((entry) => entry.key)).toEqual([aKey()]);
    expect(warnings).toEqual([expect.stringContaining(`entry ${aKey(1)} is damaged at `)]);
    expect(await ledger.claim(claimed('a', { key: aKey(1) }), null)).toBe(false);
    expect(await ledger.check()).toContainEqual(expect.stringContaining(aKey(1)));
    await ledger.close();
  });
});

describe('trouble with Redis', () => {
  const redis = useOwnRedis(['--appendonly', 'yes', '--requirepass', 'opensesame']);
  const at = (login: string): string => redis.url.replace('redis://', `redis://${login}@`);
  let raw: Redis;
  beforeAll(() => {
    raw = new Redis(at(':opensesame'));
    raw.on('error', () => {});
  });
  afterAll(() => raw.disconnect());

  it.each([
    { when: 'the password is wrong', login: ':wrong', says: /refused the password/ },
    { when: 'the password is missing', login: '', says: /refused the password/ },
  ])('says that $when, without showing it', async ({ login, says }) => {
    const error = await failureOf(openRedisLedger(login === '' ? redis.url : at(login)));

    expect(error.message).toMatch(says);
    expect(`${error.message} ${error.hint}`).not.toMatch(/wrong|opensesame/);
  });

  it('says that the database number is not there', async () => {
    expect((await failureOf(openRedisLedger(`${at(':opensesame')}/99`))).message).toMatch(/database number/);
  });

  it('says that nobody is there, in time', async () => {
    const error = await failureOf(openRedisLedger('redis://:secret@127.0.0.1:1', { startMs: 200 }));

    expect(error.message).toMatch(/^Redis at redis:\/\/127\.0\.0\.1:1 cannot be reached \(connect ECONNREFUSED/);
  });

  it.each(['http://127.0.0.1', 'localhost:6379', ''])('refuses the address "%s"', async (url) => {
    expect((await failureOf(openRedisLedger(url))).message).toMatch(/address of Redis is not one/);
  });

  it('warns when entries may be evicted', async () => {
    const warnings: string[] = [];
    await raw.config('SET', 'maxmemory-policy', 'allkeys-lru');
    const ledger = await openRedisLedger(at(':opensesame'), { warn: (sentence) => warnings.push(sentence) });
    await raw.config('SET', 'maxmemory-policy', 'noeviction');

    expect(warnings).toEqual([expect.stringContaining('maxmemory-policy is allkeys-lru')]);
    expect(await ledger.check()).toEqual([expect.stringContaining('appendfsync is everysec')]);
    await ledger.close();
  });

  it('says that memory is short, and goes on when there is room again', async () => {
    const ledger = await openRedisLedger(at(':opensesame'), { name: randomUUID() });
    await raw.config('SET', 'maxmemory', '1');

    expect((await failureOf(ledger.claim(claimed('a'), null))).message).toMatch(/is out of memory/);
    expect((await failureOf(ledger.setMemo('a', 'b'))).message).toMatch(/is out of memory/);
    await raw.config('SET', 'maxmemory', '0');
    expect(await ledger.claim(claimed('a'), null)).toBe(true);
    await ledger.close();
  });

  it('says that it is a read-only replica', async () => {
    const ledger = await openRedisLedger(at(':opensesame'), { name: randomUUID() });
    await raw.replicaof('127.0.0.1', '1');

    expect((await failureOf(ledger.record(filed()))).message).toMatch(/is a read-only replica/);
    await raw.replicaof('NO', 'ONE');
    await ledger.record(filed());
    await ledger.close();
  });

  it('waits for a Redis that is restarted in the middle, and finds everything again', async () => {
    const ledger = await openRedisLedger(at(':opensesame'), { name: randomUUID() });
    // With "everysec", what was answered may not be written yet when it dies.
    await raw.config('SET', 'appendfsync', 'always');
    await ledger.claim(claimed('a'), null);
    await redis.kill();
    const waiting = ledger.claim(claimed('b'), null);
    await redis.start();

    expect(await waiting).toBe(false);
    expect((await ledger.get(aKey()))?.claim?.run).toBe('a');
    await ledger.close();
  });

  it('gives up on a Redis that stays away', async () => {
    const ledger = await openRedisLedger(at(':opensesame'), { name: randomUUID(), retries: 1 });
    await redis.kill();

    expect((await failureOf(ledger.get(aKey()))).message).toMatch(/cannot be reached/);
    await redis.start();
    expect(await ledger.get(aKey())).toBeNull();
    await ledger.close();
  });
});

async function failureOf(work: Promise<unknown>): Promise<LedgerError> {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof LedgerError) return error;
  throw new Error('no LedgerError', { cause: error });
}
