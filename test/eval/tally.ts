import type { Finding } from '../../src/items/item.ts';
import { type Gold, type Matching, matchQuotes, scoreWords, sharedWords } from './score.ts';

interface Sets {
  expected: number;
  predicted: number;
  right: number;
}

/** Everything that is counted over some notes; it adds up note by note, so that totals are micro averages. */
export interface Tally {
  tp: number;
  fp: number;
  fn: number;
  kindRight: number;
  dueSeen: number;
  dueRight: number;
  titleFaults: number;
  readonly owners: Sets;
  readonly refs: Sets;
  readonly titles: Sets;
  /** One F1 a note, for the macro average. */
  readonly perNote: number[];
}

/** A tally of nothing yet. */
export function emptyTally(): Tally {
  const sets = () => ({ expected: 0, predicted: 0, right: 0 });
  return {
    ...{ tp: 0, fp: 0, fn: 0, kindRight: 0, dueSeen: 0, dueRight: 0, titleFaults: 0, perNote: [] },
    ...{ owners: sets(), refs: sets(), titles: sets() },
  };
}

/** Adds one note's findings; says which were missed and which were false. */
export function addNote(tally: Tally, gold: readonly Gold[], findings: readonly Finding[]) {
  const matching = matchQuotes(
    gold,
    findings.map(({ quote }) => quote),
  );
  const missed: Gold[] = [];
  let tp = 0;
  gold.forEach((item, at) => {
    if (item.tier !== 'must') return;
    const found = findings[matching.ofGold.get(at) ?? -1];
    if (found === undefined) missed.push(item);
    else {
      tp += 1;
      addFields(tally, item, found);
    }
  });
  const wrong = findings.filter((_, at) => isFalse(matching, at));
  tally.tp += tp;
  tally.fp += wrong.length;
  tally.fn += missed.length;
  const all = 2 * tp + wrong.length + missed.length;
  tally.perNote.push(all === 0 ? 1 : (2 * tp) / all);
  return { missed, wrong, tp };
}

/** Whether a finding is counted as false: it matches no annotation and repeats no `may` passage. */
export function isFalse({ ofPredicted, spare }: Matching, at: number): boolean {
  return !ofPredicted.has(at) && !spare.has(at);
}

function addFields(tally: Tally, item: Gold, found: Finding): void {
  if (item.kind === found.kind || item.kind === 'either') tally.kindRight += 1;
  const holds = (a: string, b: string) => a.includes(b) || b.includes(a);
  if (item.owners !== null)
    addSets(
      tally.owners,
      item.owners.map(nameKey),
      found.owners.map(({ name }) => nameKey(name)),
      holds,
    );
  addSets(
    tally.refs,
    (item.refs ?? []).map(urlKey),
    found.refs.map(({ url }) => urlKey(url)),
    holds,
  );
  addSets(tally.titles, gistOf(item.title), gistOf(found.title), (a, b) => a === b);
  const { title } = found;
  if (title === '' || title.length > 80 || DANGLING.test(title)) tally.titleFaults += 1;
  if (item.due === null) return;
  tally.dueSeen += 1;
  if (found.due !== null && sharedWords(scoreWords(item.due), scoreWords(found.due.text)) > 0) tally.dueRight += 1;
}

function addSets(
  sets: Sets,
  expected: readonly string[],
  predicted: readonly string[],
  same: (a: string, b: string) => boolean,
): void {
  sets.expected += expected.length;
  sets.predicted += predicted.length;
  sets.right += expected.filter((each) => predicted.some((other) => same(each, other))).length;
}

const DANGLING = /^(it|this|that|them|these|those|we|i|there)\b/i;
const STOP = new Set(
  'a an and are as at be by for from has have in is it its of on or that the their them there these they this to was we were will with'.split(
    ' ',
  ),
);

function gistOf(title: string): readonly string[] {
  return [
    ...new Set(
      scoreWords(title)
        .filter((word) => !STOP.has(word))
        .map((word) => word.slice(0, 5)),
    ),
  ];
}

function nameKey(name: string): string {
  return scoreWords(name).join(' ');
}

function urlKey(url: string): string {
  return url
    .replace(/^https?:\/\//, '')
    .replace(/\/$/, '')
    .toLowerCase();
}

/** The figures of a tally, as `score.mjs` names them. */
export function figuresOf(tally: Tally) {
  const { tp, fp, fn } = tally;
  const f1 = (sets: Sets) =>
    sets.expected + sets.predicted === 0 ? 1 : (2 * sets.right) / (sets.expected + sets.predicted);
  return {
    precision: tp / (tp + fp || 1),
    recall: tp / (tp + fn || 1),
    f1: (2 * tp) / (2 * tp + fp + fn || 1),
    macroF1: tally.perNote.reduce((sum, each) => sum + each, 0) / (tally.perNote.length || 1),
    kind: tally.kindRight / (tp || 1),
    owners: f1(tally.owners),
    refs: f1(tally.refs),
    due: tally.dueSeen === 0 ? null : tally.dueRight / tally.dueSeen,
    titles: f1(tally.titles),
    titleFaults: tally.titleFaults,
  };
}
