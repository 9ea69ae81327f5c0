import { relative } from 'node:path';
import { ConfigError } from '../src/errors.ts';
import { textOf } from './load.ts';

/** A cue of somebody's own, as `config/cues.yaml` writes its cues. */
export interface OwnCue {
  readonly id: string;
  readonly kind: 'commitment' | 'phrase' | 'marker' | 'place' | 'request';
  readonly weight: number;
  readonly any: readonly string[];
  readonly example: string;
  readonly why: string;
}

/** Loads cues of somebody's own, in the form of `config/cues.yaml`. Throws one `ConfigError` with all that is wrong. */
export async function loadCues(file: string, cwd: string): Promise<readonly OwnCue[]> {
  const path = relative(cwd, file);
  const name = path.startsWith('..') ? file : path;
  return checkCues(await textOf(file, name), name);
}

/** Reads the text of a file of cues. */
export async function checkCues(text: string, name: string): Promise<readonly OwnCue[]> {
  // A run without cues of its own should not wait for these.
  const [{ z }, { problemsOf }, { readYaml, tellProblem }] = await Promise.all([
    import('zod'),
    import('./problems.ts'),
    import('./yaml.ts'),
  ]);
  const Cues = z.array(
    z.strictObject({
      id: z.string().regex(/^[a-z][a-z0-9-]*$/, 'name it with a-z 0-9 -'),
      kind: z.enum(['commitment', 'phrase', 'marker', 'place', 'request']),
      weight: z.number().min(-10).max(10),
      any: z.array(z.string().min(1)).nonempty(),
      example: z.string().default(''),
      why: z.string().default(''),
    }),
  );
  const read = readYaml(text);
  if ('problems' in read) throw new ConfigError(name, read.problems);
  const parsed = Cues.safeParse(read.file.value ?? []);
  if (parsed.success) return parsed.data;
  throw new ConfigError(
    name,
    problemsOf(parsed.error.issues).map((problem) => tellProblem(read.file, problem)),
  );
}
