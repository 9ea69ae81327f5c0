import { describe, expect, it } from 'vitest';
import { recall, remember } from '../../src/report/memory.ts';
import { anEntry, anIssue, aReport } from './builders.ts';

function reportAt(at: string, state: 'open' | 'done' = 'open') {
  return aReport({ now: new Date(at), entries: [anEntry({ seen: anIssue({ state }) })] });
}

describe('the memory of earlier reports', () => {
  it('gives back state and staleness of each item', () => {
    const stale = aReport({
      entries: [anEntry({ seen: anIssue({ state: 'in-progress', updatedAt: '2019-01-01T00:00:00Z' }) })],
    });

    const snapshot = recall(remember(null, stale), null);

    expect([...(snapshot?.items ?? [])]).toEqual([[stale.items[0]?.key, { state: 'in-progress', stale: true }]]);
  });

  it('finds the newest report of a time or before', () => {
    let memory: string | null = null;
    for (const day of ['01', '08', '15']) memory = remember(memory, reportAt(`2020-06-${day}T06:00:00Z`));

    expect(recall(memory, null)?.at).toBe('2020-06-15T06:00:00.000Z');
    expect(recall(memory, new Date('2020-06-14'))?.at).toBe('2020-06-08T06:00:00.000Z');
    expect(recall(memory, new Date('2020-05-01'))).toBeNull();
  });

  it('keeps of reports in quick succession the newest and the one before the row', () => {
    let memory: string | null = null;
    for (const hour of ['01', '02', '03', '04']) memory = remember(memory, reportAt(`2020-06-01T${hour}:00:00Z`));

    expect(JSON.parse(memory ?? '')).toMatchObject([
      { at: '2020-06-01T04:00:00.000Z' },
      { at: '2020-06-01T01:00:00.000Z' },
    ]);
  });

  it('does not grow without end', () => {
    let memory: string | null = null;
    for (let day = 0; day < 100; day += 1) {
      memory = remember(memory, reportAt(new Date(Date.UTC(2020, 0, 1 + day)).toISOString()));
    }

    expect(JSON.parse(memory ?? '')).toHaveLength(40);
  });

  it.each(['', 'nonsense', '{}', '[{"at":"x","items":{}}]', '[{"at":"2020-01-01","items":{"a":5}}]', '[null]'])(
    'is no memory when it reads %j',
    (memory) => {
      expect(recall(memory, null)).toBeNull();
      expect(recall(remember(memory, reportAt('2020-06-01T00:00:00Z')), null)).not.toBeNull();
    },
  );
});
