import type { Command } from 'commander';
import type { QueueState } from '../../workers/inspect.ts';
import { EXIT } from '../errors.ts';
import { pad } from '../terminal/text.ts';
import { act } from './act.ts';
import { formatFlag, serialise } from './formats.ts';
import { withQueues } from './queues.ts';
import type { Session } from './session.ts';

/** `queue`: what waits for what, and until when. */
export function queueCommand(program: Command): void {
  const queue = program
    .command('queue')
    .summary('what waits, and for what')
    .description('Shows the queues: how many jobs wait, for what, until when; and holds or releases them.')
    .addHelpText(
      'after',
      '\nExamples:\n  ptg-tracker queue list\n  ptg-tracker queue pause sync-work\n  ptg-tracker queue resume',
    );
  queue
    .command('list', { isDefault: true })
    .addOption(formatFlag(['table', 'json', 'yaml']))
    .description('Shows how they stand.')
    .action(act(list));
  queue
    .command('pause')
    .argument('[name...]', 'else all')
    .description('Holds them; jobs in hand are finished.')
    .action(act(pause));
  queue.command('resume').argument('[name...]', 'else all').description('Lets them go on.').action(act(resume));
}

function list(session: Session, { format }: { format: string }): Promise<number> {
  return withQueues(session, async (queues) => {
    const { inspectQueues } = await import('../../workers/inspect.ts');
    const states = await inspectQueues(queues);
    if (format !== 'table') session.out.write(await serialise({ queues: states }, format));
    else session.out.write(table(states, session));
    return EXIT.fine;
  });
}

function table(states: readonly QueueState[], { out }: Session): string {
  const name = Math.max(5, ...states.map((state) => state.name.length));
  const row = (cells: readonly (string | number)[]) => cells.map((cell) => pad(String(cell), 8, 'start')).join('');
  const head = `${pad('queue', name)}${row(['waiting', 'active', 'delayed', 'blocked', 'failed', 'workers'])}\n`;
  const lines = states.map((state) => {
    const { waiting, active, delayed, waitingForOthers, failed, workers } = state;
    return `${pad(state.name, name)}${row([waiting, active, delayed, waitingForOthers, failed, workers])}  ${remark(state, out.paint)}`.trimEnd();
  });
  return `${out.paint.dim(head)}${lines.join('\n')}\n`;
}

function remark(
  { paused, limitedUntil, nextDelayed, waiting, workers, calls }: QueueState,
  paint: Session['out']['paint'],
): string {
  const time = (at: Date) => at.toTimeString().slice(0, 8);
  return [
    paused ? paint.changed('paused') : null,
    limitedUntil === null ? null : `waits for the tracker's limit until ${time(limitedUntil)}`,
    nextDelayed === null ? null : `the next one comes back at ${time(nextDelayed)}`,
    calls === null ? null : `${calls.left} of ${calls.limit} calls left until ${time(calls.until)}`,
    waiting > 0 && workers === 0 ? paint.wrong('no worker runs: ptg-tracker worker') : null,
  ]
    .filter((one) => one !== null)
    .join('; ');
}

async function pause(session: Session, _flags: unknown, names: readonly string[]): Promise<number> {
  const { pauseQueues } = await import('../../workers/inspect.ts');
  return hold(session, names, 'paused', pauseQueues);
}

async function resume(session: Session, _flags: unknown, names: readonly string[]): Promise<number> {
  const { resumeQueues } = await import('../../workers/inspect.ts');
  return hold(session, names, 'going on', resumeQueues);
}

function hold(
  session: Session,
  names: readonly string[],
  done: string,
  work: typeof import('../../workers/inspect.ts').pauseQueues,
): Promise<number> {
  return withQueues(session, async (queues) => {
    const { UsageError } = await import('../errors.ts');
    const known = [...queues.all.keys()] as string[];
    const unknown = names.filter((name) => !known.includes(name));
    if (unknown.length > 0)
      throw new UsageError(`there is no queue ${unknown.join(', ')}`, `There are: ${known.join(', ')}.`);
    await work(queues, names);
    session.tell(`${names.length === 0 ? 'all queues' : names.join(', ')}: ${done}`);
    return EXIT.fine;
  });
}
