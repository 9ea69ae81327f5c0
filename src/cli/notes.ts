import { setFlagsFromString } from 'node:v8';
import type { LoadedConfig } from '../../config/load.ts';
import { type NoteError, UsageError } from '../errors.ts';
import type { Found, Parts } from '../pipeline.ts';
import type { Session } from './session.ts';
import { slowly } from './slowly.ts';

type NoteParts = Pick<Parts, 'config' | 'dir' | 'cwd' | 'people' | 'decisions' | 'ledger' | 'openModel'>;

/**
 * The items of the notes that were given, else of those in the configuration. Notes that could not be read are told;
 * throws only when none could.
 */
export async function foundIn(
  session: Session,
  parts: NoteParts,
  { file }: LoadedConfig,
  given: readonly string[],
): Promise<Found> {
  if (given.length === 0 && parts.config.notes.length === 0) {
    const where = file === null ? 'there is no ptg-tracker.yaml here or above' : `${file} lists none`;
    throw new UsageError(`no notes were named, and ${where}`, 'Name files, folders, globs, addresses, or - for stdin.');
  }
  const { findItems, readNotes } = await import('../pipeline.ts');
  const started = performance.now();
  const read = await slowly(session, 'reading the notes', readNotes(parts, given, thrifty()));
  if (read.notes.length === 0) throw nothingRead(session, read.failures);
  for (const failure of read.failures) session.warn(failure.message);
  session.log.debug('notes read', { notes: read.notes.length, failures: read.failures.length });
  // Finding them holds the program up, so what takes long is announced before it begins.
  const blocks = read.notes.reduce((sum, note) => sum + note.blocks.length, 0);
  if (blocks > MANY) session.tell(session.err.paint.dim(`finding the items of ${read.notes.length} notes …`));
  const finding = findItems(parts, read);
  const found = await (parts.openModel === undefined ? finding : slowly(session, 'asking the model', finding));
  if (found.second !== null && found.second.warning !== null) session.warn(found.second.warning);
  session.log.debug('items found', { items: found.items.length, ms: Math.round(performance.now() - started) });
  return found;
}

/**
 * The engine lets its heap grow to several times what is needed before it tidies up. Where there is much to read, it is kept
 * near what is needed; elsewhere that would only take time.
 */
function thrifty(): (size: number) => void {
  let total = 0;
  return (size) => {
    if (total <= MUCH && total + size > MUCH) setFlagsFromString('--heap-growing-percent=20');
    total += size;
  };
}

const MUCH = 1_000_000;

/** About what takes a second. */
const MANY = 5000;

/** One failure speaks for itself; several are told before the sentence that none was left. */
function nothingRead(session: Session, failures: readonly NoteError[]): Error {
  const [only, ...others] = failures;
  if (only !== undefined && others.length === 0) return only;
  for (const failure of failures) session.warn(failure.message);
  return new UsageError(`none of the ${failures.length} notes could be read`);
}
