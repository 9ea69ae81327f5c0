import { resolve } from 'node:path';
import type { Outcome } from '../apply/outcome.ts';
import { EXIT, UsageError } from '../errors.ts';
import { withQueues } from './queues.ts';
import type { Session } from './session.ts';

interface Asked {
  readonly only?: readonly string[];
  readonly maxCreates?: number;
  readonly full?: boolean;
}

/**
 * `sync` where workers do the work: puts the run into the queues and follows it to its end. Ctrl-C ends the following;
 * the run goes on.
 */
export async function syncQueued(
  session: Session,
  asked: Asked,
  given: readonly string[],
  tellOutcomes: (outcomes: readonly Outcome[]) => Promise<void>,
): Promise<number> {
  if (given.includes('-'))
    throw new UsageError('workers cannot read what is piped in here', 'Say --inline to do it in this process.');
  return withQueues(session, async (queues) => {
    const [{ enqueueSync }, { followRun }, { inspectQueues }] = await Promise.all([
      import('../../workers/enqueue.ts'),
      import('../../workers/follow.ts'),
      import('../../workers/inspect.ts'),
    ]);
    const notes = given.map((one) => (/^https?:\/\//i.test(one) ? one : resolve(session.cwd, one)));
    const only = asked.only === undefined ? null : [...asked.only];
    const run = await enqueueSync(queues, {
      notes,
      only,
      maxCreates: asked.maxCreates ?? null,
      full: asked.full === true,
    });
    session.interrupt.finishing(`The run goes on without you: ${run}`);
    const idle = (await inspectQueues(queues)).every(({ workers }) => workers === 0);
    if (idle) session.warn('no worker runs; the run waits until one does: ptg-tracker worker');
    let total = 0;
    let reached = 0;
    for await (const heard of followRun(queues, run, session.interrupt.signal)) {
      if (heard.kind === 'planned') total = heard.total;
      if (heard.kind === 'outcome') reached += 1;
      if (heard.kind === 'outcome' && (reached % 25 === 0 || reached === total)) session.tell(`${reached} of ${total}`);
      if (heard.kind === 'limited')
        session.tell(`${heard.tracker}: waiting for the limit until ${heard.until.toTimeString().slice(0, 8)}`);
      if (heard.kind !== 'done') continue;
      const { outcomes, failures, errors } = heard.result;
      for (const sentence of [...failures, ...errors]) session.warn(sentence);
      await tellOutcomes(outcomes);
      if (errors.length > 0) return EXIT.tracker;
      const bad = outcomes.some(({ did }) => did === 'failed' || did === 'uncertain');
      return bad || failures.length > 0 ? EXIT.partial : EXIT.fine;
    }
    return EXIT.partial;
  });
}
