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
  /** One of its headings sums up. */
  recaps: boolean;
}

/** How many groups are compared with a reading word by word; of more, those that share its rarest words. */
const LOOKS = 100;

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
  /** By their key, and the title and outline of each of their readings. */
  readonly #byTwin = new Map<string, Group>();
  readonly #byWords = new Map<string, Group[]>();
  /** By heading, then by word. */
  readonly #byHeading = new Map<string, Map<string, Group[]>>();

  add(reading: Reading): void {
    const group = this.#byTwin.get(twinOf(reading.plainKey, reading)) ?? this.#look(reading);
    join(group, reading);
    const twin = twinOf(group.first.plainKey, reading);
    if (!this.#byTwin.has(twin)) this.#byTwin.set(twin, group);
  }

  #look(reading: Reading): Group {
    const words = longestWords(reading);
    return this.#find(reading, words) ?? this.#open(reading, words);
  }

  #open(reading: Reading, words: readonly string[]): Group {
    const group: Group = { first: reading, readings: [], notes: new Set(), headings: new Set(), recaps: false };
    this.all.push(group);
    push(this.#byKey, reading.plainKey, group);
    push(this.#byWords, reading.gist.plain, group);
    const byWord = this.#byHeading.get(reading.heading) ?? new Map<string, Group[]>();
    for (const word of words) push(byWord, word, group);
    this.#byHeading.set(reading.heading, byWord);
    return group;
  }

  #find(reading: Reading, words: readonly string[]): Group | null {
    const alike = this.#byKey.get(reading.plainKey)?.slice(0, LOOKS) ?? [];
    const same = reading.gist.ownWeight < TELLING ? undefined : this.#byWords.get(reading.gist.plain);
    return (
      alike.find((group) => !isInNote(group, reading) && isCousin(group, reading)) ??
      same?.slice(0, LOOKS).find((group) => isRepeat(group, reading)) ??
      this.#retold(reading, words)
    );
  }

  /** Nearly the same words share at least one of the longest; the rest of a long section need not be looked at. */
  #retold(reading: Reading, words: readonly string[]): Group | null {
    if (reading.heading === '') return null;
    const lists = this.#listsOf(reading, words.slice(0, 3));
    const looks = lists.reduce((sum, list) => sum + list.length, 0);
    for (const list of looks <= LOOKS ? lists : this.#rarest(reading, words)) {
      const group = list.find((one) => !isInNote(one, reading) && nearlyEqual(one.first.gist, reading.gist));
      if (group !== undefined) return group;
    }
    return null;
  }

  /** Under a heading that hundreds of notes have, the rare words tell which groups may be meant. */
  #rarest(reading: Reading, words: readonly string[]): readonly (readonly Group[])[] {
    const lists = this.#listsOf(reading, words).sort((a, b) => a.length - b.length);
    let looks = 0;
    return lists.filter((list) => {
      looks += list.length;
      return looks <= LOOKS;
    });
  }

  #listsOf({ heading }: Reading, words: readonly string[]): Group[][] {
    const byWord = this.#byHeading.get(heading);
    return words.flatMap((word) => {
      const list = byWord?.get(word);
      return list === undefined ? [] : [list];
    });
  }
}

function join(group: Group, reading: Reading): void {
  group.readings.push(reading);
  group.notes.add(reading.finding.source.note);
  group.headings.add(reading.heading);
  group.recaps ||= RECAP.test(reading.heading);
}

/** The same words about the same thing at the same place of the document's outline. */
function twinOf(key: ItemKey, { gist, path }: Reading): string {
  return `${key}\n${gist.title}\n${path}`;
}

/** The statement's words, the longest first. */
function longestWords({ gist }: Reading): readonly string[] {
  const words = [...new Set(gist.plain.split(' '))].sort((a, b) => b.length - a.length || compare(a, b));
  return words.slice(0, 24);
}

/** The same words and heading in another note, whose outline or reading of "it" may differ. */
function isCousin({ first }: Group, { gist, path }: Reading): boolean {
  return first.gist.title === gist.title || first.path.endsWith(path) || path.endsWith(first.path);
}

/** The same telling words under another heading: in another note, or in a list that sums up the same note. */
function isRepeat(group: Group, reading: Reading): boolean {
  if (!isInNote(group, reading)) return true;
  return !group.headings.has(reading.heading) && (group.recaps || RECAP.test(reading.heading));
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
