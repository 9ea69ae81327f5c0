import { ConfigError } from '../src/errors.ts';
import { problemsOf } from './problems.ts';
import { checkRules } from './rules.ts';
import { Config } from './schema.ts';
import { type Problem, readYaml, tellProblem, type YamlFile } from './yaml.ts';

/** Reads the text of a `ptg-tracker.yaml`. Throws one `ConfigError` with everything that is wrong in it. */
export function checkConfig(text: string, name: string): { config: Config; warnings: readonly string[] } {
  const read = readYaml(text);
  if ('problems' in read) throw new ConfigError(name, read.problems);
  const { config, problems } = parse(read.file.value ?? {});
  const unusable = new Set(problems.map(({ path }) => String(path[0])));
  const found = checkRules(config, unusable, namesIn(read.file.value));
  if (problems.length + found.problems.length > 0) refuse(read.file, name, [...problems, ...found.problems]);
  return { config, warnings: found.warnings.map((warning) => `${name}: ${tellProblem(read.file, warning)}`) };
}

/** The configuration, with defaults in place of the settings that have problems, so that the rest can be checked too. */
function parse(value: unknown): { config: Config; problems: readonly Problem[] } {
  const parsed = Config.safeParse(value);
  if (parsed.success) return { config: routed(parsed.data), problems: [] };
  const problems = problemsOf(parsed.error.issues);
  const bad = new Set(problems.map(({ path }) => String(path[0])));
  const sound = isMapping(value) ? Object.entries(value).filter(([setting]) => !bad.has(setting)) : [];
  return { config: Config.parse(Object.fromEntries(sound)), problems };
}

function namesIn(value: unknown): readonly string[] {
  return isMapping(value) && isMapping(value.trackers) ? Object.keys(value.trackers) : [];
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refuse(file: YamlFile, name: string, problems: readonly Problem[]): never {
  const told = problems.map((problem) => ({ line: file.lineOf(problem.path) ?? 0, text: tellProblem(file, problem) }));
  throw new ConfigError(
    name,
    told.sort((a, b) => a.line - b.line).map(({ text }) => text),
  );
}

/** Who has one tracker and no routes means that everything goes there. */
function routed(config: Config): Config {
  const [only, ...others] = Object.keys(config.trackers);
  if (config.routes.length > 0 || only === undefined || others.length > 0) return config;
  return { ...config, routes: [{ tracker: only, labels: [], tags: [], titlePrefix: '' }] };
}
