import { isDeepStrictEqual } from 'node:util';
import { messageOf, TrackerError } from '../errors.ts';
import { knownOf } from '../items/item.ts';
import type { Entry } from '../ledger/ledger.ts';
import type { Change } from '../plan/plan.ts';
import { type Issue, nameOf, type Patch, same, targetOf, type Written } from '../trackers/tracker.ts';
import { eventOf, type Hands, journal, type Step, troubleOf } from './parts.ts';
import { dropped, outcome } from './say.ts';

type Adopt = Extract<Change, { do: 'adopt' }>;
type Update = Extract<Change, { do: 'update' }>;
type Close = Extract<Change, { do: 'close' }>;

/** Takes over an issue of ours that the ledger did not know, and writes its patch when it has one. */
export async function adopt(change: Adopt, hands: Hands): Promise<Step> {
  const unpatched: Written = { issue: change.issue, dropped: [] };
  const written = change.patch === null ? unpatched : await patched(change, change.issue, change.patch, hands);
  if ('outcome' in written) return written;
  const entry = await entryAfter(change, written, hands);
  await hands.ledger.record(entry, eventOf(hands, change, 'adopted', change.because, written.issue.id));
  return done(change, 'adopted', written);
}

/** Writes the fields that the notes changed and no person touched. */
export async function update(change: Update, hands: Hands): Promise<Step> {
  const written = await patched(change, change.issue, change.patch, hands);
  if ('outcome' in written) return written;
  const step = done(change, 'updated', written);
  const { did, because } = step.outcome;
  const event = eventOf(hands, change, did === 'updated' ? 'updated' : 'refused', because, written.issue.id);
  await hands.ledger.record(await entryAfter(change, written, hands), event);
  return step;
}

/** Closes an issue: a second one of ours, or one whose statement vanished. */
export async function close(change: Close, hands: Hands): Promise<Step> {
  const written = await patched(change, change.issue, change.patch, hands);
  if ('outcome' in written) return written;
  await see(change, written.issue, hands);
  await journal(hands, change, 'closed', change.because, written.issue.id);
  return done(change, 'updated', written);
}

/** Brings the ledger up to date where the tracker needs nothing: a new wording, an issue that is only followed. */
export async function remember(change: Extract<Change, { do: 'nothing' }>, { ledger, target }: Memory): Promise<void> {
  if (change.wrote === undefined || change.item === null) return;
  const item = knownOf(change.item);
  const entry = await ledger.get(change.key);
  if (entry !== null) {
    const at = entry.wrote?.at;
    const wrote = change.wrote !== null && at !== undefined ? { ...change.wrote, at } : change.wrote;
    return ledger.record({ ...entry, item, wrote });
  }
  const { key, tracker } = change;
  const nothing = { claim: null, issue: null, seen: null, deletedAt: null };
  return ledger.record({ key, tracker: tracker ?? '', target, item, wrote: change.wrote, ...nothing });
}

interface Memory {
  readonly ledger: Hands['ledger'];
  /** What the item's tracker stands for; empty when the issue is on none of ours. */
  readonly target: string;
}

function done(change: Adopt | Update | Close, did: 'adopted' | 'updated', written: Written): Step {
  const refused = dropped(written);
  if (refused.length > 0 && did === 'updated' && isAlike(written.issue, change.issue)) {
    return { outcome: outcome(change, 'nothing', refused.join('; '), written.issue), trouble: null };
  }
  const notes = [...change.notes, ...refused];
  return { outcome: outcome(change, did, change.because, written.issue, notes), trouble: null };
}

/** Whether two looks at an issue show the same to people; the times of two services' clocks may differ. */
function isAlike(one: Issue, other: Issue): boolean {
  const shown = ({ raw, labels, assignees, duplicateOf }: Issue) => [
    raw,
    labels.toSorted(),
    assignees.toSorted(),
    duplicateOf,
  ];
  return same(one.title, other.title) && same(one.body, other.body) && isDeepStrictEqual(shown(one), shown(other));
}

/** Sends a patch; what stands against it becomes the step's outcome. */
async function patched(
  change: Adopt | Update | Close,
  seen: Issue,
  patch: Patch,
  hands: Hands,
): Promise<Written | Step> {
  try {
    return await hands.tracker.update(seen, patch);
  } catch (error) {
    if (!(error instanceof TrackerError)) throw error;
    if (error.refusal.kind === 'conflict') return moved(change, seen, hands);
    if (error.refusal.kind === 'gone') return gone(change, seen, hands);
    if (error.refusal.kind !== 'busy') await journal(hands, change, 'failed', error.message, seen.id);
    return { outcome: outcome(change, 'failed', messageOf(error)), trouble: troubleOf(error) };
  }
}

async function moved(change: Adopt | Update | Close, seen: Issue, hands: Hands): Promise<Step> {
  const now = await hands.tracker.get(seen.id);
  if (now === null) return gone(change, seen, hands);
  await see(change, now, hands);
  const because = 'changed by somebody while we looked: nothing written, the next run compares again';
  await journal(hands, change, 'conflict', because, seen.id);
  return { outcome: outcome(change, 'nothing', because), trouble: null };
}

async function gone(change: Adopt | Update | Close, seen: Issue, hands: Hands): Promise<Step> {
  const because = `its issue ${nameOf(hands.tracker.type, seen.id)} was deleted on the tracker: not filed again`;
  const deletedAt = hands.clock().toISOString();
  const known = await hands.ledger.get(change.key);
  if (change.do !== 'close') await hands.ledger.record({ ...entryOf(change, seen, hands), deletedAt });
  else if (known?.issue?.id === seen.id) await hands.ledger.record({ ...known, deletedAt });
  await journal(hands, change, 'gone', because, seen.id);
  return { outcome: outcome(change, 'failed', because), trouble: null };
}

/** Keeps how an issue looks now, when it is the one that the ledger follows. */
async function see(change: Change, issue: Issue, { ledger }: Hands): Promise<void> {
  const entry = await ledger.get(change.key);
  if (entry?.issue?.id === issue.id) await ledger.record({ ...entry, seen: issue });
}

function entryOf(change: Adopt | Update, issue: Issue, { tracker }: Hands): Entry {
  return {
    key: change.key,
    tracker: tracker.name,
    target: targetOf(tracker),
    item: knownOf(change.item),
    claim: null,
    issue: { id: issue.id, url: issue.url },
    wrote: change.wrote,
    seen: issue,
    deletedAt: null,
  };
}

/** The entry as it is after a write: what was refused, as on a bug that is locked, is not recorded as written. */
async function entryAfter(change: Adopt | Update, { issue, dropped }: Written, hands: Hands): Promise<Entry> {
  const { patch, wrote } = change;
  const entry = entryOf(change, issue, hands);
  if (patch === null) return entry;
  const before = dropped.length === 0 ? null : ((await hands.ledger.get(change.key))?.wrote ?? null);
  const isRefused = (wanted: string | undefined, now: string) =>
    dropped.length > 0 && wanted !== undefined && !same(wanted, now);
  const title = isRefused(patch.title, issue.title) ? (before?.title ?? issue.title) : wrote.title;
  const block = isRefused(patch.body, issue.body)
    ? (before?.block ?? hands.tracker.dialect.find(issue.body)?.content ?? '')
    : wrote.block;
  return { ...entry, wrote: { ...wrote, title, block, at: issue.updatedAt } };
}
