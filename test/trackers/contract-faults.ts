import { inspect } from 'node:util';
import { expect } from 'vitest';
import { TrackerError } from '../../src/errors.ts';
import type { Fault } from '../../src/sandbox/fault-plan.ts';
import type { Test } from './contract.ts';
import { aDraft, withKey } from './harness.ts';

const LOST: readonly (readonly [when: string, fault: Fault, created: number])[] = [
  ['the connection breaks after it arrived', { do: 'drop', when: 'after' }, 1],
  ['the connection breaks before it arrives', { do: 'drop', when: 'before' }, 0],
  ['a 500 comes after it was done', { do: 'answer', when: 'after', status: 500 }, 1],
  ['a 502 comes after it was done', { do: 'answer', when: 'after', status: 502 }, 1],
  ['a 504 comes before it was done', { do: 'answer', when: 'before', status: 504 }, 0],
  ['the answer comes after the time limit', { do: 'slow', ms: 60_000 }, 1],
];

/** Answers that a tracker without a body in its answer to a create cannot get. */
const UNREADABLE: readonly (readonly [when: string, fault: Fault, created: number])[] = [
  ['half of the answer is lost', { do: 'truncate' }, 1],
  ['the answer is of something else', { do: 'garbage' }, 1],
];

/** What a tracker promises when the network, the service or a proxy fails. */
export const FAULTS: readonly Test[] = [
  ...[...LOST, ...UNREADABLE].map(
    ([when, fault, created]): Test => [`is uncertain, and sends once, when ${when}`, uncertain(fault, created)],
  ),
  [
    'finds what a lost answer had created',
    async ({ tracker, proxy, creates }) => {
      const start = new Date();
      const draft = aDraft(tracker);
      proxy.plan({ rules: [{ ...creates, fault: { do: 'drop', when: 'after' } }] });
      await tracker.create(draft).catch(() => null);

      const [found] = withKey(tracker, await tracker.createdSince(start), draft.key);

      expect(found).toMatchObject({ title: draft.title, labels: ['ptg'] });
    },
  ],
  [
    'says until when it is busy when the wait is too long, and creates nothing',
    async ({ reopen, proxy, creates, limit, person }) => {
      const tracker = reopen({ maxWait: 1000 });
      const asked = Date.now();
      proxy.plan({ rules: [{ ...creates, fault: limit(600) }] });

      const error = await caught(tracker.create(aDraft(tracker)));

      expect(error.refusal.kind).toBe('busy');
      const until = error.refusal.kind === 'busy' ? error.refusal.until.getTime() : 0;
      expect(until).toBeGreaterThan(asked + 590_000);
      expect(until).toBeLessThan(asked + 660_000);
      expect(error.endsTheRun).toBe(false);
      expect(proxy.sent(creates.method ?? 'POST', creates.path)).toHaveLength(1);
      expect(await person.count()).toBe(0);
    },
  ],
  [
    'waits for a limit that ends soon, says so, and then creates one issue',
    async ({ reopen, proxy, creates, limit, person }) => {
      const waits: Date[] = [];
      const tracker = reopen({ maxWait: 30_000, onWait: (until) => waits.push(until) });
      proxy.plan({ rules: [{ ...creates, nth: 1, fault: limit(1) }] });

      const { issue } = await tracker.create(aDraft(tracker));

      expect(waits).toHaveLength(1);
      expect(issue.state).toBe('open');
      expect(proxy.sent(creates.method ?? 'POST', creates.path)).toHaveLength(2);
      expect(await person.count()).toBe(1);
    },
  ],
  [
    'asks right before each sending whether it may still create, also when it had to wait',
    async ({ reopen, proxy, creates, limit }) => {
      const tracker = reopen({ maxWait: 30_000 });
      proxy.plan({ rules: [{ ...creates, nth: 1, fault: limit(1) }] });
      const sent: number[] = [];

      await tracker.create(aDraft(tracker), async () => {
        sent.push(proxy.sent(creates.method ?? 'POST', creates.path).length);
      });

      expect(sent).toEqual([0, 1]);
    },
  ],
  [
    'sends no create when it may no longer, and throws what it was told',
    async ({ tracker, proxy, creates, person }) => {
      const stopped = new Error('the claim is gone');

      const thrown = await tracker.create(aDraft(tracker), () => Promise.reject(stopped)).catch((error) => error);

      expect(thrown).toBe(stopped);
      expect(proxy.sent(creates.method ?? 'POST', creates.path)).toHaveLength(0);
      expect(await person.count()).toBe(0);
    },
  ],
  [
    'repeats a look that failed once',
    async ({ tracker, proxy }) => {
      const { issue } = await tracker.create(aDraft(tracker));
      for (const fault of [
        { do: 'drop', when: 'after' },
        { do: 'answer', when: 'before', status: 502 },
      ] as const) {
        proxy.plan({ rules: [{ method: 'GET', nth: 1, fault }] });

        expect((await tracker.changes(null)).issues.map(({ id }) => id)).toEqual([issue.id]);
      }
    },
  ],
  [
    'says that the service is broken when no look succeeds',
    async ({ tracker, proxy }) => {
      proxy.plan({ rules: [{ method: 'GET', fault: { do: 'answer', when: 'before', status: 502 } }] });

      expect((await caught(tracker.changes(null))).refusal.kind).toBe('broken');
    },
  ],
  [
    'sees an answer of something else when looking',
    async ({ tracker, proxy }) => {
      proxy.plan({ rules: [{ method: 'GET', fault: { do: 'garbage' } }] });

      expect(['broken', 'unreachable']).toContain((await caught(tracker.changes(null))).refusal.kind);
    },
  ],
  [
    'changes an issue once although the answer to the change is lost',
    async ({ tracker, proxy, person }) => {
      const { issue } = await tracker.create(aDraft(tracker));
      proxy.plan({ rules: [{ method: 'PATCH', nth: 1, fault: { do: 'drop', when: 'after' } }] });

      const { issue: now } = await tracker.update(issue, { title: 'Our title' });

      expect(now.title).toBe('Our title');
      expect(await person.see(issue.id)).toMatchObject({ title: 'Our title', labels: ['ptg'] });
    },
  ],
  [
    'never shows the secret, whatever fails',
    async ({ reopen, proxy, creates }) => {
      const secret = 'key:s3cr3t-token:v3ry-s3cr3t';
      const tracker = reopen({ token: secret });
      const faults: readonly Fault[] = [
        { do: 'drop', when: 'after' },
        { do: 'answer', when: 'before', status: 502 },
        { do: 'answer', when: 'before', status: 401, body: JSON.stringify({ message: `Bad credentials: ${secret}` }) },
        { do: 'answer', when: 'before', status: 400, body: JSON.stringify({ message: `Bad ${secret}` }) },
      ];
      for (const fault of faults) {
        proxy.plan({ rules: [{ fault }] });
        const calls = [tracker.open(), tracker.create(aDraft(tracker)), tracker.changes(null)].map(caught);
        for (const error of await Promise.all(calls)) {
          expect(inspect(error, { depth: 20, showHidden: true })).not.toMatch(/s3cr3t/);
        }
      }
      expect(proxy.sent(creates.method ?? 'POST').length).toBeLessThan(faults.length + 1);
    },
  ],
];

function uncertain(fault: Fault, created: number): Test[1] {
  return async ({ reopen, proxy, creates, person }) => {
    const tracker = reopen({ timeout: 1000 });
    await tracker.open();
    proxy.plan({ rules: [{ ...creates, fault }] });

    const error = await caught(tracker.create(aDraft(tracker)));

    expect(error.refusal).toEqual({ kind: 'uncertain' });
    expect(error.endsTheRun).toBe(false);
    expect(proxy.sent(creates.method ?? 'POST', creates.path)).toHaveLength(1);
    expect(await person.count()).toBe(created);
  };
}

/** The refusal that a call ends with; anything else fails the test. */
export async function caught(call: Promise<unknown>): Promise<TrackerError> {
  const error = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof TrackerError) return error;
  throw new Error('it was not refused', { cause: error });
}
