/**
 * Another process at the same ledger: `child.ts ADDRESS RUN race COUNT | hold`.
 * `race` claims COUNT keys as soon as it is told to on stdin and prints those that it won; `hold` claims one and waits to be killed.
 */
import { once } from 'node:events';
import { aKey, claimed } from './entries.ts';
import { openAt } from './open.ts';

const [address = '', run = '', job = '', count = '0'] = process.argv.slice(2);
const ledger = await openAt(address);

if (job === 'hold') {
  await ledger.claim(claimed(run), null);
  console.log('claimed');
  await once(process, 'never');
}

console.log('ready');
await once(process.stdin, 'data');
const won: number[] = [];
for (let n = 0; n < Number(count); n++) if (await ledger.claim(claimed(run, { key: aKey(n) }), null)) won.push(n);
console.log(JSON.stringify(won));
await ledger.close();
process.exit(0);
