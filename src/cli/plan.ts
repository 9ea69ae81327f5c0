import type { Command } from 'commander';
import { EXIT } from '../errors.ts';
import type { PlanChoices, Planned } from '../pipeline.ts';
import { act } from './act.ts';
import { positive } from './flags.ts';
import { formatFlag, serialise } from './formats.ts';
import type { Session } from './session.ts';

interface PlanFlags {
  readonly format: string;
  readonly out?: string;
  readonly exitCode?: boolean;
  readonly full?: boolean;
  readonly maxCreates?: number;
  readonly only?: string[];
}

/** `plan`: what sync would do; reads notes and trackers, writes nothing anywhere but the file of `--out`. */
export function planCommand(program: Command): void {
  program
    .command('plan')
    .summary('what sync would do')
    .description(
      'Shows what sync would do, tracker by tracker and field by field. Reads notes and trackers, writes to neither.',
    )
    .argument('[notes...]', 'files, folders, globs, addresses, - for stdin; else the notes of the configuration')
    .option('-o, --out <file>', 'writes the plan into a file that sync --plan does to the letter or refuses')
    .option('--exit-code', 'ends with status 4 when there are changes')
    .option('--max-creates <number>', 'at most so many new issues', positive)
    .option('--only <key...>', 'only the items with these keys')
    .option('--full', 'looks at every issue again, so that deleted ones are noticed')
    .addOption(formatFlag(['table', 'json', 'yaml']))
    .addHelpText(
      'after',
      `
Examples:
  ptg-tracker plan
  ptg-tracker plan notes/2026-ptg.md --format json
  ptg-tracker plan --out plan.json && ptg-tracker sync --plan plan.json
  ptg-tracker plan --exit-code --quiet || echo "there are changes"`,
    )
    .action(act(plan));
}

/** What `plan` does. */
export async function plan(session: Session, flags: PlanFlags, given: readonly string[]): Promise<number> {
  const loaded = await session.load();
  const { openParts, tellTroubles } = await import('./parts.ts');
  const { foundIn } = await import('./notes.ts');
  const parts = await openParts(session, loaded, { ledger: 'read', trackers: true });
  try {
    const found = await foundIn(session, parts, loaded, given);
    const { planFor } = await import('../pipeline.ts');
    const { slowly } = await import('./slowly.ts');
    const planned = await slowly(session, 'asking the trackers', planFor(parts, found, choicesOf(flags)));
    session.out.write(await render(session, planned, flags.format, loaded.config.limits.createsPerMinute));
    if (flags.out !== undefined) await save(session, planned, flags, flags.out, given);
    const trouble = tellTroubles(session, planned.errors);
    if (trouble !== null) return trouble;
    return found.failures.length > 0 ? EXIT.partial : changesStatus(planned, flags);
  } finally {
    await parts.close();
  }
}

function choicesOf({ only, maxCreates, full }: PlanFlags): PlanChoices {
  return {
    only: only === undefined ? null : new Set(only),
    maxCreates: maxCreates ?? null,
    run: crypto.randomUUID(),
    full: full === true,
  };
}

async function save(
  session: Session,
  { plan: made }: Planned,
  { only, maxCreates }: PlanFlags,
  file: string,
  notes: readonly string[],
): Promise<void> {
  const { planFile } = await import('./plan-file.ts');
  const { writeWhole } = await import('./write-file.ts');
  const madeFrom = { notes, only: only ?? null, maxCreates: maxCreates ?? null };
  await writeWhole(file, planFile(made, madeFrom, new Date()), session.cwd);
  session.tell(`wrote ${file}`);
}

async function changesStatus({ plan: made }: Planned, { exitCode }: PlanFlags): Promise<number> {
  const { writes } = await import('../plan/json.ts');
  return exitCode === true && made.changes.some(writes) ? EXIT.changes : EXIT.fine;
}

async function render(
  session: Session,
  { plan: made }: Planned,
  format: string,
  createsPerMinute: number,
): Promise<string> {
  if (format !== 'table') {
    const { planJson } = await import('../plan/json.ts');
    return serialise(planJson(made), format);
  }
  const { printPlan } = await import('../plan/print.ts');
  const { width, colours } = session.out;
  return printPlan(made, { width, colours, createsPerMinute });
}
