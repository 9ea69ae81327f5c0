import type { Ledger } from '../../src/ledger/ledger.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite.ts';

/** Opens the ledger at an address that can be given to another process. */
export async function openAt(address: string): Promise<Ledger> {
  return openSqliteLedger(address);
}
