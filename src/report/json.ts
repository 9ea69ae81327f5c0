import type { Report } from './report.ts';

/** The report as `status --format json` prints it; `docs/schema/status.schema.json` describes it. */
export function renderJson(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
