import { type Command, Option } from 'commander';
import { EXIT } from '../errors.ts';
import type { ItemKind } from '../items/item.ts';
import type { Report } from '../report/report.ts';
import type { State } from '../trackers/tracker.ts';
import { act } from './act.ts';
import { duration, pointInTime } from './flags.ts';
import { formatFlag } from './formats.ts';
import type { Session } from './session.ts';

interface StatusFlags {
  readonly format: string;
  readonly stale?: number;
  readonly owner?: string;
  readonly kind?: ItemKind;
  readonly state?: State[];
  readonly since?: Date;
  readonly offline?: boolean;
  readonly full?: boolean;
  readonly brief?: boolean;
  readonly out?: string;
}

/** `status`: asks the trackers what became of the items, and reports it. */
export function statusCommand(program: Command): void {
  program
    .command('status')
    .summary('what became of the items')
    .description('Asks the trackers what became of the items that were filed or are followed, and reports it.')
    .option(
      '--stale <duration>',
      'open issues without a change for this long are stale (else as configured: 30d)',
      duration,
    )
    .option('--owner <name>', 'only items of this owner: a part of a name or account, or "nobody"')
    .addOption(new Option('--kind <kind>', 'only items of this kind').choices(['action', 'rfe']))
    .addOption(
      new Option('--state <state...>', 'only items in these states').choices([
        'open',
        'in-progress',
        'done',
        'dropped',
        'unknown',
      ]),
    )
    .option(
      '--since <time>',
      'only what changed since a date, or since so long ago (7d); compares with the report of then',
      pointInTime,
    )
    .option('--offline', 'only what is known already; asks no tracker')
    .option('--full', 'looks at every issue again, so that deleted ones are noticed')
    .option('--brief', 'only the figures (format table)')
    .option('-o, --out <file>', 'writes the report into a file; its name tells the format where --format is not given')
    .addOption(formatFlag(['table', 'markdown', 'html', 'json', 'csv', 'mail']))
    .addHelpText(
      'after',
      `
Examples:
  ptg-tracker status
  ptg-tracker status --owner nobody --state open
  ptg-tracker status --since 7d --format markdown
  ptg-tracker status --stale 14d --out report.html
  ptg-tracker status --format mail | sendmail team@example.org`,
    )
    .action(act(status));
}

/** What `status` does. */
export async function status(session: Session, flags: StatusFlags): Promise<number> {
  const loaded = await session.load();
  const { openParts, tellTroubles } = await import('./parts.ts');
  const parts = await openParts(session, loaded, {
    ledger: flags.offline ? 'read' : 'write',
    trackers: !flags.offline,
  });
  try {
    const { followUp } = await import('../pipeline.ts');
    const { slowly } = await import('./slowly.ts');
    const asked = followUp(parts, {
      filters: {
        owner: flags.owner ?? null,
        kind: flags.kind ?? null,
        states: flags.state ?? [],
        since: flags.since ?? null,
      },
      staleMs: flags.stale ?? loaded.config.stale,
      offline: flags.offline === true,
      full: flags.full === true,
    });
    const { report, errors } = await slowly(session, 'asking the trackers', asked);
    await deliver(session, report, flags);
    return tellTroubles(session, errors) ?? EXIT.fine;
  } finally {
    await parts.close();
  }
}

async function deliver(session: Session, report: Report, flags: StatusFlags): Promise<void> {
  if (flags.out === undefined) {
    session.out.write(await render(report, flags.format, session, flags));
    return;
  }
  const { writeWhole } = await import('./write-file.ts');
  await writeWhole(flags.out, await render(report, formatOf(flags.out, flags.format), null, flags), session.cwd);
  session.tell(`wrote ${flags.out}`);
}

const BY_ENDING: Readonly<Record<string, string>> = {
  md: 'markdown',
  html: 'html',
  htm: 'html',
  json: 'json',
  csv: 'csv',
  eml: 'mail',
};

/** `table` is what stands there without the flag, so the file's name may say better. */
function formatOf(file: string, format: string): string {
  if (format !== 'table') return format;
  return BY_ENDING[file.split('.').at(-1)?.toLowerCase() ?? ''] ?? format;
}

async function render(
  report: Report,
  format: string,
  session: Session | null,
  { brief }: StatusFlags,
): Promise<string> {
  switch (format) {
    case 'markdown':
      return (await import('../report/markdown.ts')).renderMarkdown(report);
    case 'html':
      return (await import('../report/html.ts')).renderHtml(report);
    case 'json':
      return (await import('../report/json.ts')).renderJson(report);
    case 'csv':
      return (await import('../report/csv.ts')).renderCsv(report);
    case 'mail':
      return (await import('../report/mail.ts')).renderMail(report, { from: null, to: [] });
    default: {
      const { renderText } = await import('../report/text.ts');
      const { width, colours } = session?.out ?? { width: 100, colours: false };
      return renderText(report, { width, colours, brief: brief === true });
    }
  }
}
