import type { Failure } from '../../workers/failures.ts';
import type { Queues } from '../../workers/queues.ts';
import { EXIT, UsageError } from '../errors.ts';
import { printable, wrap } from '../terminal/text.ts';
import { serialise } from './formats.ts';
import { withQueues } from './queues.ts';
import type { Session } from './session.ts';

/** `failures list` and `show` where workers do the work: the jobs that failed for good. */
export function listQueued(session: Session, format: string, given: readonly string[]): Promise<number> {
  return withChosen(session, given, async (found) => {
    if (format !== 'table') session.out.write(await serialise({ failures: found }, format));
    else if (found.length === 0) session.out.write('no job failed that was not replayed or discarded\n');
    else for (const failure of found) session.out.write(tell(failure, session));
  });
}

/** `failures replay`: each job looks first what is there. */
export function replayQueued(session: Session, given: readonly string[]): Promise<number> {
  return withChosen(session, given, async (found, queues) => {
    const { replayFailures } = await import('../../workers/failures.ts');
    const count =
      found.length === 0
        ? 0
        : await replayFailures(
            queues,
            found.map(({ id }) => id),
          );
    session.tell(`${count} tried again; see: ptg-tracker queue`);
  });
}

/** `failures discard`: the next sync finds their items again. */
export function discardQueued(session: Session, given: readonly string[]): Promise<number> {
  return withChosen(session, given, async (found, queues) => {
    const { discardFailures } = await import('../../workers/failures.ts');
    const count =
      found.length === 0
        ? 0
        : await discardFailures(
            queues,
            found.map(({ id }) => id),
          );
    session.tell(`${count} put away`);
  });
}

function withChosen(
  session: Session,
  given: readonly string[],
  work: (found: readonly Failure[], queues: Queues) => Promise<void>,
): Promise<number> {
  return withQueues(session, async (queues) => {
    const { listFailures } = await import('../../workers/failures.ts');
    const all = await listFailures(queues);
    const unknown = given.find((start) => !all.some((failure) => isMeant(failure, start)));
    if (unknown !== undefined)
      throw new UsageError(`no failure is called ${unknown}`, 'See: ptg-tracker failures list');
    await work(
      given.length === 0 ? all : all.filter((failure) => given.some((start) => isMeant(failure, start))),
      queues,
    );
    return EXIT.fine;
  });
}

/** A failure goes by its id, or by the first characters of its item's key. */
function isMeant({ id, key }: Failure, start: string): boolean {
  return id === start || key?.startsWith(start.toLowerCase()) === true;
}

function tell({ id, key, title, because, attempts, at }: Failure, { out }: Session): string {
  const when = at === null ? '' : at.toISOString().slice(0, 16).replace('T', ' ');
  const place = [key, id, when, `${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}`].filter(Boolean).join(' · ');
  const reason = wrap(printable(because), out.width - 4).map((line) => `    ${line}\n`);
  return `${out.paint.wrong('✗')} ${printable(title ?? id)}\n    ${out.paint.dim(place)}\n${reason.join('')}`;
}
