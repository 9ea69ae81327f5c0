import { EXIT, ExpectedError } from '../errors.ts';
import type { Screen } from './screen.ts';

/** Tells why a command failed and gives its exit status. What we did not expect is a bug and keeps its stack. */
export function tellFailure(error: unknown, err: Screen, env: Readonly<Record<string, string | undefined>>): number {
  const label = err.paint.wrong('error:');
  if (error instanceof ExpectedError) {
    err.write(`${label} ${error.message}\n${error.hint === null ? '' : `  ${error.hint}\n`}`);
    return error.exit;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  err.write(`${label} something unexpected happened; this is a bug in ptg-tracker\n${withoutSecrets(stack, env)}\n`);
  return EXIT.partial;
}

/** An unexpected error may quote anything, so the values of variables that look like secrets are taken out. */
function withoutSecrets(text: string, env: Readonly<Record<string, string | undefined>>): string {
  let safe = text;
  for (const [name, value = ''] of Object.entries(env)) {
    if (value.length >= 6 && /TOKEN|SECRET|CREDENTIAL|PASSWORD|REDIS|KEY/.test(name)) {
      safe = safe.replaceAll(value, '[secret]');
    }
  }
  return safe;
}
