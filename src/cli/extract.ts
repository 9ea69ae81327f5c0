import type { Command } from 'commander';
import type { LoadedConfig } from '../../config/load.ts';
import { EXIT } from '../errors.ts';
import type { Found } from '../pipeline.ts';
import { act } from './act.ts';
import { share } from './flags.ts';
import { formatFlag, serialise } from './formats.ts';
import type { Session } from './session.ts';

/** How an extraction is shown. */
export interface ExtractFlags {
  readonly format: string;
  readonly all?: boolean;
  readonly explain?: boolean;
  readonly threshold?: number;
}

/** `extract`: what is in the notes; writes nothing anywhere. */
export function extractCommand(program: Command): void {
  program
    .command('extract')
    .summary('what is in the notes')
    .description(
      'Finds the action items and RFE requests in notes. Works without a configuration; writes nothing anywhere.',
    )
    .argument('[notes...]', 'files, folders, globs, addresses, - for stdin; else the notes of the configuration')
    .addOption(formatFlag(['table', 'json', 'yaml', 'markdown', 'csv']))
    .option('--all', 'also what came close to being an item')
    .option('--explain', 'what spoke for and against each statement')
    .option('--threshold <number>', 'the confidence from which on a statement is an item, 0 to 1', share)
    .addHelpText(
      'after',
      `
Examples:
  ptg-tracker extract notes/2026-ptg.txt
  ptg-tracker extract notes/ 'minutes/**/*.md' --format json
  ptg-tracker extract https://etherpad.opendev.org/p/some-pad --all
  cat mail.eml | ptg-tracker extract - --explain`,
    )
    .action(act(extract));
}

/** What `extract` does; also the first step of the demo. */
export async function extract(session: Session, flags: ExtractFlags, given: readonly string[]): Promise<number> {
  const loaded = withThreshold(await session.load(), flags.threshold);
  const { openParts } = await import('./parts.ts');
  const { foundIn } = await import('./notes.ts');
  const parts = await openParts(session, loaded, { ledger: 'read', trackers: false });
  try {
    const found = await foundIn(session, parts, loaded, given);
    session.out.write(await render(session, found, flags));
    if (found.second !== null) await tellSecond(session, found, flags);
    return found.failures.length > 0 ? EXIT.partial : EXIT.fine;
  } finally {
    await parts.close();
  }
}

async function tellSecond(session: Session, found: Found, flags: ExtractFlags): Promise<void> {
  const line = (await import('./second.ts')).secondLine(found);
  if (line !== null) session.tell(session.err.paint.dim(flags.explain ? line : `${line} (--explain shows them)`));
}

function withThreshold(loaded: LoadedConfig, threshold: number | undefined): LoadedConfig {
  if (threshold === undefined) return loaded;
  const { config } = loaded;
  return { ...loaded, config: { ...config, extract: { ...config.extract, threshold } } };
}

async function render(session: Session, found: Found, flags: ExtractFlags): Promise<string> {
  switch (flags.format) {
    case 'json':
    case 'yaml':
      return serialise(await asJson(found, flags), flags.format);
    case 'markdown':
      return (await import('./items-markdown.ts')).itemsMarkdown(found);
    case 'csv':
      return (await import('./items-csv.ts')).itemsCsv(found);
    default:
      return asText(session, found, flags);
  }
}

async function asJson(found: Found, flags: ExtractFlags): Promise<object> {
  const { itemsJson } = await import('./items-json.ts');
  const items = itemsJson(found, flags);
  if (found.second === null || !flags.explain) return items;
  return { ...items, ...(await import('./second.ts')).secondJson(found) };
}

async function asText(session: Session, found: Found, flags: ExtractFlags): Promise<string> {
  const text = (await import('./items-text.ts')).itemsText(found, flags, session.out);
  if (found.second === null || !flags.explain) return text;
  return text + (await import('./second.ts')).secondText(found, session.out);
}
