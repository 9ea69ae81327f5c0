import type { Command } from 'commander';
import type { Outcome } from '../apply/outcome.ts';
import { EXIT, type ExpectedError, UsageError } from '../errors.ts';
import type { Planned } from '../pipeline.ts';
import type { Wired } from '../wire.ts';
import { act } from './act.ts';
import { positive } from './flags.ts';
import { formatFlag, serialise } from './formats.ts';
import { INTERRUPTED } from './interrupt.ts';
import type { PlanFile } from './plan-file.ts';
import type { Session } from './session.ts';

interface SyncFlags {
  readonly format: string;
  readonly yes?: boolean;
  readonly plan?: string;
  readonly full?: boolean;
  readonly inline?: boolean;
  readonly maxCreates?: number;
  readonly only?: string[];
}

/** `sync`: brings the trackers in line with the notes. */
export function syncCommand(program: Command): void {
  program
    .command('sync')
    .summary('file and update issues')
    .description(
      'Brings the trackers in line with the notes: files what is new, updates what changed, leaves alone what people changed.',
    )
    .argument('[notes...]', 'files, folders, globs, addresses, - for stdin; else the notes of the configuration')
    .option('-y, --yes', 'does not ask; needed where nobody can be asked')
    .option('--plan <file>', 'does just what this file of plan --out says, or refuses when something moved')
    .option('--max-creates <number>', 'at most so many new issues; the next run goes on', positive)
    .option('--only <key...>', 'only the items with these keys')
    .option('--inline', 'does the work in this process, also where workers could (a ledger in Redis)')
    .option('--full', 'looks at every issue again, so that deleted ones are noticed')
    .addOption(formatFlag(['table', 'json', 'yaml']))
    .addHelpText(
      'after',
      `
Examples:
  ptg-tracker sync
  ptg-tracker sync notes/2026-ptg.md --max-creates 5
  ptg-tracker sync --yes --quiet --format json     in a scheduled job
  ptg-tracker sync --plan plan.json --yes`,
    )
    .action(act(sync));
}

/** What `sync` does. */
export async function sync(session: Session, flags: SyncFlags, given: readonly string[]): Promise<number> {
  if (flags.yes !== true && !session.interactive) {
    throw new UsageError(
      'sync writes to the trackers, and nobody can be asked here',
      'Say --yes, or look first: ptg-tracker plan',
    );
  }
  const file = flags.plan === undefined ? null : await planOf(session, flags, given);
  const loaded = await session.load();
  // A saved plan is done here, where it was looked at.
  if (file === null && flags.inline !== true && typeof loaded.config.ledger !== 'string') {
    const { syncQueued } = await import('./sync-queued.ts');
    return syncQueued(session, flags, given, (outcomes) => tellOutcomes(session, outcomes, flags.format));
  }
  const { openProgress } = await import('./progress.ts');
  const progress = await openProgress(session);
  const { openParts, tellTroubles } = await import('./parts.ts');
  const { foundIn } = await import('./notes.ts');
  const parts = await openParts(session, loaded, { ledger: 'write', trackers: true, onWait: progress.waiting });
  try {
    const found = await foundIn(session, parts, loaded, file?.madeFrom.notes ?? given);
    const run = crypto.randomUUID();
    const planned = await planNow(session, parts, found, file?.madeFrom ?? flags, { run, full: flags.full === true });
    if (file !== null) (await import('./plan-file.ts')).checkUnmoved(file, flags.plan ?? '', planned.plan);
    if (session.interrupt.signal.aborted) return INTERRUPTED;
    const agreed = await agree(session, planned, flags.yes === true, loaded.config.limits.createsPerMinute);
    if (agreed !== 'yes') return agreed === 'no' ? EXIT.fine : INTERRUPTED;
    session.interrupt.finishing();
    const { outcomes, troubles } = await perform(parts, planned, run, progress);
    await tellOutcomes(session, outcomes, flags.format);
    const trouble = tellTroubles(session, [...planned.errors, ...troubles]);
    return trouble ?? statusOf(outcomes, found.failures.length, session.interrupt.signal);
  } finally {
    progress.stop();
    await parts.close();
  }
}

async function planOf(session: Session, flags: SyncFlags, given: readonly string[]): Promise<PlanFile> {
  const name = flags.plan ?? '';
  if (given.length > 0 || flags.only !== undefined || flags.maxCreates !== undefined) {
    throw new UsageError('--plan says already which notes and items', 'Leave out the notes, --only and --max-creates.');
  }
  const { textOf } = await import('../../config/load.ts');
  const { resolve } = await import('node:path');
  const { readPlanFile } = await import('./plan-file.ts');
  return readPlanFile(await textOf(resolve(session.cwd, name), name), name);
}

async function planNow(
  session: Session,
  parts: Wired,
  found: Parameters<typeof import('../pipeline.ts').planFor>[1],
  { only, maxCreates }: { readonly only?: readonly string[] | null; readonly maxCreates?: number | null },
  rest: { readonly run: string; readonly full: boolean },
): Promise<Planned> {
  const { planFor } = await import('../pipeline.ts');
  const { slowly } = await import('./slowly.ts');
  const choices = { only: only == null ? null : new Set(only), maxCreates: maxCreates ?? null, ...rest };
  return slowly(session, 'asking the trackers', planFor(parts, found, choices));
}

/** Whether the reader wants it. Where nothing would be written there is nothing to ask. */
async function agree(
  session: Session,
  { plan }: Planned,
  yes: boolean,
  createsPerMinute: number,
): Promise<'yes' | 'no' | 'gone'> {
  const { writes } = await import('../plan/json.ts');
  if (yes || !plan.changes.some(writes)) return 'yes';
  const { printPlan } = await import('../plan/print.ts');
  const { width, colours } = session.err;
  session.err.write(printPlan(plan, { width, colours, createsPerMinute, asking: true }));
  const { confirm, isCancel } = await import('@clack/prompts');
  const { signal } = session.interrupt;
  const answer = await confirm({ message: 'Do it?', initialValue: false, output: session.err.stream, signal });
  if (answer === true) return 'yes';
  session.err.write('Nothing has been written.\n');
  return isCancel(answer) ? 'gone' : 'no';
}

async function perform(
  parts: Wired,
  planned: Planned,
  run: string,
  progress: Awaited<ReturnType<typeof import('./progress.ts').openProgress>>,
): Promise<{ outcomes: readonly Outcome[]; troubles: readonly ExpectedError[] }> {
  const { syncPlan } = await import('../pipeline.ts');
  const outcomes: Outcome[] = [];
  const troubles: ExpectedError[] = [];
  const tell = { onProgress: progress.onProgress, onTrouble: (error: ExpectedError) => void troubles.push(error) };
  progress.start(planned.plan);
  for await (const outcome of syncPlan(parts, planned, run, tell)) outcomes.push(outcome);
  progress.stop();
  return { outcomes, troubles };
}

async function tellOutcomes(session: Session, outcomes: readonly Outcome[], format: string): Promise<void> {
  const { outcomesJson, printOutcomes } = await import('./outcomes.ts');
  const text =
    format === 'table' ? printOutcomes(outcomes, session.out) : await serialise(outcomesJson(outcomes), format);
  session.out.write(text);
}

function statusOf(outcomes: readonly Outcome[], unread: number, signal: AbortSignal): number {
  const bad = outcomes.some(({ did }) => did === 'failed' || did === 'uncertain');
  return bad || unread > 0 || signal.aborted ? EXIT.partial : EXIT.fine;
}
