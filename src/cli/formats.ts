import { Option } from 'commander';

/** The `--format` flag of a command; the first one is what it prints without the flag. */
export function formatFlag(formats: readonly [string, ...string[]]): Option {
  return new Option('-f, --format <format>', 'how to print it').choices([...formats]).default(formats[0]);
}

/** A value as JSON or YAML text. */
export async function serialise(value: unknown, format: string): Promise<string> {
  if (format === 'json') return `${JSON.stringify(value, null, 2)}\n`;
  const { stringify } = await import('yaml');
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
}
