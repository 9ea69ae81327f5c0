import type { Finding, Item, ItemKey } from './item.ts';
import { itemKey } from './key.ts';
import { type Gist, gistOf, nearlyEqual } from './likeness.ts';
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

/** One statement and every place where it stands; the first reading speaks for it. */
interface Group {
  readonly readings: Reading[];
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
      known.readings.push(reading);
      return;
    }
    const group = { readings: [reading] };
    this.all.push(group);
    push(this.#byKey, reading.plainKey, group);
    push(this.#byWords, reading.gist.plain, group);
    push(this.#byHeading, reading.heading, group);
  }

  #find(reading: Reading): Group | null {
    const alike = this.#byKey.get(reading.plainKey) ?? [];
    return (
      alike.find((group) => isTwin(group, reading)) ??
      alike.find((group) => !isInNote(group, reading) && isCousin(group, reading)) ??
      (this.#byWords.get(reading.gist.plain) ?? []).find((group) => isRepeat(group, reading)) ??
      (this.#byHeading.get(reading.heading) ?? []).find(
        (group) => !isInNote(group, reading) && isRetold(group, reading),
      ) ??
      null
    );
  }
}

/** The same words about the same thing at the same place of the document's outline. */
function isTwin({ readings }: Group, { gist, path }: Reading): boolean {
  return readings.some((one) => one.gist.title === gist.title && one.path === path);
}

/** The same words and heading in another note, whose outline or reading of "it" may differ. */
function isCousin({ readings: [first] }: Group, { gist, path }: Reading): boolean {
  if (first === undefined) return false;
  return first.gist.title === gist.title || first.path.endsWith(path) || path.endsWith(first.path);
}

/** The same telling words under another heading: in another note, or in a list that sums up the same note. */
function isRepeat(group: Group, reading: Reading): boolean {
  if (reading.gist.weight < TELLING) return false;
  if (!isInNote(group, reading)) return true;
  const headings = [reading.heading, ...group.readings.map(({ heading }) => heading)];
  return group.readings.every(({ heading }) => heading !== reading.heading) && headings.some((one) => RECAP.test(one));
}

/** Nearly the same words under the same heading of another note: a blog post that was polished after the mail. */
function isRetold({ readings: [first] }: Group, reading: Reading): boolean {
  return reading.heading !== '' && first !== undefined && nearlyEqual(first.gist, reading.gist);
}

function isInNote({ readings }: Group, reading: Reading): boolean {
  return readings.some(({ finding }) => finding.source.note === reading.finding.source.note);
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
    compare(one.title, two.title) ||
    compare(one.quote, two.quote)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Gives each group its key; those that clash are told apart by what they are about, then by their number. */
function keyed(groups: readonly Group[]): readonly { readonly key: ItemKey; readonly group: Group }[] {
  const taken = new Set<ItemKey>();
  return groups.flatMap((group) => {
    const [first] = group.readings;
    if (first === undefined) return [];
    let key = first.plainKey;
    const about = [...plainWords(first.finding.title), first.path].join(' ');
    for (let n = 1; taken.has(key); n += 1) {
      key = itemKey({ ...first.finding, apart: n === 1 ? about : `${about} ${n}` });
    }
    taken.add(key);
    return [{ key, group }];
  });
}

/** What one reading leaves open (owners, due, an existing issue) another may say. */
function itemOf(key: ItemKey, { readings }: Group): Item {
  const findings = readings.map(({ finding }) => finding);
  const [main, ...rest] = findings;
  if (main === undefined) throw new Error('a group without a reading');
  return {
    ...main,
    key,
    owners: findings.find(({ owners }) => owners.length > 0)?.owners ?? [],
    refs: [...new Map(findings.flatMap(({ refs }) => refs).map((ref) => [ref.url, ref])).values()],
    due: findings.find(({ due }) => due !== null)?.due ?? null,
    tracked: findings.find(({ tracked }) => tracked !== null)?.tracked ?? null,
    confidence: Math.max(...findings.map(({ confidence }) => confidence)),
    alsoIn: rest.map(({ source, note, quote }) => ({ ...source, noteFacts: note, quote })),
  };
}

function push<V>(map: Map<string, V[]>, key: string, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
