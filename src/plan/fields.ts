import type { ItemKey } from '../items/item.ts';
import { same } from '../trackers/tracker.ts';
import type { TrackerFacts } from './input.ts';

/** What a three-way compare of one field gives. */
export interface Verdict<Write, Base = Write> {
  /** What to write; null leaves the field alone. */
  readonly write: Write | null;
  /** Why something wanted is not written, as a sentence; null when there is nothing to say. */
  readonly kept: string | null;
  /** What the ledger holds as written by us afterwards. */
  readonly base: Base;
}

/** `base` is null when nobody knows what we wrote: then only what the notes say already is taken for ours. */
export function mergeTitle(base: string | null, theirs: string, ours: string): Verdict<string> {
  if (same(theirs, ours)) return { write: null, kept: null, base: ours };
  if (base !== null && same(theirs, base)) return { write: ours, kept: null, base: ours };
  return { write: null, kept: titleKept(base, ours), base: base ?? ours };
}

function titleKept(base: string | null, ours: string): string {
  if (base === null) return `its title is not the notes' “${ours}”, and nobody knows who wrote it: left as it is`;
  if (same(base, ours)) return 'retitled by a person: left as it is';
  return `retitled by a person, while the notes now say “${ours}”: left as it is`;
}

/** What stands between our marks, and whether the mark beside it says that we wrote it so. */
export interface BlockSeen {
  readonly content: string;
  readonly untouched: boolean;
}

/** A block with a true hash is ours even when the ledger knows another: another run of ours wrote it. */
export function mergeBlock(base: string | null, theirs: BlockSeen | null, ours: string): Verdict<string> {
  if (theirs === null)
    return { write: null, kept: 'our part of its text was removed by a person: left out', base: base ?? ours };
  if (sameButLines(theirs.content, ours)) return { write: null, kept: null, base: theirs.content };
  if (theirs.untouched || (base !== null && same(theirs.content, base))) return { write: ours, kept: null, base: ours };
  const moved = base !== null && !sameButLines(base, ours);
  const also = moved ? ', while the notes changed too' : '';
  return { write: null, kept: `our part of its text was edited by a person${also}: left as it is`, base: base ?? ours };
}

const LINES = /\blines? \d{1,9}(?: ?[-–] ?\d{1,9})?|#L\d{1,9}(?:-L?\d{1,9})?/g;

/**
 * A statement that only moved within its note is not worth a write: it would make every issue look alive whenever
 * somebody adds a line on top.
 */
function sameButLines(a: string, b: string): boolean {
  return same(a, b) || same(a.replace(LINES, 'line'), b.replace(LINES, 'line'));
}

/** The body with our block exchanged; null when it would be longer than the tracker takes. */
export function bodyWith(facts: Pick<TrackerFacts, 'dialect' | 'limits'>, body: string, key: ItemKey, content: string) {
  const next = facts.dialect.replace(body, key, content);
  return next.length <= facts.limits.body ? next : null;
}
