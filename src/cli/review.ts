import type { Command } from 'commander';
import type { Decision } from '../../config/decisions.ts';
import { EXIT, UsageError } from '../errors.ts';
import type { Item } from '../items/item.ts';
import { act } from './act.ts';
import { foundIn } from './notes.ts';
import { openParts } from './parts.ts';
import type { Session } from './session.ts';

interface ReviewFlags {
  readonly all?: boolean;
}

/** `review`: walks through the items; what is decided goes into a file. */
export function reviewCommand(program: Command): void {
  program
    .command('review')
    .summary('decide about the items one by one')
    .description(
      'Walks through the items that nobody has decided about: keep, drop, retitle, assign, route, mark as tracked. Each ' +
        'decision is written at once into the decisions file (ptg-decisions.yaml), which is made for reading, editing and committing.',
    )
    .argument('[notes...]', 'files, folders, globs, addresses; else the notes of the configuration')
    .option('--all', 'also items that were decided about')
    .addHelpText('after', '\nExamples:\n  ptg-tracker review notes/2026-ptg.md\n  ptg-tracker review --all')
    .action(act(review));
}

async function review(session: Session, flags: ReviewFlags, given: readonly string[]): Promise<number> {
  const loaded = await session.load();
  const file = loaded.config.decisions;
  if (!session.interactive) {
    throw new UsageError('review asks, and nobody can be asked here', `Decisions can be written by hand too: ${file}`);
  }
  const parts = await openParts(session, loaded, { ledger: 'read', trackers: false });
  try {
    const { items, doubts } = await foundIn(session, parts, loaded, given);
    const { openDecisions } = await import('./decisions-file.ts');
    const decisions = await openDecisions(file, session.cwd);
    const doubted = new Map(doubts.map((doubt) => [doubt.key, doubt]));
    const open = items.filter(
      (item) => flags.all === true || !isSettled(decisions.of(item.key), doubted.has(item.key)),
    );
    if (open.length === 0) {
      session.tell(`everything is decided: ${items.length} items, see ${file}`);
      return EXIT.fine;
    }
    const { askAbout } = await import('./review-ask.ts');
    return await walk(
      session,
      open,
      (item, place) =>
        askAbout({
          item,
          place,
          doubt: doubted.get(item.key) ?? null,
          before: decisions.of(item.key),
          trackers: Object.keys(loaded.config.trackers),
          session,
        }),
      decisions,
    );
  } finally {
    await parts.close();
  }
}

/** A doubtful item is settled only by saying which one it is. */
function isSettled(decision: Decision | null, doubtful: boolean): boolean {
  return decision !== null && (!doubtful || decision.sameAs !== undefined);
}

type Answer = Awaited<ReturnType<typeof import('./review-ask.ts').askAbout>>;

/** From item to item; back with `undo`. What was decided is in the file before the next question is asked. */
async function walk(
  session: Session,
  items: readonly Item[],
  ask: (item: Item, place: string) => Promise<Answer>,
  decisions: Awaited<ReturnType<typeof import('./decisions-file.ts').openDecisions>>,
): Promise<number> {
  const undo: { readonly at: number; readonly text: string }[] = [];
  for (let at = 0; at < items.length; ) {
    const item = items[at];
    if (item === undefined) break;
    const answer = await ask(item, `${at + 1} of ${items.length}`);
    if (answer === 'quit') break;
    if (answer === 'undo') {
      const last = undo.pop();
      if (last === undefined) continue;
      await decisions.restore(last.text);
      at = last.at;
      continue;
    }
    undo.push({ at, text: decisions.text });
    await decisions.put(answer);
    at += 1;
  }
  session.tell(`${undo.length} decided. ptg-tracker plan shows what follows from it.`);
  return EXIT.fine;
}
