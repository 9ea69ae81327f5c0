import { describe, expect, it } from 'vitest';
import { FAULTS } from './contract-faults.ts';
import { READING } from './contract-reading.ts';
import { TEXTS } from './contract-texts.ts';
import { WRITING } from './contract-writing.ts';
import type { Harness } from './harness.ts';

/** Why a tracker cannot do what a test asks, by the test's name. */
export type Excuses = Readonly<Record<string, string>>;

/** A test of the contract: its name is a sentence about behaviour. */
export type Test = readonly [name: string, body: (harness: Harness) => Promise<void>];

/** Every tracker keeps the same promises, over real HTTP; what one cannot do is excused by the name of the test. */
export function describeTracker(name: string, open: () => Promise<Harness>, excuses: Excuses = {}): void {
  const tests: readonly Test[] = [...READING, ...WRITING, ...FAULTS, ...TEXTS];
  describe(`${name}, as every tracker`, () => {
    for (const [sentence, body] of tests) {
      const excuse = excuses[sentence];
      if (excuse !== undefined) it.skip(`${sentence} (excused: ${excuse})`, () => {});
      else it(sentence, () => withHarness(open, body));
    }

    it('is excused only from tests that there are', () => {
      expect(tests.map(([sentence]) => sentence)).toEqual(expect.arrayContaining(Object.keys(excuses)));
    });
  });
}

async function withHarness(open: () => Promise<Harness>, body: Test[1]): Promise<void> {
  const harness = await open();
  try {
    await body(harness);
  } finally {
    await harness.close();
  }
}
