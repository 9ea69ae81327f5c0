import { type DestinationStream, type Logger, pino } from 'pino';

/** Names under which a secret could be logged; their values never are. */
const SECRET = ['token', 'password', 'secret', 'authorization', 'credentials', 'url'];

/** A log of JSON lines on stderr. Secrets that are given here, and passwords in addresses, never get into it. */
export function makeLog(
  options: { readonly secrets: readonly string[]; readonly level?: string },
  destination: DestinationStream = pino.destination(2),
): Logger {
  const secrets = options.secrets.filter((secret) => secret.length >= 4);
  return pino(
    {
      level: options.level ?? 'info',
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: SECRET.flatMap((name) => [name, `*.${name}`]), censor: '***' },
      // The last word is on the finished line, so that no field and no message is forgotten.
      hooks: { streamWrite: (line) => scrub(line, secrets) },
    },
    destination,
  );
}

/** Text without passwords in addresses and without the given secrets. */
export function scrub(text: string, secrets: readonly string[]): string {
  const open = secrets.reduce((left, secret) => left.replaceAll(secret, '***'), text);
  return open.replace(/:\/\/[^\s/@"]{1,500}@/g, '://***@');
}
