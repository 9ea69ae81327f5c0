import type { Decision } from '../config/decisions.ts';
import { loadLanguage } from '../config/language.ts';
import type { Config, Person } from '../config/schema.ts';
import { type ApplyParts, apply } from './apply/apply.ts';
import type { Outcome } from './apply/outcome.ts';
import type { NoteError, TrackerError } from './errors.ts';
import { withDays } from './items/dates.ts';
import { decide, settledBy } from './items/decide.ts';
import { type Extraction, type ExtractOptions, extract } from './items/extract.ts';
import type { Item, ItemKey, Ref } from './items/item.ts';
import type { Cue } from './items/language.ts';
import type { Known } from './items/match.ts';
import { merge } from './items/merge.ts';
import { directoryOf, ownerOf } from './items/people.ts';
import { refOf } from './items/ref.ts';
import { claimTime, type Entry, type Ledger } from './ledger/ledger.ts';
import type { Model } from './model/ask.ts';
import type { FirstOpinion, SecondOpinion } from './model/second.ts';
import { gather } from './notes/gather.ts';
import type { Note } from './notes/note.ts';
import type { Doubt } from './plan/input.ts';
import { makePlan } from './plan/make.ts';
import type { Plan } from './plan/plan.ts';
import { type Held, pull, recordPull } from './pull.ts';
import { asKnown, passagesOf, recognise } from './recognise.ts';
import { EVERYTHING, type Filters, makeReport } from './report/make.ts';
import { recall, remember } from './report/memory.ts';
import type { Report } from './report/report.ts';
import type { Followed } from './report/standing.ts';
import { survey } from './survey.ts';
import type { Tracker } from './trackers/tracker.ts';
import { findTwins, joined, spentKeys, withoutTwins } from './twins.ts';

/** What the program works with; `wire.ts` makes it. */
export interface Parts {
  readonly config: Config;
  /** What paths in the configuration are relative to. */
  readonly dir: string;
  /** What paths on the command line are relative to. */
  readonly cwd: string;
  readonly people: readonly Person[];
  /** What people decided in a review. */
  readonly decisions: readonly Decision[];
  readonly ledger: Ledger;
  readonly trackers: ReadonlyMap<string, Tracker>;
  /** The present state of what refs point to, by their address; never throws for one of them. */
  readonly follow: (refs: readonly Ref[]) => Promise<ReadonlyMap<string, Followed>>;
  /** Opens the model that reads the notes too; absent unless one is configured. Throws `ConfigError` without its key. */
  readonly openModel?: (() => Promise<Model>) | undefined;
  readonly now: () => Date;
  /** Ctrl-C: the request in flight is finished, nothing new is begun. */
  readonly signal: AbortSignal;
}

/** The items of some notes, and everything that the reader of an extraction wants to know besides. */
export interface Found {
  readonly notes: readonly Note[];
  /** Notes that could not be read; the others went on. */
  readonly failures: readonly NoteError[];
  readonly extractions: readonly Extraction[];
  /** What a model made of the notes; null when none is configured. */
  readonly second: SecondOpinion | null;
  readonly items: readonly Item[];
  readonly doubts: readonly Doubt[];
  /** Items that a person dropped in a review. */
  readonly dropped: ReadonlySet<ItemKey>;
  /** Tells whether a note was read in this run, by its source. */
  readonly read: { has(note: string): boolean };
}

export interface PlanChoices {
  readonly only: ReadonlySet<string> | null;
  readonly maxCreates: number | null;
  readonly run: string;
  /** Lists everything on the trackers again, so that deleted issues are noticed. */
  readonly full: boolean;
}

/** A plan with what was seen when it was made; `syncPlan` records that once the plan is done. */
export interface Planned {
  readonly plan: Plan;
  readonly held: readonly Held[];
  /** Trackers that could not be used. */
  readonly errors: readonly TrackerError[];
}

/** Reads notes: those that were given, else those of the configuration. */
export async function readNotes(
  parts: Pick<Parts, 'config' | 'dir' | 'cwd'>,
  given: readonly string[],
  onBytes?: (size: number) => void,
): Promise<{ readonly notes: readonly Note[]; readonly failures: readonly NoteError[] }> {
  const { config, dir, cwd } = parts;
  const options = { allowPrivateAddresses: config.allowPrivateAddresses, timeoutMs: config.limits.timeout, onBytes };
  return given.length > 0
    ? gather(given, { ...options, cwd })
    : gather(config.notes, { ...options, cwd: dir, from: cwd });
}

/** Finds the items of notes and gives known ones the keys that the ledger holds. */
export async function findItems(
  parts: Pick<Parts, 'config' | 'cwd' | 'people' | 'decisions' | 'ledger' | 'openModel'>,
  { notes, failures }: Awaited<ReturnType<typeof readNotes>>,
): Promise<Found> {
  const { threshold, releases } = parts.config.extract;
  const options = { language: await loadLanguage(await ownCues(parts)), threshold, releases, people: parts.people };
  const extractions = notes.map((note) => extract(note, options));
  const second = await secondLook(parts, options, notes, extractions);
  const merged = await withDays(merge(second?.findings ?? extractions.flatMap(({ findings }) => findings)));
  const known = (await parts.ledger.entries()).map(asKnown);
  const { items, doubts } = recognise(merged, known, parts.decisions);
  const decided = decide(items, parts.decisions, directoryOf(parts.people));
  const read = new Set(notes.map(({ source }) => source));
  return { notes, failures, extractions, second, doubts, items: decided.items, dropped: decided.dropped, read };
}

/** What a model makes of the notes, where one is configured; the rules' findings stand whatever it does. */
async function secondLook(
  { config, people, openModel }: Pick<Parts, 'config' | 'people' | 'openModel'>,
  options: ExtractOptions,
  notes: readonly Note[],
  extractions: readonly Extraction[],
): Promise<SecondOpinion | null> {
  const settings = config.extract.model;
  if (settings === undefined || openModel === undefined) return null;
  const { secondOpinion } = await import('./model/second.ts');
  const directory = directoryOf(people);
  const firsts = notes.map(
    (note, index): FirstOpinion => ({
      note,
      findings: extractions[index]?.findings ?? [],
      readings: () => extract(note, { ...options, threshold: 0 }).findings,
    }),
  );
  return secondOpinion(await openModel(), firsts, {
    mode: settings.mode,
    confidence: settings.confidence,
    threshold: options.threshold ?? options.language.model.threshold,
    ownerOf: (name) => ownerOf(name, directory),
    refOf,
  });
}

/** What sync would do. Reads the trackers; writes nothing, not even into the ledger. */
export async function planFor(
  parts: Parts,
  found: Pick<Found, 'items' | 'read'>,
  choices: PlanChoices,
): Promise<Planned> {
  const { ledger, trackers } = parts;
  const now = await sharedClock(parts);
  const held = await Promise.all(
    [...trackers.values()].map((tracker) => pull(tracker, ledger, { full: choices.full, now })),
  );
  const entries = await ledger.entries();
  const known = [...entries.map(asKnown), ...held.flatMap(passagesOf)];
  const settled = settledBy(parts.decisions);
  const looked = { ...found, entries, held, settled, ledger };
  const recognised = await recogniseSurely(looked, known, parts.decisions);
  const { twins, doubts } = await findTwins({ ...looked, items: recognised.items });
  const stated = withoutTwins(recognised.items, twins);
  const { items, dropped, chosen } = decide(stated, parts.decisions, directoryOf(parts.people));
  const surveyed = await Promise.all(held.map((one) => survey({ ...parts, now }, one, items, entries)));
  const plan = makePlan({
    items,
    doubts: [...recognised.doubts, ...doubts],
    trackers: surveyed.map(({ facts }) => ({ ...facts, issues: joined(facts.issues, twins) })),
    entries,
    twins,
    routes: parts.config.routes,
    people: parts.people,
    read: found.read,
    chosen,
    dropped,
    options: {
      only: choices.only,
      maxCreates: choices.maxCreates ?? parts.config.limits.createsPerRun,
      now: now(),
      run: choices.run,
      closeVanished: parts.config.close.vanished,
    },
  });
  return {
    plan,
    held: surveyed.map((one) => one.held),
    errors: surveyed.flatMap(({ held: { error } }) => error ?? []),
  };
}

/** Second issues are no choice: what reads like one and like its first is the first. */
async function recogniseSurely(
  looked: Parameters<typeof spentKeys>[1],
  known: readonly Known[],
  decisions: readonly Decision[],
): Promise<ReturnType<typeof recognise>> {
  const recognised = recognise(looked.items, known, decisions);
  const spent = await spentKeys(recognised.doubts, looked);
  if (spent.size === 0) return recognised;
  return recognise(
    looked.items,
    known.filter(({ key }) => !spent.has(key)),
    decisions,
  );
}

/** The clock by which claims are dated: whether one is over must not depend on this machine's alone. */
async function sharedClock({ ledger, now }: Pick<Parts, 'ledger' | 'now'>): Promise<() => Date> {
  const ahead = (await claimTime(ledger, now)).getTime() - now().getTime();
  return () => new Date(now().getTime() + ahead);
}

/** Does a plan: one outcome for each change, as they come. What was seen is recorded at the end, also after Ctrl-C. */
export async function* syncPlan(
  parts: Parts,
  planned: Planned,
  run: string,
  tell: Pick<ApplyParts, 'onProgress' | 'onTrouble'> = {},
): AsyncGenerator<Outcome> {
  const { trackers, ledger, now: clock, signal, config } = parts;
  yield* apply(planned.plan, { trackers, ledger, run, clock, signal, maxWaitMs: config.limits.maxWait, ...tell });
  for (const held of planned.held) await recordPull(held, ledger, { run, at: clock() });
}

/** What became of everything that was filed or is followed. Asks the trackers, unless `offline`; writes to none of them. */
export async function followUp(
  parts: Parts,
  choices: { readonly filters: Filters; readonly staleMs: number; readonly offline: boolean; readonly full: boolean },
): Promise<{ readonly report: Report; readonly errors: readonly TrackerError[] }> {
  const { ledger, trackers, now } = parts;
  const looking = choices.offline ? [] : [...trackers.values()];
  const held = await Promise.all(looking.map((tracker) => pull(tracker, ledger, { full: choices.full, now })));
  for (const one of held) await recordPull(one, ledger, { run: 'status', at: now() });
  const errors = held.flatMap(({ error }) => error ?? []);
  const entries = await ledger.entries();
  const followed = choices.offline ? new Map() : await followAll(parts, entries);
  const memory = await ledger.memo(REPORTS);
  const input = {
    now: now(),
    staleMs: choices.staleMs,
    entries,
    items: [],
    followed,
    warnings: errors.map(({ message }) => message),
  };
  const previous = recall(memory, choices.filters.since);
  const report = makeReport({ ...input, previous, filters: choices.filters });
  if (!choices.offline && errors.length === 0) {
    await ledger.setMemo(REPORTS, remember(memory, makeReport({ ...input, previous: null, filters: EVERYTHING })));
  }
  return { report, errors };
}

/** Takes over everything on the trackers that carries a key of ours: what a lost ledger needs. Gives the number of items. */
export async function rebuildLedger(
  parts: Parts,
): Promise<{ readonly before: number; readonly after: number; readonly errors: readonly TrackerError[] }> {
  const { ledger, trackers, now } = parts;
  const before = (await ledger.entries()).length;
  const held = await Promise.all([...trackers.values()].map((tracker) => pull(tracker, ledger, { full: true, now })));
  for (const one of held) await recordPull(one, ledger, { run: 'rebuild', at: now() });
  const after = (await ledger.entries()).length;
  return { before, after, errors: held.flatMap(({ error }) => error ?? []) };
}

/** Cues of people's own, where the configuration names a file of them. */
async function ownCues({ config, cwd }: Pick<Parts, 'config' | 'cwd'>): Promise<readonly Cue[]> {
  const { cues } = config.extract;
  return cues === undefined ? [] : (await import('../config/cues.ts')).loadCues(cues, cwd);
}

/** The ledger's memo in which earlier reports are remembered. */
export const REPORTS = 'reports';

/** The present state of everything that the items point to: issues that existed before, bugs, changes, stories. */
function followAll(parts: Parts, entries: readonly Entry[]): Promise<ReadonlyMap<string, Followed>> {
  return parts.follow(
    entries.flatMap(({ item }) => (item.tracked === null ? item.refs : [item.tracked, ...item.refs])),
  );
}
