import { LedgerError } from '../../src/errors.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import type { Parts } from '../../src/pipeline.ts';

/** How a run ends early: it dies at its n-th step or the n-th time that it comes somewhere, or its disk is full from a write on. */
export interface Fate {
  readonly what: 'dies' | 'disk full';
  readonly step: number;
  readonly where?: string;
}

/** The steps of a create, in the order in which it takes them. */
export const STEPS = [
  'before ledger.claim',
  'after ledger.claim',
  'before tracker.create',
  'right before the sending of tracker.create',
  'after tracker.create',
  'before ledger.record',
  'after ledger.record',
] as const;

/** What a run dies of here: it is not one of the failures that the program expects, and from then on nothing works. */
export class Death extends Error {
  override readonly name = 'Death';
}

/** Counts the steps of a run. */
export interface Clockwork {
  readonly dead: boolean;
  /** Where it died: `before ledger.record`. */
  readonly where: string;
}

const WRITES = new Set(['claim', 'doubt', 'release', 'record', 'forget', 'setCursor', 'log', 'setMemo']);

/**
 * The parts of a run that dies at its n-th step: right before or right after one of its calls of the ledger or of a tracker.
 * What it had done by then is done; what it does from then on reaches nothing, as after SIGKILL.
 */
export function mortal(parts: Parts, fate: Fate | null): { readonly parts: Parts; readonly clockwork: Clockwork } {
  const clockwork = { dead: false, where: '' };
  if (fate === null) return { parts, clockwork };
  let steps = 0;
  const pass = (where: string) => {
    if (fate.where === undefined || fate.where === where) steps += 1;
    if (!clockwork.dead && steps === fate.step) Object.assign(clockwork, { dead: true, where });
    if (clockwork.dead) throw new Death(`dead since ${clockwork.where}`);
  };
  const ledger = fate.what === 'dies' ? stepping(parts.ledger, 'ledger', pass) : filling(parts.ledger, fate.step);
  const trackers =
    fate.what === 'dies'
      ? new Map([...parts.trackers].map(([name, tracker]) => [name, stepping(tracker, 'tracker', pass)]))
      : parts.trackers;
  return { parts: { ...parts, ledger, trackers }, clockwork };
}

/** An object that tells before and after each of its calls where it is; of a create also when it is about to be sent. */
export function stepping<T extends object>(object: T, name: string, pass: (where: string) => void): T {
  return new Proxy(object, {
    get: (target, property) => {
      const value: unknown = Reflect.get(target, property, target);
      if (typeof value !== 'function' || property === 'close') return value;
      return async (...given: unknown[]) => {
        const where = `${name}.${String(property)}`;
        pass(`before ${where}`);
        const answer: unknown = await Reflect.apply(
          value,
          target,
          property === 'create' ? sending(given, where) : given,
        );
        pass(`after ${where}`);
        return answer;
      };
    },
  });

  function sending([draft, mayI]: readonly unknown[], where: string): unknown[] {
    const asked = async () => {
      if (typeof mayI === 'function') await mayI();
      pass(`right before the sending of ${where}`);
    };
    return [draft, asked];
  }
}

/** A ledger whose disk is full from its n-th write on. */
function filling(ledger: Ledger, step: number): Ledger {
  let writes = 0;
  return new Proxy(ledger, {
    get: (target, property) => {
      const value: unknown = Reflect.get(target, property, target);
      if (typeof value !== 'function' || !WRITES.has(String(property))) {
        return typeof value === 'function' ? value.bind(target) : value;
      }
      return async (...given: unknown[]) => {
        writes += 1;
        if (writes >= step) throw new LedgerError(`The ledger ${ledger.place} cannot be written: the disk is full`);
        return Reflect.apply(value, target, given) as unknown;
      };
    },
  });
}
