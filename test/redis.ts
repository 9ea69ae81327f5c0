import { afterAll, beforeAll } from 'vitest';
import { type OwnRedis, startRedis } from '../scripts/redis.ts';

/** Installing Redis, where it is missing, may take this long. */
const INSTALL_MS = 300_000;

/** The address of the Redis that a file's tests share: `REDIS_URL`, else one that is started before them and stopped after them. */
export function useRedis(): { readonly url: string } {
  const given = process.env.REDIS_URL;
  if (given !== undefined && given !== '') return { url: given };
  return useOwnRedis();
}

/** A Redis that a file's tests may kill and start again: always one of our own. */
export function useOwnRedis(config: readonly string[] = []): OwnRedis {
  let redis: OwnRedis | null = null;
  const there = (): OwnRedis => {
    if (redis === null) throw new Error('Redis is there only while tests run');
    return redis;
  };
  beforeAll(async () => {
    redis = await startRedis(config);
  }, INSTALL_MS);
  afterAll(() => redis?.stop());
  return {
    get url() {
      return there().url;
    },
    get port() {
      return there().port;
    },
    kill: () => there().kill(),
    start: () => there().start(),
    stop: () => there().stop(),
  };
}
