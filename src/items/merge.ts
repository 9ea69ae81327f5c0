import { type Gist, gistOf } from './gist.ts';
import type { Finding, Item, ItemKey } from './item.ts';
import { itemKey } from './key.ts';
import { nearlyEqual } from './likeness.ts';
import { push } from './multimap.ts';
import { headingWords, plainWords } from './plain.ts';

/** Headings under which minutes repeat what was said above. */
const RECAP =
  /^(?:.{0,24}\b)?(?:action items?|actions|todos?|to do|next steps|summary|recap|conclusions?|decisions?|follow ?ups?)\b/;
/** A statement with at least this much to say is known by its words alone. */
const TELLING = 3;

interface Reading {
  readonly finding: Finding;
  readonly gist: Gist;
  readonly heading: string;
  readonly path: string;
  readonly plainKey: ItemKey;
}

/** One statement and every place where it stands; the first reading speaks for it. The sets answer in constant time. */
interface Group {
  readonly first: Reading;
  readonly readings: Reading[];
  readonly notes: Set<string>;
  readonly headings: Set<string>;
  /** Titles with their outline. */
  readonly twins: Set<string>;
}

/**
 * Makes items of findings: what two notes state, or one note states twice, is one item with its other places in `alsoIn`;
 * two different statements never share a key. Does not depend on the order of the findings: notes go by date and source.
 */
export function merge(findings: readonly Finding[]): readonly Item[] {
  const groups = new Groups();
  for (const reading of findings.map(read).sort(byPlace)) groups.add(reading);
  return keyed(groups.all).map(({ key, group }) => itemOf(key, group));
}

/** The groups so far, found by words, by key and by heading. */
class Groups {
  readonly all: Group[] = [];
  readonly #byKey = new Map<string, Group[]>();
  readonly #byWords = new Map<string, Group[]>();
  readonly #byHeading = new Map<string, Group[]>();

  add(reading: Reading): void {
    const known = this.#find(reading);
    if (known !== null) {
      join(known, reading);
      return;
    }
    const group = {
      first: reading,
      readings: [],
      notes: new Set<string>(),
      headings: new Set<string>(),
      twins: new Set<string>(),
    };
    join(group, reading);
    this.all.push(group);
    push(this.#byKey, reading.plainKey, group);
    push(this.#byWords, reading.gist.plain, group);
    for (const word of headedWords(reading)) push(this.#byHeading, word, group);
  }

  #find(reading: Reading): Group | null {
    const alike = this.#byKey.get(reading.plainKey) ?? [];
    return (
      alike.find((group) => group.twins.has(twinOf(reading))) ??
      alike.find((group) => !isInNote(group, reading) && isCousin(group, reading)) ??
      (this.#byWords.get(reading.gist.plain) ?? []).find((group) => isRepeat(group, reading)) ??
      this.#retold(reading)
    );
  }

  /** Nearly the same words share at least one of the longest; the rest of a long section need not be looked at. */
  #retold(reading: Reading): Group | null {
    for (const word of headedWords(reading).slice(0, 3)) {
      const group = (this.#byHeading.get(word) ?? []).find((one) => !isInNote(one, reading) && isRetold(one, reading));
      if (group !== undefined) return group;
    }
    return null;
  }
}

function join(group: Group, reading: Reading): void {
  group.readings.push(reading);
  group.notes.add(reading.finding.source.note);
  group.headings.add(reading.heading);
  group.twins.add(twinOf(reading));
}

/** The same words about the same thing at the same place of the document's outline. */
function twinOf({ gist, path }: Reading): string {
  return `${gist.title}\n${path}`;
}

/** The heading with each of the statement's words, the longest first. */
function headedWords({ heading, gist }: Reading): string[] {
  const words = [...new Set(gist.plain.split(' '))].sort((a, b) => b.length - a.length || compare(a, b));
  return words.slice(0, 24).map((word) => `${heading}\n${word}`);
}

/** The same words and heading in another note, whose outline or reading of "it" may differ. */
function isCousin({ first }: Group, { gist, path }: Reading): boolean {
  return first.gist.title === gist.title || first.path.endsWith(path) || path.endsWith(first.path);
}

/** The same telling words under another heading: in another note, or in a list that sums up the same note. */
function isRepeat(group: Group, reading: Reading): boolean {
  if (reading.gist.ownWeight < TELLING) return false;
  if (!isInNote(group, reading)) return true;
  if (group.headings.has(reading.heading)) return false;
  return RECAP.test(reading.heading) || [...group.headings].some((heading) => RECAP.test(heading));
}

/** Nearly the same words under the same heading of another note: a blog post that was polished after the mail. */
function isRetold({ first }: Group, reading: Reading): boolean {
  return reading.heading !== '' && nearlyEqual(first.gist, reading.gist);
}

function isInNote({ notes }: Group, reading: Reading): boolean {
  return notes.has(reading.finding.source.note);
}

function read(finding: Finding): Reading {
  return {
    finding,
    gist: gistOf({ ...finding, owners: finding.owners.map(({ name }) => name) }),
    heading: headingWords(finding.section[finding.section.length - 1] ?? '').join(' '),
    path: finding.section.map((heading) => headingWords(heading).join(' ')).join(' / '),
    plainKey: itemKey(finding),
  };
}

/** Older notes first, so that the place where it was first said speaks for an item; then from top to bottom. */
function byPlace(a: Reading, b: Reading): number {
  const [one, two] = [a.finding, b.finding];
  return (
    compare(one.note.date ?? '9999', two.note.date ?? '9999') ||
    compare(one.source.note, two.source.note) ||
    one.source.lineStart - two.source.lineStart ||
    one.source.lineEnd - two.source.lineEnd ||
    compare(one.quote, two.quote) ||
    compare(one.title, two.title) ||
    compare(one.section.join('\n'), two.section.join('\n'))
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Gives each group its key; those that clash are told apart by what they are about, then by their number. */
function keyed(groups: readonly Group[]): readonly { readonly key: ItemKey; readonly group: Group }[] {
  const taken = new Set<ItemKey>();
  return groups.map((group) => {
    const { first } = group;
    let key = first.plainKey;
    const about = [...plainWords(first.finding.title), first.path].join(' ');
    for (let n = 1; taken.has(key); n += 1) {
      key = itemKey({ ...first.finding, apart: n === 1 ? about : `${about} ${n}` });
    }
    taken.add(key);
    return { key, group };
  });
}

/** What one reading leaves open (owners, due, an existing issue) another may say. */
function itemOf(key: ItemKey, { first, readings }: Group): Item {
  const findings = readings.map(({ finding }) => finding);
  const main = first.finding;
  return {
    ...main,
    key,
    owners: findings.find(({ owners }) => owners.length > 0)?.owners ?? [],
    refs: [...new Map(findings.flatMap(({ refs }) => refs).map((ref) => [ref.url, ref])).values()],
    due: findings.find(({ due }) => due !== null)?.due ?? null,
    tracked: findings.find(({ tracked }) => tracked !== null)?.tracked ?? null,
    confidence: findings.reduce((most, { confidence }) => Math.max(most, confidence), 0),
    alsoIn: findings.slice(1).map(({ source, note, quote }) => ({ ...source, noteFacts: note, quote })),
  };
}
