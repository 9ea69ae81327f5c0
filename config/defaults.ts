import type { Config } from './schema.ts';

/**
 * The configuration of somebody who wrote none. Equal to what the schema makes of an empty file (a test keeps it so);
 * written out because loading the schema's library would be most of the start-up time of `extract`.
 */
export const DEFAULTS: Config = {
  notes: [],
  trackers: {},
  routes: [],
  decisions: 'ptg-decisions.yaml',
  ledger: '.ptg-tracker/ledger.db',
  limits: { createsPerMinute: 20, createsPerRun: 200, timeout: 60_000, maxWait: 900_000 },
  schedules: {},
  extract: { releases: {} },
  close: { vanished: false },
  stale: 30 * 24 * 3_600_000,
  allowPrivateAddresses: false,
};
