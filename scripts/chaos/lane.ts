import type { LaneOptions, Told } from './lanes.ts';
import { suite } from './suite.ts';

/** A share of the rounds in a process of its own; it tells its parent what comes of them. */
const tell = (told: Told) => new Promise((resolve) => process.send?.(told, resolve));
// Without its parent nobody wants to know.
process.once('disconnect', () => process.exit(1));
const options = JSON.parse(process.argv[2] ?? '') as LaneOptions;
const { counts, ...figures } = await suite({
  ...options,
  onRound: () => void tell({ kind: 'round' }),
  onFailure: (failure) => void tell({ kind: 'failure', failure }),
});
await tell({ kind: 'figures', figures, counts: [...counts] });
// Sockets and timers of runs that died may linger.
process.exit(0);
