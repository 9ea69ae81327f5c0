import type { Command } from 'commander';
import { EXIT, UsageError } from '../errors.ts';
import { act } from './act.ts';
import type { ConfigFacts } from './config-text.ts';
import { INTERRUPTED } from './interrupt.ts';
import type { CommonFlags, Session } from './session.ts';

interface InitFlags extends CommonFlags {
  readonly repository?: string;
  readonly notes?: string[];
  readonly tokenEnv: string;
  readonly yes?: boolean;
  readonly force?: boolean;
}

/** `init`: writes a commented configuration. */
export function initCommand(program: Command): void {
  program
    .command('init')
    .summary('write a configuration')
    .description('Writes a commented ptg-tracker.yaml into this folder (or to where --config says).')
    .option(
      '-r, --repository <owner/name>',
      'the GitHub repository that takes the issues; else the one of this git folder',
    )
    .option('-n, --notes <pattern...>', 'files, folders, globs or addresses of the notes')
    .option('--token-env <name>', 'the environment variable that holds the token', 'GITHUB_TOKEN')
    .option('-y, --yes', 'does not ask')
    .option('--force', 'overwrites a file that is there')
    .addHelpText(
      'after',
      `
Examples:
  ptg-tracker init
  ptg-tracker init --yes --repository openstack/neutron --notes 'notes/*.md'`,
    )
    .action(act(init));
}

async function init(session: Session, flags: InitFlags): Promise<number> {
  const name = flags.config ?? (await import('../../config/load.ts')).CONFIG_NAME;
  const { resolve } = await import('node:path');
  const { existsSync } = await import('node:fs');
  if (flags.force !== true && existsSync(resolve(session.cwd, name))) {
    throw new UsageError(`${name} is there already`, 'Say --force to overwrite it.');
  }
  const facts = await factsFor(session, flags);
  if (facts === null) return INTERRUPTED;
  const { configText } = await import('./config-text.ts');
  const { checkConfig } = await import('../../config/check.ts');
  const text = configText(facts);
  // What the answers made of it has to load: a wrong repository is told here, not by the next command.
  checkConfig(text, name);
  await (await import('./write-file.ts')).writeWhole(name, text, session.cwd);
  session.out.write(`wrote ${name}\n`);
  session.tell(`Next: put a token into ${facts.tokenEnv}, and see what would be filed: ptg-tracker plan`);
  session.tell('The folder .ptg-tracker/ will keep what was written where; leave it out of git.');
  return EXIT.fine;
}

async function factsFor(session: Session, flags: InitFlags): Promise<ConfigFacts | null> {
  const { USUAL_NOTES } = await import('./config-text.ts');
  const repository = flags.repository ?? (await repositoryHere(session.cwd));
  const known = { repository, notes: flags.notes ?? [USUAL_NOTES], tokenEnv: flags.tokenEnv };
  const complete = flags.repository !== undefined && flags.notes !== undefined;
  if (!complete && flags.yes !== true && session.interactive) return ask(session, known);
  if (repository === null) {
    throw new UsageError('it has to be said which repository takes the issues', 'Say --repository owner/name.');
  }
  return { ...known, repository };
}

async function ask(
  session: Session,
  known: { readonly repository: string | null; readonly notes: readonly string[]; readonly tokenEnv: string },
): Promise<ConfigFacts | null> {
  const { isCancel, text } = await import('@clack/prompts');
  const output = session.err.stream;
  const repository = await text({
    message: 'Which GitHub repository takes the issues?',
    placeholder: 'owner/name',
    ...(known.repository === null ? {} : { initialValue: known.repository }),
    validate: (value) => (/^[\w.-]+\/[\w.-]+$/.test(value ?? '') ? undefined : 'Write owner/name.'),
    output,
  });
  if (isCancel(repository)) return null;
  const notes = await text({
    message: 'Where are the notes? (files, folders, globs, addresses; blanks between)',
    initialValue: known.notes.join(' '),
    output,
  });
  if (isCancel(notes)) return null;
  return { repository, notes: notes.split(' ').filter((note) => note !== ''), tokenEnv: known.tokenEnv };
}

/** The repository on GitHub that this git folder was cloned from; null when there is none. */
async function repositoryHere(cwd: string): Promise<string | null> {
  const { readFile } = await import('node:fs/promises');
  const { join } = await import('node:path');
  const config = await readFile(join(cwd, '.git', 'config'), 'utf8').catch(() => '');
  return (
    /^[ \t]*url[ \t]*=[ \t]*\S{0,200}?github\.com[:/](?<name>[\w.-]+\/[\w.-]+?)(?:\.git)?[ \t]*$/m.exec(config)?.groups
      ?.name ?? null
  );
}
