import type { Logger } from 'pino';
import type { Parts } from '../src/pipeline.ts';
import type { Report } from '../src/report/report.ts';
import type { Metrics } from './metrics.ts';
import type { Queues } from './queues.ts';

/** What every worker works with. */
export interface Hands {
  readonly parts: Parts;
  readonly queues: Queues;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** Brings a report to those who are to have it; gives a sentence for each that it did not reach. */
  readonly deliver: (report: Report, to: readonly string[]) => Promise<readonly string[]>;
}
