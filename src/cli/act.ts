import type { Command } from 'commander';
import { INTERRUPTED } from './interrupt.ts';
import type { CommonFlags, Session } from './session.ts';

/** What a command does with its arguments and flags; gives the exit status. */
export type Work<Flags> = (session: Session, flags: Flags, given: readonly string[]) => Promise<number>;

/** Makes a commander action of a command's work: opens the session, tells failures, sets the exit status. */
export function act<Flags>(work: Work<Flags>): (...args: unknown[]) => Promise<void> {
  return async (...args) => {
    const command = args.at(-1) as Command;
    const flags = command.optsWithGlobals<Flags & CommonFlags>();
    const given = (Array.isArray(args[0]) ? args[0] : []) as readonly string[];
    const { openSession } = await import('./session.ts');
    const session = await openSession(flags);
    try {
      process.exitCode = await work(session, flags, given);
    } catch (error) {
      if (session.interrupt.signal.aborted && isAbort(error)) process.exitCode = INTERRUPTED;
      else process.exitCode = (await import('./failure.ts')).tellFailure(error, session.err, session.env);
    }
  };
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || error.name === 'CanceledError');
}
