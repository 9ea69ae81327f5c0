/** Opens and writes the ledger at argv[2] without the rights of an administrator; prints the error, or "written". */
import { openSqliteLedger } from '../../src/ledger/sqlite.ts';
import { filed } from './entries.ts';

// The library is loaded while it may still be read.
await (await openSqliteLedger(':memory:')).close();
if (process.getuid?.() === 0) process.setuid?.(65_534);

try {
  const ledger = await openSqliteLedger(process.argv[2] ?? '');
  await ledger.record(filed());
  console.log('written');
} catch (error) {
  console.log(String(error));
}
