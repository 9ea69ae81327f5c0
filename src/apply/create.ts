import { ExpectedError, messageOf, type Refusal, TrackerError } from '../errors.ts';
import { knownOf } from '../items/item.ts';
import { type Claim, claimTime, type Entry } from '../ledger/ledger.ts';
import type { Change } from '../plan/plan.ts';
import { nameOf, targetOf, type Written } from '../trackers/tracker.ts';
import { holding, NotSent } from './hold.ts';
import { eventOf, type Hands, journal, type Step, troubleOf } from './parts.ts';
import { dropped, outcome, STOPPED, sentences } from './say.ts';

type Create = Extract<Change, { do: 'create' }>;
type Claimed = Entry & { readonly claim: Claim };

/** Files one issue: wins the key, sends the create once, records what came of it. */
export async function create(change: Create, hands: Hands): Promise<Step> {
  const claimed = claimFor(change, await claimTime(hands.ledger, hands.clock), hands);
  const event = eventOf(hands, change, 'claimed', change.because, null);
  if (!(await hands.ledger.claim(claimed, change.instead, event))) return beaten(change, hands);
  if (hands.signal.aborted) {
    await hands.ledger.release(change.key, hands.run);
    return { outcome: outcome(change, 'nothing', STOPPED), trouble: null };
  }
  return send(change, claimed, hands);
}

/** Another run was faster: its issue is named where it has one already. */
async function beaten(change: Create, { ledger, tracker }: Hands): Promise<Step> {
  const issue = (await ledger.get(change.key))?.issue ?? null;
  const because =
    issue === null ? 'another run has claimed it' : `another run has filed it as ${nameOf(tracker.type, issue.id)}`;
  return { outcome: outcome(change, 'nothing', because, issue), trouble: null };
}

function claimFor(change: Create, now: Date, { tracker, run }: Hands): Claimed {
  return {
    key: change.key,
    tracker: tracker.name,
    target: targetOf(tracker),
    item: knownOf(change.item),
    claim: { run, at: now.toISOString(), uncertain: false },
    issue: null,
    // Known before the answer is: whoever adopts the issue after our death can tell a person's edit from our text.
    wrote: change.wrote,
    seen: null,
    deletedAt: null,
  };
}

async function send(change: Create, claimed: Claimed, hands: Hands): Promise<Step> {
  let written: Written;
  try {
    written = await holding(claimed, hands, (mayI) => hands.tracker.create(change.draft, mayI));
  } catch (error) {
    if (error instanceof NotSent) return unsent(change, error, hands);
    return isDefinite(error) ? refused(change, error, hands) : doubted(change, error, hands);
  }
  return created(change, claimed, written, hands);
}

/** The claim was taken from us while we waited, or the ledger cannot tell: whoever has it goes on. */
async function unsent(change: Create, { cause }: NotSent, hands: Hands): Promise<Step> {
  if (cause === undefined) return beaten(change, hands);
  await attempt(() => hands.ledger.release(change.key, hands.run));
  throw cause;
}

const DEFINITE: readonly Refusal['kind'][] = [
  'denied',
  'forbidden',
  'missing',
  'disabled',
  'unreachable',
  'busy',
  'invalid',
];

/** Whether a failed create has certainly left nothing behind. Whatever we do not understand has not. */
function isDefinite(error: unknown): error is TrackerError {
  return error instanceof TrackerError && DEFINITE.includes(error.refusal.kind);
}

async function refused(change: Create, error: TrackerError, hands: Hands): Promise<Step> {
  await hands.ledger.release(change.key, hands.run);
  // A limit is no event of the item: it is told for the tracker as a whole.
  if (error.refusal.kind !== 'busy') await journal(hands, change, 'failed', error.message, null);
  return { outcome: outcome(change, 'failed', error.message), trouble: troubleOf(error) };
}

const LATER = 'It will be looked for on the next run; it will not be sent twice.';

async function doubted(change: Create, error: unknown, hands: Hands): Promise<Step> {
  const because = sentences(messageOf(error), LATER);
  const trouble = await attempt(async () => {
    await hands.ledger.doubt(change.key, hands.run);
    await journal(hands, change, 'uncertain', because, null);
  });
  return { outcome: outcome(change, 'uncertain', because), trouble };
}

async function created(change: Create, claimed: Claimed, written: Written, hands: Hands): Promise<Step> {
  const { issue } = written;
  const link = { id: issue.id, url: issue.url };
  const name = nameOf(hands.tracker.type, issue.id);
  const because = change.instead === null ? `filed as ${name}` : `filed as ${name}: ${change.because}`;
  const event = eventOf(hands, change, 'created', because, issue.id);
  const wrote = { ...change.wrote, at: issue.updatedAt };
  const trouble = await attempt(() =>
    hands.ledger.record({ ...claimed, claim: null, issue: link, wrote, seen: issue }, event),
  );
  const notes = [...change.notes, ...dropped(written)];
  const unkept =
    trouble === null ? [] : [`the ledger could not be written (${trouble.message}): the next run takes it over`];
  return { outcome: outcome(change, 'created', because, link, [...notes, ...unkept]), trouble };
}

/** Does what must not undo an outcome that was reached already; gives the expected failure back instead of throwing it. */
async function attempt(work: () => Promise<void>): Promise<ExpectedError | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof ExpectedError) return error;
    throw error;
  }
}
