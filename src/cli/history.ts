import type { Command } from 'commander';
import { EXIT, UsageError } from '../errors.ts';
import type { ItemKey } from '../items/item.ts';
import type { Entry, Ledger } from '../ledger/ledger.ts';
import { printable, wrap } from '../terminal/text.ts';
import { act } from './act.ts';
import { formatFlag, serialise } from './formats.ts';
import { openParts } from './parts.ts';
import type { Session } from './session.ts';

/** `history`: an item's life, from the journal. */
export function historyCommand(program: Command): void {
  program
    .command('history')
    .summary("an item's life")
    .description('Tells what happened to an item: when, in which run, what, and why.')
    .argument('<key...>', 'keys, or their first characters, as extract --format json and plan --format json print them')
    .addOption(formatFlag(['table', 'json', 'yaml']))
    .addHelpText('after', '\nExamples:\n  ptg-tracker history k7q2m9\n  ptg-tracker history k7q2m9 --format json')
    .action(act(history));
}

async function history(session: Session, { format }: { format: string }, given: readonly string[]): Promise<number> {
  const parts = await openParts(session, await session.load(), { ledger: 'read', trackers: false });
  try {
    const entries = await parts.ledger.entries();
    const keys = given.map((start) => keyFrom(start, entries));
    const lives = await Promise.all(keys.map(async (key) => lifeOf(key, entries, parts.ledger)));
    if (format !== 'table') session.out.write(await serialise({ items: lives }, format));
    else session.out.write(`${lives.map((life) => tell(life, session)).join('\n')}`);
    return EXIT.fine;
  } finally {
    await parts.close();
  }
}

/** The one key that begins so. */
export function keyFrom(start: string, entries: readonly Pick<Entry, 'key'>[]): ItemKey {
  const found = entries.filter(({ key }) => key.startsWith(start.toLowerCase()));
  const [only] = found;
  if (only !== undefined && found.length === 1) return only.key;
  if (found.length === 0)
    throw new UsageError(`no item with the key ${start} is known`, 'See: ptg-tracker status --format json');
  throw new UsageError(
    `${start} begins ${found.length} keys: ${found
      .slice(0, 5)
      .map(({ key }) => key)
      .join(', ')}`,
  );
}

type Life = Awaited<ReturnType<typeof lifeOf>>;

async function lifeOf(key: ItemKey, entries: readonly Entry[], ledger: Ledger) {
  const entry = entries.find((one) => one.key === key);
  return {
    key,
    title: entry?.item.title ?? null,
    quote: entry?.item.quote ?? null,
    source: entry?.item.source ?? null,
    tracker: entry?.tracker ?? null,
    issue: entry?.issue ?? null,
    events: await ledger.history(key),
  };
}

function tell({ key, title, source, issue, events }: Life, { out }: Session): string {
  const { strong, dim } = out.paint;
  const place = source === null || source.note === '' ? '' : `${printable(source.note)}:${source.lineStart}`;
  const head = [
    strong(printable(title ?? key)),
    dim([key, place, issue?.url ?? 'not filed'].filter(Boolean).join(' · ')),
  ];
  const lines = events.flatMap(({ at, run, what, because }) => {
    const [first = '', ...rest] = wrap(printable(because), Math.max(20, out.width - 36));
    return [
      `  ${dim(at.slice(0, 19).replace('T', ' '))}  ${what.padEnd(11)} ${first} ${dim(run.slice(0, 8))}`,
      ...rest.map((line) => `${' '.repeat(35)}${line}`),
    ];
  });
  return [...head, ...(lines.length === 0 ? ['  nothing is in the journal'] : lines), ''].join('\n');
}
