import type { Tracker } from '../../src/trackers/tracker.ts';
import { openReal, type Place, someItems, syncReal } from './real.ts';

/** A run as a process of its own. Its argument says where it works and at which moment it is to be killed. */
export interface Errand extends Place {
  readonly items: number;
  readonly die: 'before the create' | 'after the create' | null;
}

const errand = JSON.parse(process.argv[2] ?? '') as Errand;
const parts = await openReal(errand, errand.die === null ? undefined : mortal);
const outcomes = await syncReal(parts, someItems(errand.items));
await parts.close();
process.stdout.write(JSON.stringify(outcomes));

/** Ends this process, as the kernel would, around its first create. */
function mortal(tracker: Tracker): Tracker {
  return Object.assign(Object.create(tracker), tracker, {
    create: async (...given: Parameters<Tracker['create']>) => {
      if (errand.die === 'after the create') await tracker.create(...given);
      process.kill(process.pid, 'SIGKILL');
      // The signal comes with the next turn of the loop; nothing may happen before.
      return new Promise<never>(() => undefined);
    },
  });
}
