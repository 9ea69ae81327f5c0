import type { Config } from '../config/schema.ts';
import { secretOf } from '../config/secrets.ts';

/** The address of the Redis that holds the queues: the shared ledger's, else the one in `REDIS_URL`. */
export function redisUrlOf({ ledger }: Config, env: Readonly<Record<string, string | undefined>>): string {
  const name = typeof ledger === 'string' ? 'REDIS_URL' : ledger.redis.urlEnv;
  const hint = 'Start one with: docker compose up -d redis, then set it to redis://127.0.0.1:6379';
  return secretOf(env, name, 'the address of Redis', hint);
}
