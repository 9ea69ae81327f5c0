import type { Screen } from './screen.ts';

/**
 * How a run is stopped. Whoever only reads ends at the first Ctrl-C: there is nothing to lose. Whoever writes says so, and
 * the request in flight is finished first; the second Ctrl-C ends the program.
 */
export interface Interrupt {
  readonly signal: AbortSignal;
  /** From here on the first Ctrl-C is only told to `signal`; with these words instead of the usual ones. */
  finishing(words?: string): void;
}

/** What a shell expects of a program that Ctrl-C ended. */
export const INTERRUPTED = 130;

const USUAL =
  'Stopping after the request in flight. Nothing is lost: the next run goes on. Ctrl-C again ends it at once.';

/** Listens to Ctrl-C and to the polite way of being ended. */
export function onInterrupt(err: Screen): Interrupt {
  const controller = new AbortController();
  let said: string | null = null;
  const stop = () => {
    if (said === null) err.write('\n');
    if (said === null || controller.signal.aborted) process.exit(INTERRUPTED);
    err.write(`\n${said}\n`);
    controller.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  const finishing = (words: string = USUAL) => {
    said = words;
  };
  return { signal: controller.signal, finishing };
}
