import { ConfigError } from '../src/errors.ts';

/** The secret in an environment variable, read only when it is needed. Throws `ConfigError` when it is not set. */
export function secretOf(
  env: Readonly<Record<string, string | undefined>>,
  name: string,
  what = 'the secret',
  hint?: string,
): string {
  // A file read into a variable ends in a newline, which no header takes.
  const secret = env[name]?.trim() ?? '';
  if (secret === '') throw new ConfigError(null, [`${name} is not set: it has to hold ${what}`], hint);
  return secret;
}
