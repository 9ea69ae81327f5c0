import { describe, expect, it } from 'vitest';
import { TrackerError } from '../../src/errors.ts';
import { patient } from '../../src/trackers/patient.ts';
import type { Tracker } from '../../src/trackers/tracker.ts';

/** A tracker that is busy for its first calls; only what is asked here is there. */
function busyFor(times: number, ms: number): { readonly tracker: Tracker; calls: number } {
  const state = { calls: 0 };
  const call = async () => {
    state.calls += 1;
    if (state.calls > times) return null;
    throw new TrackerError('work', { kind: 'busy', until: new Date(Date.now() + ms) }, 'come again later');
  };
  const tracker = { get: call, update: call } as unknown as Tracker;
  return Object.assign(state, { tracker });
}

function patience(over: Partial<Parameters<typeof patient>[1]> = {}) {
  const waits: Date[] = [];
  const signal = new AbortController().signal;
  return {
    waits,
    maxWaitMs: 60_000,
    now: () => new Date(),
    signal,
    onWait: (until: Date) => void waits.push(until),
    ...over,
  };
}

describe('a patient tracker', () => {
  it('waits for the limit, tells it, and asks again', async () => {
    const busy = busyFor(2, 1);
    const waiting = patience();

    expect(await patient(busy.tracker, waiting).get('1')).toBeNull();
    expect(busy.calls).toBe(3);
    expect(waiting.waits).toHaveLength(2);
  });

  it('gives up at once when the wait would be longer than its patience', async () => {
    const busy = busyFor(1, 3_600_000);

    await expect(patient(busy.tracker, patience()).get('1')).rejects.toThrow('come again later');
    expect(busy.calls).toBe(1);
  });

  it('stops waiting when it is interrupted, and says why it waited', async () => {
    const interrupt = new AbortController();
    const waiting = patience({ signal: interrupt.signal, onWait: () => interrupt.abort() });

    await expect(patient(busyFor(1, 30_000).tracker, waiting).get('1')).rejects.toThrow('come again later');
  });

  it('does not wait with a write, since its claim must not grow old', async () => {
    const busy = busyFor(1, 1);

    await expect(patient(busy.tracker, patience()).update({} as never, {})).rejects.toThrow('come again later');
  });
});
