import type { Item } from '../../src/items/item.ts';
import { planFor, syncPlan } from '../../src/pipeline.ts';
import { openPlace, type Place, READ } from './place.ts';

/** A run as a process of its own: its argument says where it works. It may be killed at any time. */
export interface Errand {
  readonly place: Place;
  readonly ledger: string;
  readonly items: readonly Item[];
  readonly ahead: number;
}

const errand = JSON.parse(process.argv[2] ?? '') as Errand;
const parts = await openPlace(errand.place, errand.ledger, { ahead: () => errand.ahead, without: null });
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
await parts.close();
