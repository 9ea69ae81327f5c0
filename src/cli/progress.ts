import type { MultiBar, SingleBar } from 'cli-progress';
import type { Progress } from '../apply/apply.ts';
import type { Outcome } from '../apply/outcome.ts';
import type { Plan } from '../plan/plan.ts';
import { clip, printable, toWidth } from '../terminal/text.ts';
import { nameOf } from '../trackers/tracker.ts';
import type { Session } from './session.ts';

/** What is seen of a sync while it runs. */
export interface SyncProgress {
  start(plan: Plan): void;
  onProgress(progress: Progress): void;
  /** A tracker's limit makes us wait. */
  waiting(tracker: string, until: Date, why: string): void;
  stop(): void;
}

/** Bars on a terminal, now and then a line elsewhere, silence with `--quiet`; all of it on stderr. */
export async function openProgress(session: Session): Promise<SyncProgress> {
  if (!session.err.tty) return lines(session);
  if (session.quiet) return { start: nothing, onProgress: nothing, waiting: nothing, stop: nothing };
  const { MultiBar, Presets } = await import('cli-progress');
  return bars(
    session,
    () =>
      new MultiBar(
        {
          stream: session.err.stream,
          format: '{name}  {bar}  {value}/{total}   {what}',
          barsize: Math.max(8, Math.min(20, Math.floor(session.err.width / 5))),
          hideCursor: true,
          clearOnComplete: true,
          linewrap: false,
          forceRedraw: true,
          gracefulExit: false,
        },
        Presets.shades_classic,
      ),
  );
}

function nothing(): void {}

/** A line whenever a second has passed, so that a log shows that it goes on and does not drown. */
function lines(session: Session): SyncProgress {
  let last = performance.now();
  const say = (text: string, always: boolean) => {
    const now = performance.now();
    if (!always && now - last < 1000) return;
    last = now;
    session.tell(text);
  };
  return {
    start: nothing,
    onProgress: (progress) => {
      const { tracker } = progress;
      if (progress.kind === 'waiting') say(`${tracker}: ${untilText(progress.until)}`, true);
      else if (tracker !== null) say(`${tracker}: ${progress.done} of ${progress.total}`, false);
    },
    waiting: (tracker, until, why) =>
      say(`${tracker}: ${untilText(until)} (${why})`, until.getTime() - Date.now() > 1000),
    stop: nothing,
  };
}

function bars(session: Session, open: () => MultiBar): SyncProgress {
  let all: MultiBar | null = null;
  const each = new Map<string, SingleBar>();
  const types = new Map<string, 'github' | 'launchpad'>();
  const show = (tracker: string, value: number | null, what: string) => {
    const room = Math.max(10, session.err.width - 50);
    const bar = each.get(tracker);
    if (value === null) bar?.update({ what: clip(printable(what), room) });
    else bar?.update(value, { what: clip(printable(what), room) });
  };
  return {
    start: (plan) => {
      all = open();
      for (const { name, type } of plan.trackers) {
        types.set(name, type);
        const total = plan.changes.filter(({ tracker }) => tracker === name).length;
        if (total > 0) each.set(name, all.create(total, 0, { name: toWidth(name, 8), what: '' }));
      }
    },
    onProgress: (progress) => {
      if (progress.tracker === null) return;
      if (progress.kind === 'waiting') show(progress.tracker, null, untilText(progress.until));
      else show(progress.tracker, progress.done, titleOf(progress.outcome, types.get(progress.tracker) ?? 'github'));
    },
    waiting: (tracker, until) => show(tracker, null, untilText(until)),
    stop: () => {
      all?.stop();
      all = null;
    },
  };
}

function titleOf({ issue, title }: Outcome, type: 'github' | 'launchpad'): string {
  return issue === null ? title : `${nameOf(type, issue.id)} ${title}`;
}

function untilText(until: Date): string {
  const seconds = Math.max(0, Math.ceil((until.getTime() - Date.now()) / 1000));
  return `waiting for the limit until ${until.toTimeString().slice(0, 8)} (${seconds} s)`;
}
