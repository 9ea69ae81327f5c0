import { relative } from 'node:path';
import { ConfigError } from '../src/errors.ts';
import { textOf } from './load.ts';
import type { Person } from './schema.ts';
import type { Problem } from './yaml.ts';

/** Loads `people.yaml`. Throws one `ConfigError` with everything that is wrong in it. */
export async function loadPeople(file: string, cwd: string): Promise<readonly Person[]> {
  const path = relative(cwd, file);
  const name = path.startsWith('..') ? file : path;
  return checkPeople(await textOf(file, name), name);
}

/** Reads the text of a `people.yaml`. */
export async function checkPeople(text: string, name: string): Promise<readonly Person[]> {
  const [{ People }, { problemsOf }, { readYaml, tellProblem }] = await Promise.all([
    import('./schema.ts'),
    import('./problems.ts'),
    import('./yaml.ts'),
  ]);
  const read = readYaml(text);
  if ('problems' in read) throw new ConfigError(name, read.problems);
  const parsed = People.safeParse(read.file.value ?? []);
  const problems = parsed.success ? peopleProblems(parsed.data) : problemsOf(parsed.error.issues);
  if (problems.length === 0 && parsed.success) return parsed.data;
  throw new ConfigError(
    name,
    problems.map((problem) => tellProblem(read.file, problem)),
  );
}

function peopleProblems(people: readonly Person[]): Problem[] {
  return [...namesAreOnesOwn(people), ...accountsAreBare(people)];
}

/** A name or a nick of two people would assign one's work to the other. */
function namesAreOnesOwn(people: readonly Person[]): Problem[] {
  const problems: Problem[] = [];
  const first = new Map<string, number>();
  for (const [index, person] of people.entries()) {
    const names = new Set([person.name, ...person.nicks, ...mailsOf(person)].map((name) => name.toLowerCase()));
    for (const name of names) {
      const other = first.get(name);
      if (other === undefined) first.set(name, index);
      else problems.push({ path: [index], message: `${name} is also [${other}]; a name or nick leads to one person` });
    }
  }
  return problems;
}

function mailsOf({ mail }: Person): readonly string[] {
  if (mail === undefined) return [];
  return typeof mail === 'string' ? [mail] : mail;
}

const GITHUB_ACCOUNT = /^[a-z\d](?:[a-z\d]|-(?=[a-z\d])){0,38}$/i;
const LAUNCHPAD_ACCOUNT = /^[a-z0-9][a-z0-9+.-]*$/;

function accountsAreBare(people: readonly Person[]): Problem[] {
  return people.flatMap(({ github, launchpad }, index) => {
    const problems: Problem[] = [];
    if (github !== undefined && !GITHUB_ACCOUNT.test(github)) {
      problems.push({ path: [index, 'github'], message: 'write the account name alone, without @ and address' });
    }
    if (launchpad !== undefined && !LAUNCHPAD_ACCOUNT.test(launchpad)) {
      problems.push({ path: [index, 'launchpad'], message: 'write the account name alone, without ~ and address' });
    }
    return problems;
  });
}
