import type { Command } from 'commander';
import type { LoadedConfig } from '../../config/load.ts';
import type { Queues } from '../../workers/queues.ts';
import { EXIT } from '../errors.ts';
import { toWidth } from '../terminal/text.ts';
import { act } from './act.ts';
import { formatFlag, serialise } from './formats.ts';
import { withQueues } from './queues.ts';
import type { Session } from './session.ts';

/** `schedule`: what happens by itself. */
export function scheduleCommand(program: Command): void {
  const schedule = program
    .command('schedule')
    .summary('what happens by itself')
    .description(
      'Puts the schedules of the configuration in place. Workers start them at their times, each exactly once.',
    )
    .addHelpText(
      'after',
      `
Examples:
  ptg-tracker schedule apply         in line with the configuration; doing it twice changes nothing
  ptg-tracker schedule list
  ptg-tracker schedule run weekly    now, besides its times
  ptg-tracker schedule pause weekly`,
    );
  schedule
    .command('list', { isDefault: true })
    .addOption(formatFlag(['table', 'json', 'yaml']))
    .description('Lists them with their next times.')
    .action(act(list));
  schedule.command('apply').description('Adds, changes and removes, as the configuration says.').action(act(apply));
  schedule.command('run').argument('<name...>').description('Starts what it does now.').action(act(run));
  schedule.command('pause').argument('<name...>').description('Keeps it from starting.').action(act(pause));
  schedule.command('resume').argument('<name...>').description('Lets it start again.').action(act(resume));
  schedule
    .command('remove')
    .argument('<name...>')
    .description('Takes it away until it is applied again.')
    .action(act(remove));
}

function list(session: Session, { format }: { format: string }): Promise<number> {
  return withQueues(session, async (queues, { config }) => {
    const { listSchedules } = await import('../../workers/schedules.ts');
    const schedules = await listSchedules(queues, config.schedules);
    if (format !== 'table') session.out.write(await serialise({ schedules }, format));
    else if (schedules.length === 0)
      session.out.write('there are no schedules, neither in the configuration nor in place\n');
    else {
      for (const { name, cron, timezone, run, next, state } of schedules) {
        const when = next === null ? '–' : next.toISOString().slice(0, 16).replace('T', ' ');
        const { dim, changed } = session.out.paint;
        const told = state === 'active' ? dim(state) : changed(state);
        session.out.write(
          `${toWidth(name, 16)}  ${toWidth(run ?? '', 6)}  ${toWidth(`${cron} ${timezone}`, 26)}  next ${toWidth(when, 16)}  ${told}\n`,
        );
      }
    }
    return EXIT.fine;
  });
}

function apply(session: Session): Promise<number> {
  return withQueues(session, async (queues, { config }) => {
    const { applySchedules } = await import('../../workers/schedules.ts');
    const { unchanged, ...changes } = await applySchedules(queues, config.schedules);
    const told = Object.entries(changes).flatMap(([what, names]) => names.map((name) => `${what} ${name}`));
    session.tell([...told, `${unchanged.length} unchanged`].join('\n'));
    return EXIT.fine;
  });
}

function run(session: Session, _flags: unknown, names: readonly string[]): Promise<number> {
  return withQueues(session, async (queues, { config }) => {
    const { runSchedule } = await import('../../workers/schedules.ts');
    for (const name of names) session.out.write(`${name} started as ${await runSchedule(queues, config, name)}\n`);
    return EXIT.fine;
  });
}

type Each = (queues: Queues, loaded: LoadedConfig, name: string) => Promise<unknown>;

function each(session: Session, names: readonly string[], done: string, work: Each): Promise<number> {
  return withQueues(session, async (queues, loaded) => {
    for (const name of names) {
      await work(queues, loaded, name);
      session.tell(`${name} ${done}`);
    }
    return EXIT.fine;
  });
}

async function pause(session: Session, _flags: unknown, names: readonly string[]): Promise<number> {
  const { pauseSchedule } = await import('../../workers/schedules.ts');
  return each(session, names, 'paused', (queues, { config }, name) => pauseSchedule(queues, config.schedules, name));
}

async function resume(session: Session, _flags: unknown, names: readonly string[]): Promise<number> {
  const { resumeSchedule } = await import('../../workers/schedules.ts');
  return each(session, names, 'resumed', (queues, { config }, name) => resumeSchedule(queues, config.schedules, name));
}

async function remove(session: Session, _flags: unknown, names: readonly string[]): Promise<number> {
  const { removeSchedule } = await import('../../workers/schedules.ts');
  return each(session, names, 'removed', (queues, _loaded, name) => removeSchedule(queues, name));
}
