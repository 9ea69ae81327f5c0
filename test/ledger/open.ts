import type { Ledger } from '../../src/ledger/ledger.ts';
import { openRedisLedger } from '../../src/ledger/redis.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite.ts';

/** Opens the ledger at an address that can be given to another process: a file, or `redis://host:port#name`. */
export async function openAt(address: string): Promise<Ledger> {
  const [url = '', name = 'default'] = address.split('#');
  return url.startsWith('redis:') ? openRedisLedger(url, { name }) : openSqliteLedger(address);
}
