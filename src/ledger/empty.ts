import { LedgerError } from '../errors.ts';
import type { Ledger } from './ledger.ts';

/** The ledger of somebody who only looks and has none yet: nothing is known, nothing can be written, no file appears. */
export function emptyLedger(place: string): Ledger {
  const refuse = async () => {
    throw new LedgerError(`${place} was opened for reading only`);
  };
  return {
    place,
    now: async () => null,
    get: async () => null,
    entries: async () => [],
    claim: refuse,
    doubt: refuse,
    release: refuse,
    record: refuse,
    forget: refuse,
    cursor: async () => null,
    setCursor: refuse,
    log: refuse,
    history: async () => [],
    memo: async () => null,
    setMemo: refuse,
    check: async () => [],
    close: async () => {},
  };
}
