import type { Command } from 'commander';
import { EXIT } from '../errors.ts';
import { DISCARDED, type Failure, failuresIn } from '../ledger/failures.ts';
import type { Entry } from '../ledger/ledger.ts';
import { printable, wrap } from '../terminal/text.ts';
import type { Wired } from '../wire.ts';
import { act } from './act.ts';
import { formatFlag, serialise } from './formats.ts';
import { keyFrom } from './history.ts';
import { openParts } from './parts.ts';
import type { Session } from './session.ts';

/** `failures`: what failed and was not put right since. */
export function failuresCommand(program: Command): void {
  const failures = program
    .command('failures')
    .summary('what failed: list, show, replay, discard')
    .description('Lists items whose last write failed or whose answer was lost, and puts them right or away.')
    .addHelpText(
      'after',
      `
Examples:
  ptg-tracker failures list
  ptg-tracker failures replay --yes          tries all of them again; looks first what is there
  ptg-tracker failures discard k7q2m9        takes one off the list`,
    );
  failures
    .command('list', { isDefault: true })
    .addOption(formatFlag(['table', 'json', 'yaml']))
    .description('Lists them, the latest first.')
    .action(act(list));
  failures.command('show').argument('<key...>').description('Tells all about some of them.').action(act(show));
  failures
    .command('replay')
    .argument('[key...]', 'else all')
    .option('-y, --yes', 'does not ask')
    .description('Tries them again, as sync --only does: each looks first what is there.')
    .action(act(replay));
  failures
    .command('discard')
    .argument('[key...]', 'else all')
    .description('Takes them off the list; the next sync finds their items again.')
    .action(act(discard));
}

async function list(session: Session, { format }: { format: string }): Promise<number> {
  if (await isQueued(session)) return (await import('./failures-queued.ts')).listQueued(session, format, []);
  return withFailures(session, 'read', [], async (found) => {
    if (format !== 'table') session.out.write(await serialise({ failures: found.map(asData) }, format));
    else if (found.length === 0) session.out.write('nothing failed that was not put right since\n');
    else for (const one of found) session.out.write(tell(one, session));
    return EXIT.fine;
  });
}

async function show(session: Session, _flags: unknown, given: readonly string[]): Promise<number> {
  if (await isQueued(session)) return (await import('./failures-queued.ts')).listQueued(session, 'table', given);
  return withFailures(session, 'read', given, async (found) => {
    for (const one of found) {
      session.out.write(tell(one, session));
      if (one.entry !== null)
        session.out.write(
          `    “${printable(one.entry.item.quote)}”\n    ${printable(one.entry.item.source.note)}:${one.entry.item.source.lineStart}\n`,
        );
    }
    return EXIT.fine;
  });
}

async function replay(session: Session, { yes }: { yes?: boolean }, given: readonly string[]): Promise<number> {
  if (await isQueued(session)) return (await import('./failures-queued.ts')).replayQueued(session, given);
  let again = { keys: [] as string[], notes: [] as string[] };
  await withFailures(session, 'read', given, async (found) => {
    const notes = new Set(found.flatMap(({ entry }) => (entry === null ? [] : [entry.item.source.note])));
    again = { keys: found.map(({ failure }) => failure.key), notes: [...notes].filter((note) => note !== '') };
    return EXIT.fine;
  });
  if (again.keys.length === 0) {
    session.tell('nothing failed that was not put right since');
    return EXIT.fine;
  }
  const { sync } = await import('./sync.ts');
  return sync(session, { format: 'table', only: again.keys, ...(yes === true ? { yes } : {}) }, again.notes);
}

async function discard(session: Session, _flags: unknown, given: readonly string[]): Promise<number> {
  if (await isQueued(session)) return (await import('./failures-queued.ts')).discardQueued(session, given);
  return withFailures(session, 'write', given, async (found, { ledger, now }) => {
    for (const { failure } of found) {
      const { key, tracker } = failure;
      await ledger.log({
        at: now().toISOString(),
        run: 'failures',
        key,
        tracker,
        what: DISCARDED,
        because: 'somebody put it away',
        issue: null,
      });
    }
    session.tell(`${found.length} put away`);
    return EXIT.fine;
  });
}

/** Whether workers do the work: then the failures are jobs. */
async function isQueued(session: Session): Promise<boolean> {
  return typeof (await session.load()).config.ledger !== 'string';
}

interface Found {
  readonly failure: Failure;
  readonly entry: Entry | null;
}

async function withFailures(
  session: Session,
  ledger: 'read' | 'write',
  given: readonly string[],
  work: (found: readonly Found[], parts: Wired) => Promise<number>,
): Promise<number> {
  const parts = await openParts(session, await session.load(), { ledger, trackers: false });
  try {
    const failures = failuresIn(await parts.ledger.history());
    const wanted = new Set(given.map((start) => keyFrom(start, failures)));
    const entries = new Map((await parts.ledger.entries()).map((entry) => [entry.key, entry]));
    const found = failures.filter(({ key }) => wanted.size === 0 || wanted.has(key));
    return await work(
      found.map((failure) => ({ failure, entry: entries.get(failure.key) ?? null })),
      parts,
    );
  } finally {
    await parts.close();
  }
}

function asData({ failure, entry }: Found) {
  return { ...failure, title: entry?.item.title ?? null };
}

function tell({ failure, entry }: Found, { out }: Session): string {
  const { key, what, tracker, because, at } = failure;
  const mark = what === 'failed' ? out.paint.wrong('✗') : out.paint.changed('?');
  const head = `${mark} ${printable(entry?.item.title ?? key)}\n`;
  const place = out.paint.dim(`${key} · ${tracker ?? 'no tracker'} · ${at.slice(0, 16).replace('T', ' ')}`);
  return `${head}    ${place}\n${wrap(printable(because), out.width - 4)
    .map((line) => `    ${line}\n`)
    .join('')}`;
}
