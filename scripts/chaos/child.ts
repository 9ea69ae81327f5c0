import type { Item } from '../../src/items/item.ts';
import { planFor, syncPlan } from '../../src/pipeline.ts';
import { stepping } from './mortal.ts';
import { openPlace, type Place, READ } from './place.ts';

/** A run as a process of its own: its argument says where it works. It may be killed at any time. */
export interface Errand {
  readonly place: Place;
  readonly ledger: string;
  readonly items: readonly Item[];
  readonly ahead: number;
  /** It kills itself, as the kernel would, the n-th time that it comes here. */
  readonly dies?: { readonly where: string; readonly nth: number };
}

const errand = JSON.parse(process.argv[2] ?? '') as Errand;
const opened = await openPlace(errand.place, errand.ledger, { ahead: () => errand.ahead, without: null });
let left = errand.dies?.nth ?? 0;
const pass = (where: string) => {
  if (where !== errand.dies?.where) return;
  left -= 1;
  if (left === 0) process.kill(process.pid, 'SIGKILL');
};
const parts = {
  ...opened,
  ledger: stepping(opened.ledger, 'ledger', pass),
  trackers: new Map([...opened.trackers].map(([name, tracker]) => [name, stepping(tracker, 'tracker', pass)])),
};
const run = `process-${process.pid}`;
const planned = await planFor(
  parts,
  { items: errand.items, read: READ },
  { only: null, maxCreates: null, run, full: false },
);
// Whoever started this process knows from here on that a kill meets the run and not its start.
process.stdout.write('planned\n');
for await (const { key, did, issue, because } of syncPlan(parts, planned, run)) {
  process.stdout.write(`    ${key} ${did} ${issue?.id ?? ''} ${because}\n`);
}
await opened.close();
