import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Texts } from '../../workers/texts.ts';
import { useRedis } from '../redis.ts';

const redis = useRedis();
let raw: Redis;
beforeAll(() => {
  raw = new Redis(redis.url);
});
afterAll(() => raw.quit());

it('gives each text to whoever asked for it, however many ask at once, and null where there is none', async () => {
  const base = `{${randomUUID()}}`;
  for (let n = 0; n < 50; n += 2) await raw.set(`${base}:${n}`, `text ${n}`);
  const texts = new Texts(raw);

  const read = await Promise.all(Array.from({ length: 50 }, (_, n) => texts.get(`${base}:${n}`)));

  expect(read).toEqual(Array.from({ length: 50 }, (_, n) => (n % 2 === 0 ? `text ${n}` : null)));
});

it('tells everybody who asked when Redis refuses', async () => {
  const base = `{${randomUUID()}}`;
  const gone = new Redis(redis.url, { maxRetriesPerRequest: 0, retryStrategy: () => null });
  gone.on('error', () => {});
  await gone.quit();
  const texts = new Texts(gone);

  const read = await Promise.allSettled([texts.get(`${base}:a`), texts.get(`${base}:b`)]);

  expect(read.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});
