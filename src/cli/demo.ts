import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadConfig } from '../../config/load.ts';
import { EXIT } from '../errors.ts';
import { extract } from './extract.ts';
import { plan } from './plan.ts';
import type { Sandboxes } from './sandboxes.ts';
import type { Session } from './session.ts';
import { status } from './status.ts';
import { sync } from './sync.ts';

/** Where the demo leaves its reports; made anew each time. */
const FOLDER = join('.ptg-tracker', 'demo');

/** The whole program once, on three real notes and on trackers that exist for this run only. */
export async function demo(session: Session, sandboxes: Sandboxes): Promise<number> {
  const folder = join(session.cwd, FOLDER);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const seeds = relative(session.cwd, seedsFolder()) || '.';
  const file = join(folder, 'ptg-tracker.yaml');
  await writeFile(file, sandboxes.config([join(relative(folder, session.cwd), seeds)]));
  const show = shower(session, sandboxes, file);

  await show(`extract ${seeds}`, 16, (step) => extract(step, { format: 'table' }, [seeds]));
  await show('plan', 14, (step) => plan(step, { format: 'table' }, [seeds]));
  await show('sync --yes', 12, (step) => sync(step, { format: 'table', yes: true }, [seeds]));
  await show('sync --yes', 12, (step) => sync(step, { format: 'table', yes: true }, [seeds]));
  session.out.write(`\n${session.out.paint.dim('… time passes, and colleagues work on it …')}\n`);
  await work(sandboxes);
  await show('status --brief', 40, (step) => status(step, { format: 'table', brief: true }));
  for (const name of ['status.html', 'status.md']) {
    await status(
      { ...quietly(session, sandboxes, file), tell: () => undefined },
      { format: 'table', out: join(FOLDER, name) },
    );
  }
  session.out.write(`\nThe report is in ${join(FOLDER, 'status.html')} and ${join(FOLDER, 'status.md')}.\n`);
  return session.interrupt.signal.aborted ? EXIT.partial : EXIT.fine;
}

type Step = (session: Session) => Promise<number>;

/** Shows the command that one would type and the beginning of what it prints. */
function shower(session: Session, sandboxes: Sandboxes, file: string) {
  return async (command: string, most: number, step: Step): Promise<void> => {
    const { out } = session;
    out.write(`\n${out.paint.strong(`$ ptg-tracker ${command}`)}\n`);
    let text = '';
    const write = (part: string) => {
      text += part;
    };
    const exit = await step({ ...quietly(session, sandboxes, file), out: { ...out, write } });
    out.write(shortened(text, most, out.paint.dim));
    if (exit !== EXIT.fine) throw new Error(`the demo's ${command} ended with status ${exit}`);
  };
}

/** The session of one step: the demo's configuration and the sandboxes' tokens. */
function quietly(session: Session, { environment }: Sandboxes, file: string): Session {
  return {
    ...session,
    env: { ...session.env, ...environment },
    load: () => loadConfig({ file, cwd: session.cwd }),
  };
}

/** The beginning and the end, which is where commands put the sum. */
function shortened(text: string, most: number, dim: (text: string) => string): string {
  const lines = text.trimEnd().split('\n');
  if (lines.length <= most) return `${lines.join('\n')}\n`;
  const left = lines.length - most;
  return `${[...lines.slice(0, most - 2), dim(`  … ${left} more lines …`), ...lines.slice(-2)].join('\n')}\n`;
}

/** What colleagues would do: finish some, drop some, begin some. */
async function work({ github, launchpad }: Sandboxes): Promise<void> {
  const alice = github.actAs('alice');
  for (const [index, { number }] of (await alice.all()).entries()) {
    if (index % 3 === 0) await alice.close(number);
    else if (index % 7 === 0) await alice.close(number, 'not_planned');
  }
  const triager = launchpad.actAs('alice');
  for (const [index, { id }] of [...launchpad.bugs].entries()) {
    if (index % 3 === 0) await triager.triage(String(id), { status: 'Fix Released' });
    else if (index % 3 === 1) await triager.triage(String(id), { status: 'In Progress' });
  }
}

/** The three notes lie beside the program, built or not. */
function seedsFolder(): string {
  for (let folder = new URL('.', import.meta.url); ; folder = new URL('..', folder)) {
    const seeds = new URL('seeds/', folder);
    if (existsSync(seeds)) return fileURLToPath(seeds).replace(/\/$/, '');
    if (folder.pathname === '/') throw new Error('the seeds are not there');
  }
}
