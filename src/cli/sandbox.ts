import { once } from 'node:events';
import type { Command } from 'commander';
import { EXIT } from '../errors.ts';
import { act } from './act.ts';
import { port } from './flags.ts';
import { formatFlag, serialise } from './formats.ts';
import type { Session } from './session.ts';

interface SandboxFlags {
  readonly port: number;
  readonly demo?: boolean;
  readonly format: string;
}

/** `sandbox`: a GitHub and a Launchpad on this machine, to try everything on. */
export function sandboxCommand(program: Command): void {
  program
    .command('sandbox')
    .summary('a local GitHub and Launchpad')
    .description(
      'Starts a GitHub and a Launchpad on this machine, reachable from here only, until Ctrl-C. They forget everything then.',
    )
    .option('-p, --port <number>', 'where GitHub listens, with Launchpad on the next one; 0 takes free ones', port, 0)
    .option('--demo', 'shows everything on three real notes and ends')
    .addOption(formatFlag(['table', 'json']))
    .addHelpText(
      'after',
      `
Examples:
  ptg-tracker sandbox
  ptg-tracker sandbox --port 4000 --format json
  ptg-tracker sandbox --demo`,
    )
    .action(act(sandbox));
}

async function sandbox(session: Session, flags: SandboxFlags): Promise<number> {
  const { startSandboxes } = await import('./sandboxes.ts');
  session.interrupt.finishing('The sandbox ends, and with it everything in it.');
  const running = await startSandboxes(flags.port);
  try {
    if (flags.demo) return await (await import('./demo.ts')).demo(session, running);
    const { github, launchpad } = running;
    const places = {
      github: { url: github.url, repository: github.repository, token: github.token },
      launchpad: { url: launchpad.url, project: launchpad.project, credentials: launchpad.credentials },
    };
    session.out.write(flags.format === 'json' ? await serialise(places, 'json') : howTo(running));
    if (!session.interrupt.signal.aborted) await once(session.interrupt.signal, 'abort');
    return EXIT.fine;
  } finally {
    await running.close();
  }
}

function howTo(running: Awaited<ReturnType<typeof import('./sandboxes.ts').startSandboxes>>): string {
  const { github, launchpad, config, environment } = running;
  const indented = config(['notes/']).replaceAll(/^(?=.)/gm, '  ');
  const exports = Object.entries(environment).map(([name, value]) => `  export ${name}='${value}'`);
  return `\
GitHub is at ${github.url} with the repository ${github.repository}, Launchpad at ${launchpad.url} with the project ${launchpad.project}.

In ptg-tracker.yaml:

${indented}
In the shell:

${exports.join('\n')}

Then: ptg-tracker plan, ptg-tracker sync, ptg-tracker status. Ctrl-C ends the sandbox.
`;
}
