import type { z } from 'zod';
import type { Path, Problem } from './yaml.ts';

type Issue = z.core.$ZodIssue;

/** What the schema found wrong, one problem a place, in the words of somebody who writes the file. */
export function problemsOf(issues: readonly Issue[]): Problem[] {
  return issues.flatMap((issue) => problemOf(issue, []));
}

function problemOf(issue: Issue, above: Path): Problem[] {
  const path = [...above, ...issue.path];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ path: [...path, key], message: unknownKey(key) }));
    case 'invalid_key':
      return issue.issues.map(({ message }) => ({ path, message }));
    case 'invalid_union':
      return unionProblem(issue, path);
    case 'invalid_type':
      return [{ path, message: wrongType(issue) }];
    case 'invalid_value':
      return [{ path, message: `write one of ${issue.values.join(', ')}` }];
    case 'too_small':
    case 'too_big':
      return [{ path, message: wrongSize(issue) }];
    case 'invalid_format':
      return [{ path, message: issue.format === 'date' ? 'write a date such as 2026-10-14' : issue.message }];
    default:
      return [{ path, message: issue.message }];
  }
}

function unknownKey(key: string): string {
  if (/token|secret|password|credential|passw/i.test(key) && !key.endsWith('Env')) {
    return 'secrets are not written here; name the environment variable that holds it (tokenEnv, credentialsEnv, urlEnv)';
  }
  return 'no such setting';
}

/** Of a union's branches, the one that came closest speaks: the one whose complaints lie deepest. */
function unionProblem(issue: Extract<Issue, { code: 'invalid_union' }>, path: Path): Problem[] {
  if ('options' in issue && Array.isArray(issue.options)) {
    return [{ path, message: `write one of ${issue.options.join(', ')}` }];
  }
  const depth = (branch: readonly Issue[]) => Math.max(0, ...branch.map((one) => one.path.length));
  const closest = [...issue.errors].sort((a, b) => depth(b) - depth(a))[0] ?? [];
  return closest.flatMap((one) => problemOf(one, path));
}

const WRITE: Readonly<Record<string, string>> = {
  string: 'text (in quotes if it looks like a number)',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'settings, one a line',
  record: 'names with their settings, one a line',
};

function wrongType(issue: Extract<Issue, { code: 'invalid_type' }>): string {
  if (issue.input === undefined && issue.message.endsWith('received undefined')) return 'missing';
  if (!issue.message.startsWith('Invalid input')) return issue.message;
  return `write ${WRITE[issue.expected] ?? issue.expected}`;
}

function wrongSize(issue: Extract<Issue, { code: 'too_small' | 'too_big' }>): string {
  const [bound, word] = issue.code === 'too_small' ? [issue.minimum, 'least'] : [issue.maximum, 'most'];
  if (issue.origin === 'string') return `write at ${word} ${bound} character${bound === 1 ? '' : 's'}`;
  if (issue.origin === 'array') return `write at ${word} ${bound}`;
  return issue.inclusive === false ? `write a number above ${bound}` : `write a number of at ${word} ${bound}`;
}
