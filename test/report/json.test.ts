import { describe, expect, it } from 'vitest';
import { renderJson } from '../../src/report/json.ts';
import { ReportJson } from '../../src/report/schema.ts';
import { aKnownItem, anEntry, aReport } from './builders.ts';

describe('the report as JSON', () => {
  it('is what its schema says, and the report itself', () => {
    const report = aReport({
      entries: [anEntry({ item: aKnownItem({ due: { text: 'Victoria-2', date: '2020-06-01' } }) })],
      previous: { at: '2020-06-01T00:00:00.000Z', items: new Map() },
      warnings: ['bugs could not be reached'],
    });

    expect(ReportJson.parse(JSON.parse(renderJson(report)))).toEqual(report);
  });

  it('names what the contract names', () => {
    const { items, summary } = JSON.parse(renderJson(aReport())) as { items: object[]; summary: object };

    expect(Object.keys(items[0] ?? {})).toEqual(
      expect.arrayContaining([
        'key',
        'title',
        'kind',
        'owners',
        'tracker',
        'issue',
        'state',
        'raw',
        'updatedAt',
        'stale',
        'overdue',
      ]),
    );
    expect(summary).toMatchObject({ items: 1, open: 1 });
  });
});
