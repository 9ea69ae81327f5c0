import type { LoadedConfig } from '../../config/load.ts';
import type { ExpectedError } from '../errors.ts';
import { type Wired, wire } from '../wire.ts';
import { tellFailure } from './failure.ts';
import type { Session } from './session.ts';

/** What a command needs of the parts. */
interface Needs {
  readonly ledger: 'read' | 'write';
  readonly trackers: boolean;
  readonly onWait?: (tracker: string, until: Date, why: string) => void;
}

/** Makes the parts for a command; the caller closes them. */
export function openParts(session: Session, loaded: LoadedConfig, needs: Needs): Promise<Wired> {
  const { env, cwd, interrupt, warn } = session;
  return wire(loaded, { env, cwd, signal: interrupt.signal, warn, ...needs });
}

/** Tells what made trackers or the ledger unusable; gives the worst exit status, null when there was nothing. */
export function tellTroubles(session: Session, errors: readonly ExpectedError[]): number | null {
  const told = new Map(errors.map((error) => [error.message, error]));
  const statuses = [...told.values()].map((error) => tellFailure(error, session.err, session.env));
  return statuses.length === 0 ? null : Math.max(...statuses);
}
