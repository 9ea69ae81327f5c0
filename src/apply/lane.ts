import { setTimeout as sleep } from 'node:timers/promises';
import { LedgerError, messageOf, TrackerError } from '../errors.ts';
import type { Change } from '../plan/plan.ts';
import { type Tracker, targetOf } from '../trackers/tracker.ts';
import { create } from './create.ts';
import type { Outcome } from './outcome.ts';
import { type ApplyParts, type Step, troubleOf } from './parts.ts';
import { outcome, STOPPED, timeOf } from './say.ts';
import { adopt, close, remember, update } from './write.ts';

/** Set by the lane whose ledger failed: no lane writes any further. */
export interface Halt {
  because: string | null;
}

/** Where a lane works: `tracker` is null when the configuration has none of that name. */
export interface Place {
  readonly name: string | null;
  readonly tracker: Tracker | null;
  /** Why the tracker could not be used when the plan was made. */
  readonly unavailable: string | null;
}

type Write = Extract<Change, { do: 'create' | 'adopt' | 'update' | 'close' }>;

/** Does the changes of one tracker, one after the other, and gives one outcome for each. */
export async function* lane(
  place: Place,
  changes: readonly Change[],
  parts: ApplyParts,
  halt: Halt,
): AsyncGenerator<Outcome> {
  const work = new Lane(place, parts, halt);
  let done = 0;
  for (const change of changes) {
    const reached = await work.next(change);
    done += 1;
    parts.onProgress?.({ kind: 'outcome', tracker: place.name, done, total: changes.length, outcome: reached });
    yield reached;
  }
}

/** The state of one tracker's lane: what stopped it, and how long it may still wait for limits. */
class Lane {
  readonly #place: Place;
  readonly #parts: ApplyParts;
  readonly #halt: Halt;
  #stopped: string | null = null;
  #waitLeftMs: number;

  constructor(place: Place, parts: ApplyParts, halt: Halt) {
    this.#place = place;
    this.#parts = parts;
    this.#halt = halt;
    this.#waitLeftMs = parts.maxWaitMs;
  }

  async next(change: Change): Promise<Outcome> {
    if (change.do === 'wait') return outcome(change, 'uncertain', change.because);
    if (change.do === 'nothing') return this.#nothing(change);
    if (this.#parts.signal.aborted) return outcome(change, 'nothing', STOPPED);
    const stopped = this.#halt.because ?? this.#stopped;
    if (stopped !== null) return outcome(change, 'failed', stopped);
    const step = await this.#step(change);
    if (!(step.trouble instanceof TrackerError && step.trouble.refusal.kind === 'busy')) return this.#settle(step);
    if (await this.#waited(step.trouble.refusal.until)) return this.next(change);
    return this.#busy(change, step.trouble, step.trouble.refusal.until);
  }

  async #nothing(change: Extract<Change, { do: 'nothing' }>): Promise<Outcome> {
    if (change.because === this.#place.unavailable) return outcome(change, 'failed', change.because);
    const reached = outcome(change, 'nothing', change.because);
    const target = this.#place.tracker === null ? '' : targetOf(this.#place.tracker);
    try {
      if (this.#halt.because === null) await remember(change, { ledger: this.#parts.ledger, target });
      return reached;
    } catch (error) {
      const notes = [...reached.notes, `the ledger could not be brought up to date: ${messageOf(error)}`];
      return this.#settle({ outcome: { ...reached, notes }, trouble: troubleOf(error) });
    }
  }

  async #step(change: Write): Promise<Step> {
    const { tracker } = this.#place;
    if (tracker === null) {
      return { outcome: outcome(change, 'failed', `${change.tracker} is not in the configuration`), trouble: null };
    }
    const { ledger, run, clock, signal } = this.#parts;
    const hands = { tracker, ledger, run, clock, signal };
    try {
      return await perform(change, hands);
    } catch (error) {
      // One bad item never stops the others; a ledger that fails meets all of them.
      return {
        outcome: outcome(change, 'failed', messageOf(error)),
        trouble: error instanceof LedgerError ? error : null,
      };
    }
  }

  #settle({ outcome: reached, trouble }: Step): Outcome {
    if (trouble === null) return reached;
    if (trouble instanceof LedgerError) this.#halt.because ??= trouble.message;
    else this.#stopped = trouble.message;
    this.#parts.onTrouble?.(trouble);
    return reached;
  }

  #busy(change: Write, error: TrackerError, until: Date): Outcome {
    const because = `${change.tracker} takes no more until ${timeOf(until)}: the next run goes on`;
    this.#stopped = because;
    this.#parts.onTrouble?.(error);
    return outcome(change, 'failed', because);
  }

  /** Waits for a rate limit to end, when that is soon enough. */
  async #waited(until: Date): Promise<boolean> {
    const { clock, signal, onProgress } = this.#parts;
    const ms = Math.max(until.getTime() - clock().getTime(), 1);
    if (ms > this.#waitLeftMs || this.#place.tracker === null) return false;
    this.#waitLeftMs -= ms;
    onProgress?.({ kind: 'waiting', tracker: this.#place.tracker.name, until });
    await sleep(ms, undefined, { signal }).catch(() => undefined);
    return true;
  }
}

function perform(change: Write, hands: Parameters<typeof create>[1]): Promise<Step> {
  switch (change.do) {
    case 'create':
      return create(change, hands);
    case 'adopt':
      return adopt(change, hands);
    case 'update':
      return update(change, hands);
    case 'close':
      return close(change, hands);
    default:
      return change satisfies never;
  }
}
