/** What happens inside, for whoever asked with `--verbose`. Messages are fixed, data stand beside them; no secrets. */
export interface Log {
  debug(message: string, data?: Readonly<Record<string, unknown>>): void;
}

const SILENT: Log = { debug: () => undefined };

/** A log on stderr, as JSON lines; the library is loaded only when somebody reads it. */
export async function openLog(verbose: boolean): Promise<Log> {
  if (!verbose) return SILENT;
  const { default: pino } = await import('pino');
  const { VERSION } = await import('../version.ts');
  const logger = pino({ level: 'debug', base: { version: VERSION } }, pino.destination({ dest: 2, sync: true }));
  return { debug: (message, data = {}) => logger.debug(data, message) };
}
