import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { parseKey } from '../../../src/items/item.ts';
import { memoInMemory } from '../../../src/refs/memo.ts';
import { type FaultProxy, startFaultProxy } from '../../../src/sandbox/faults.ts';
import { type LaunchpadSandbox, type LaunchpadSeed, startLaunchpadSandbox } from '../../../src/sandbox/launchpad.ts';
import { type LaunchpadOptions, openLaunchpad } from '../../../src/trackers/launchpad/launchpad.ts';
import type { Draft, Tracker } from '../../../src/trackers/tracker.ts';

/** A key for tests: any sixteen letters. */
export function aKey(text = 'aaaaaaaaaaaaaaaa') {
  const key = parseKey(text);
  if (key === null) throw new Error(`not a key: ${text}`);
  return key;
}

/** A draft of which a test states only what matters to it. */
export function aDraft(tracker: Tracker, change: Partial<Draft> = {}): Draft {
  const key = change.key ?? aKey();
  return {
    key,
    title: 'Write the upgrade notes',
    body: tracker.dialect.wrap(key, 'Said: “somebody should write the upgrade notes”'),
    labels: [],
    assignees: [],
    milestone: null,
    importance: null,
    ...change,
  };
}

/** Limits under which tests do not wait. */
export const LIMITS = { createsPerMinute: Number.POSITIVE_INFINITY, timeout: 5000, maxWait: 3000 } as const;

export interface Bench {
  readonly sandbox: LaunchpadSandbox;
  readonly proxy: FaultProxy;
  readonly tracker: Tracker;
  /** The tracker as another run would open it; what is not given is as on the bench. */
  open(change?: Partial<LaunchpadOptions>): Tracker;
}

/** A sandbox with a fault proxy before it and a tracker on it, new for each test. */
export function aBench(seed?: LaunchpadSeed): Bench {
  let bench: Bench | null = null;
  beforeEach(async () => {
    const sandbox = await startLaunchpadSandbox(seed === undefined ? {} : { seed });
    const proxy = await startFaultProxy({ target: sandbox.url });
    const memo = memoInMemory();
    const open = (change: Partial<LaunchpadOptions> = {}) =>
      openLaunchpad({
        name: 'bugs',
        config: { project: sandbox.project, baseUrl: proxy.url },
        credentials: sandbox.credentials,
        limits: LIMITS,
        userAgent: 'ptg-tracker-test',
        memo,
        // Pauses between tries are real; they are cut short so that a test of ten faults does not take a minute.
        clock: { now: () => new Date(), sleep: (ms) => new Promise((resolve) => setTimeout(resolve, Math.min(ms, 5))) },
        ...change,
      });
    bench = { sandbox, proxy, tracker: open(), open };
  });
  afterEach(async () => {
    await bench?.proxy.close();
    await bench?.sandbox.close();
  });
  const get = (): Bench => {
    if (bench === null) throw new Error('the bench is used before a test');
    return bench;
  };
  return {
    get sandbox() {
      return get().sandbox;
    },
    get proxy() {
      return get().proxy;
    },
    get tracker() {
      return get().tracker;
    },
    open: (change) => get().open(change),
  };
}

/** One sandbox for all tests of a file. */
export function aSharedSandbox(seed?: LaunchpadSeed): { readonly sandbox: LaunchpadSandbox } {
  let sandbox: LaunchpadSandbox | null = null;
  beforeAll(async () => {
    sandbox = await startLaunchpadSandbox(seed === undefined ? {} : { seed });
  });
  afterAll(() => sandbox?.close());
  return {
    get sandbox() {
      if (sandbox === null) throw new Error('the sandbox is used before a test');
      return sandbox;
    },
  };
}
