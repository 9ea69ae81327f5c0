import type { Command } from 'commander';
import type { LoadedConfig } from '../../config/load.ts';
import { EXIT, ExpectedError, messageOf } from '../errors.ts';
import { printable, wrap } from '../terminal/text.ts';
import { type Tracker, targetOf } from '../trackers/tracker.ts';
import { act } from './act.ts';
import { openParts } from './parts.ts';
import type { Session } from './session.ts';

/** What one look found: `ok`, `warn` (it works, but), `bad` with what to do about it. */
interface Finding {
  readonly is: 'ok' | 'warn' | 'bad';
  readonly what: string;
  readonly todo?: string | null;
}

/** `doctor`: checks everything that a sync needs, and says what to do about what is wrong. */
export function doctorCommand(program: Command): void {
  program
    .command('doctor')
    .summary('check the configuration, credentials, permissions')
    .description(
      'Checks the configuration, people, ledger, trackers, credentials, permissions and clock, and says what to do. Writes to no tracker.',
    )
    .addHelpText('after', '\nExamples:\n  ptg-tracker doctor\n  ptg-tracker doctor -c other.yaml')
    .action(act(doctor));
}

async function doctor(session: Session): Promise<number> {
  const tell = (finding: Finding) => session.out.write(told(finding, session));
  let loaded: LoadedConfig;
  try {
    loaded = await session.load();
  } catch (error) {
    tell(badOf(error));
    return EXIT.usage;
  }
  const { config, file } = loaded;
  tell(
    file === null
      ? { is: 'warn', what: 'there is no ptg-tracker.yaml here or above', todo: 'ptg-tracker init writes one' }
      : {
          is: 'ok',
          what: `${file} is fine: ${Object.keys(config.trackers).length} trackers, ${config.routes.length} routes`,
        },
  );
  let worst: number = EXIT.fine;
  try {
    const parts = await openParts(session, loaded, {
      ledger: 'read',
      trackers: Object.keys(config.trackers).length > 0,
    });
    try {
      for await (const finding of look([...parts.trackers.values()], parts)) {
        tell(finding);
        if (finding.is === 'bad') worst = EXIT.tracker;
      }
    } finally {
      await parts.close();
    }
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    tell(badOf(error));
    worst = error.exit;
  }
  return worst;
}

async function* look(
  trackers: readonly Tracker[],
  parts: Awaited<ReturnType<typeof openParts>>,
): AsyncGenerator<Finding> {
  const { people, ledger, decisions } = parts;
  if (people.length > 0) yield { is: 'ok', what: `people.yaml is fine: ${people.length} people` };
  if (decisions.length > 0) yield { is: 'ok', what: `the decisions file is fine: ${decisions.length} decisions` };
  const { checkLedger } = await import('../ledger/transfer.ts');
  const { entries, problems, claimed } = await checkLedger(ledger);
  yield { is: 'ok', what: `the ledger (${ledger.place}) holds ${entries} items` };
  for (const problem of problems) yield { is: 'warn', what: problem, todo: 'ptg-tracker ledger rebuild' };
  if (claimed.length > 0)
    yield { is: 'warn', what: `${claimed.length} creates wait to be settled`, todo: 'the next sync settles them' };
  for (const tracker of trackers) yield* lookAt(tracker, parts);
}

async function* lookAt(
  tracker: Tracker,
  { people, now, config, mayTriage }: Awaited<ReturnType<typeof openParts>>,
): AsyncGenerator<Finding> {
  const name = `${tracker.name} (${targetOf(tracker)})`;
  try {
    const { account, mayLabel, mayAssign, warnings } = await tracker.open();
    yield { is: 'ok', what: `${name} can be reached and takes issues, as ${account ?? 'an app'}` };
    if (!mayLabel) yield { is: 'warn', what: `${name}: we may not set labels` };
    if (!mayAssign) yield { is: 'warn', what: `${name}: we may not assign anybody` };
    const triage = await mayTriage(tracker.name);
    if (triage === true) yield { is: 'ok', what: `${name}: we may set importance and milestones, and assign others` };
    if (triage === false) {
      const todo = 'ask its bug supervisors to let you in, or leave these out of the routes';
      yield { is: 'warn', what: `${name}: we may not set importance and milestones, nor assign others`, todo };
    }
    for (const warning of triage === null ? warnings : []) yield { is: 'warn', what: warning };
    const accounts = people.flatMap((person) => person[tracker.type] ?? []);
    const can = accounts.length === 0 ? new Set<string>() : await tracker.assignable(accounts);
    const cannot = accounts.filter((one) => !can.has(one));
    if (cannot.length > 0)
      yield {
        is: 'warn',
        what: `${name}: cannot be assigned: ${cannot.join(', ')}`,
        todo: 'they will be named in the text only',
      };
    if (tracker.limits.settleAfterMs < 10_000)
      yield { is: 'warn', what: 'limits.settleAfter is very short: fit for tests, not for a tracker whose lists lag' };
    const baseUrl = config.trackers[tracker.name]?.baseUrl;
    const seconds = baseUrl === undefined ? null : await secondsAhead(baseUrl, now);
    if (seconds !== null && Math.abs(seconds) > 60) {
      const way = seconds > 0 ? 'ahead of' : 'behind';
      yield {
        is: 'warn',
        what: `the clock here is ${Math.abs(seconds)} s ${way} that of ${name}`,
        todo: 'set it by NTP: lost answers are settled by time',
      };
    }
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    yield badOf(error);
  }
}

function badOf(error: unknown): Finding {
  return { is: 'bad', what: messageOf(error), todo: error instanceof ExpectedError ? error.hint : null };
}

function told({ is, what, todo }: Finding, { out }: Session): string {
  const mark = { ok: out.paint.fresh('✓'), warn: out.paint.changed('!'), bad: out.paint.wrong('✗') }[is];
  const [first = '', ...rest] = what.split('\n').flatMap((line) => wrap(printable(line), out.width - 2));
  const lines = [`${mark} ${first}`, ...rest.map((line) => `  ${line}`)];
  if (todo)
    lines.push(
      ...wrap(printable(todo), out.width - 4).map((line, n) => out.paint.dim(`  ${n === 0 ? '→' : ' '} ${line}`)),
    );
  return `${lines.join('\n')}\n`;
}

/** How far our clock is ahead of a server's, in seconds; null when the server does not tell. */
async function secondsAhead(baseUrl: string, now: () => Date): Promise<number | null> {
  try {
    const answer = await fetch(baseUrl, { method: 'HEAD', signal: AbortSignal.timeout(10_000) });
    const date = Date.parse(answer.headers.get('date') ?? '');
    return Number.isNaN(date) ? null : Math.round((now().getTime() - date) / 1000);
  } catch {
    return null;
  }
}
