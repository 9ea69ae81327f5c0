import type { Screen } from './screen.ts';

/** How a run is stopped: the first Ctrl-C lets the request in flight end, the second one ends the program. */
export interface Interrupt {
  readonly signal: AbortSignal;
  /** What is said at the first Ctrl-C, where the usual words do not fit. */
  words(text: string): void;
}

/** What a shell expects of a program that Ctrl-C ended. */
export const INTERRUPTED = 130;

const USUAL =
  'Stopping after the request in flight. Nothing is lost: the next run goes on. Ctrl-C again ends it at once.';

/** Listens to Ctrl-C and to the polite way of being ended. */
export function onInterrupt(err: Screen): Interrupt {
  const controller = new AbortController();
  let said = USUAL;
  const stop = () => {
    if (controller.signal.aborted) process.exit(INTERRUPTED);
    err.write(`\n${said}\n`);
    controller.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  const words = (text: string) => {
    said = text;
  };
  return { signal: controller.signal, words };
}
