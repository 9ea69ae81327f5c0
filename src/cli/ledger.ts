import type { Command } from 'commander';
import { EXIT, UsageError } from '../errors.ts';
import { act } from './act.ts';
import { openParts, tellTroubles } from './parts.ts';
import type { Session } from './session.ts';

/** `ledger`: looks after the record of what was filed where. */
export function ledgerCommand(program: Command): void {
  const ledger = program
    .command('ledger')
    .summary('check, rebuild, move the record of what was filed')
    .description('Looks after the ledger: what was filed where, and what was last seen there. Losing it loses nothing.')
    .addHelpText(
      'after',
      `
Examples:
  ptg-tracker ledger check
  ptg-tracker ledger rebuild                          from the trackers, after it was lost
  ptg-tracker ledger export > ledger.jsonl            from SQLite …
  ptg-tracker -c redis.yaml ledger import ledger.jsonl    … to Redis`,
    );
  ledger.command('check').description('Says what is wrong with it, and what waits to be settled.').action(act(check));
  ledger
    .command('rebuild')
    .description('Lists everything on the trackers again and takes over what carries our key.')
    .action(act(rebuild));
  ledger.command('export').description('Prints it as lines of JSON.').action(act(exportTo));
  ledger
    .command('import')
    .argument('[file...]', 'what export printed; - for stdin')
    .description('Takes over an export. What the ledger knows already stays; importing twice changes nothing.')
    .action(act(importFrom));
}

async function check(session: Session): Promise<number> {
  const loaded = await session.load();
  const parts = await openParts(session, loaded, { ledger: 'read', trackers: false });
  try {
    const { checkLedger } = await import('../ledger/transfer.ts');
    const { entries, problems, claimed } = await checkLedger(parts.ledger);
    session.out.write(`${parts.ledger.place}: ${entries} ${entries === 1 ? 'item' : 'items'}\n`);
    for (const problem of problems) session.out.write(`${session.out.paint.wrong('!')} ${problem}\n`);
    for (const key of claimed) {
      session.out.write(`${session.out.paint.changed('?')} ${key} was being filed: the next sync settles it\n`);
    }
    if (problems.length === 0) session.out.write(`${session.out.paint.fresh('✓')} nothing is wrong\n`);
    return problems.length === 0 ? EXIT.fine : EXIT.partial;
  } finally {
    await parts.close();
  }
}

async function rebuild(session: Session): Promise<number> {
  const loaded = await session.load();
  const parts = await openParts(session, loaded, { ledger: 'write', trackers: true });
  try {
    const { rebuildLedger } = await import('../pipeline.ts');
    const { slowly } = await import('./slowly.ts');
    const { errors, before, after } = await slowly(session, 'asking the trackers', rebuildLedger(parts));
    session.out.write(`${after} items are known, ${after - before} of them were not before\n`);
    return tellTroubles(session, errors) ?? EXIT.fine;
  } finally {
    await parts.close();
  }
}

async function exportTo(session: Session): Promise<number> {
  const loaded = await session.load();
  const parts = await openParts(session, loaded, { ledger: 'read', trackers: false });
  try {
    const { exportLedger } = await import('../ledger/transfer.ts');
    const { REPORTS } = await import('../pipeline.ts');
    for await (const line of exportLedger(parts.ledger, [REPORTS])) session.out.write(`${line}\n`);
    return EXIT.fine;
  } finally {
    await parts.close();
  }
}

async function importFrom(session: Session, _flags: unknown, [file, ...more]: readonly string[]): Promise<number> {
  if (file === undefined || more.length > 0) throw new UsageError('ledger import takes one file', 'Write - for stdin.');
  const lines = await linesOf(file, session.cwd);
  const parts = await openParts(session, await session.load(), { ledger: 'write', trackers: false });
  try {
    const { importLedger } = await import('../ledger/transfer.ts');
    const { entries, kept, events, problems } = await importLedger(parts.ledger, lines);
    for (const problem of problems) session.warn(problem);
    session.out.write(`${entries} items and ${events} events were taken over, ${kept} items were known already\n`);
    return problems.length === 0 ? EXIT.fine : EXIT.partial;
  } finally {
    await parts.close();
  }
}

async function linesOf(file: string, cwd: string): Promise<readonly string[]> {
  if (file === '-') return (await (await import('node:stream/consumers')).text(process.stdin)).split('\n');
  const { textOf } = await import('../../config/load.ts');
  const { resolve } = await import('node:path');
  return (await textOf(resolve(cwd, file), file)).split('\n');
}
