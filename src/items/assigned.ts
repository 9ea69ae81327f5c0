import { isKnown, isSomebody, type NoteNames, namesFrom, onlyNames } from './names.ts';
import { type Context, nextOf, type Statement } from './statement.ts';
import { isVerb } from './subjects.ts';
import { type Word, wordsOf } from './tokens.ts';

/** "alix review the branch": minutes name who is to do it without another word. */
export function toldTo(words: readonly Word[], { note }: Statement, names: NoteNames): readonly string[] | null {
  const list = namesFrom(words, 0, names, note.kind === 'meetbot' ? 'strong' : 'subject');
  if (list === null || !list.names.every((name) => isKnown(name, names) || note.kind === 'meetbot')) return null;
  return note.kind === 'meetbot' || isVerb(words[list.to]?.lower) ? list.names : null;
}

/** "assigned to Alice", "led by Bob", "owner: Carol". */
export function assigned(words: readonly Word[], names: NoteNames): readonly string[] {
  const found: string[] = [];
  for (let at = 1; at < words.length; at += 1) {
    const phrase = `${words[at - 2]?.lower ?? ''} ${words[at - 1]?.lower ?? ''}`;
    const owner = /^(?:.* )?(?:assigned to|led by|lead by|driven by|done by|owned by|handled by)$/.test(phrase);
    const label =
      /(?:^| )(?:owners?|assignees?|assigned|volunteers?|responsible|champions?|drivers?|leads?|poc)$/.test(phrase) &&
      /:/.test(words[at]?.before ?? '');
    const passive = words[at - 1]?.lower === 'by' && isFuturePassive(words, at - 2);
    if (owner || label || passive) found.push(...(namesFrom(words, at, names, 'strong')?.names ?? []));
    else if (/^(?:have|get)$/.test(words[at - 1]?.lower ?? '')) found.push(...haveDone(words, at, names));
  }
  return found;
}

/** "Let's have Alice write it", "get Bob to write it". */
function haveDone(words: readonly Word[], at: number, names: NoteNames): readonly string[] {
  const list = namesFrom(words, at, names, 'subject');
  if (list === null || !list.names.every((name) => isKnown(name, names))) return [];
  const verb = words[list.to + (words[list.to]?.lower === 'to' ? 1 : 0)];
  return isVerb(verb?.lower) ? list.names : [];
}

/** "will be reviewed by", "to be written by". */
function isFuturePassive(words: readonly Word[], at: number): boolean {
  const be = words.slice(Math.max(0, at - 3), at).findLastIndex(({ lower }) => lower === 'be');
  const cue = words[Math.max(0, at - 3) + be - 1]?.lower ?? '';
  return be >= 0 && /(?:ed|en|n|ne|t)$/.test(words[at]?.lower ?? '') && /^(?:to|will|should|shall|must|can)$/.test(cue);
}

const LABEL =
  /^(?:action (?:by|on)|owners?|assignees?|assigned(?: to)?|who|leads?|volunteers?|responsible|poc|champions?|drivers?|resp)\s?[:–-]\s?/i;

/** What gives a whole section to somebody: "lead - Alice" or "who: Alice" would be said of one piece of work. */
const SECTION_LABEL = /^(?:owners?|assignees?|champions?|drivers?|leads?|poc)\s?:\s?/i;

/** What stands behind a statement in its block as "Owner: Alice. Deadline: May." */
export function fieldsBehind(statement: Statement, context: Context): readonly string[] {
  const found: string[] = [];
  let next = nextOf(statement, context);
  while (
    next !== null &&
    next.block === statement.block &&
    found.length < 3 &&
    /^[\p{L} ]{2,20}\s?:/u.test(next.text)
  ) {
    found.push(next.text.slice(0, 200));
    next = nextOf(next, context);
  }
  return found;
}

/** "Owner: Alice" in a bullet below the statement or in the sentence behind it, or a bullet below that is only a name. */
export function ownerBelow(statement: Statement, context: Context, names: NoteNames): readonly string[] {
  const children = (context.children.get(statement.block.index) ?? []).slice(0, 4).map(({ text }) => text);
  for (const text of [...fieldsBehind(statement, context), ...children]) {
    const line = text.slice(0, 120).trim();
    const list = namesFrom(behindLabel(line, LABEL), 0, names, 'strong');
    if (list !== null) return list.names;
  }
  return [];
}

/** "Owner: Alice" as the first line of a section. */
export function ownerOfSection(
  { block }: Statement,
  { sectionStart, note }: Context,
  names: NoteNames,
): readonly string[] {
  const heading = note.blocks[sectionStart[block.index] ?? -1];
  const line = heading?.kind === 'heading' ? (note.blocks[heading.index + 1]?.text.trim() ?? '') : '';
  return line.length > 120 ? [] : (onlyNames(behindLabel(line, SECTION_LABEL), 0, names, 'strong') ?? []);
}

/** The words behind a label; none where the line does not begin with one. */
function behindLabel(line: string, label: RegExp): readonly Word[] {
  const found = label.exec(line)?.[0];
  return found === undefined ? [] : wordsOf(line.slice(found.length));
}

/** "Will send a mail", "going to work on it": the speaker speaks of himself. */
export function leavesOutSubject(text: string): boolean {
  return /^(?:will|going to|gonna|need to|want to|plan to|planning to|to)\b/i.test(text.trim());
}

/** "This work is led by Alice", "Alice volunteered to do it" right after the statement. */
export function led(statement: Statement, context: Context, names: NoteNames): readonly string[] {
  const next = nextOf(statement, context);
  if (next === null || next.block !== statement.block) return [];
  const words = wordsOf(next.text.slice(0, 300));
  const about = /^(?:this|that|the|it)\b.{0,40}\b(?:by|to)\b/i.test(next.text) ? assigned(words, names) : [];
  if (about.length > 0) return about;
  const list = namesFrom(words, 0, names, 'subject');
  const phrase =
    list === null
      ? ''
      : words
          .slice(list.to, list.to + 8)
          .map((word) => word.lower)
          .join(' ');
  return list !== null &&
    /^(?:(?:has|have|also) )?volunteer(?:ed|s)?(?:$| (?:to|for) (?:do|take|work on|look at|help with) (?:it|this|that|the))/.test(
      phrase,
    )
    ? list.names
    : [];
}

/** A lead-in line that gives its list to somebody: "Alice:", "Alice to:", "Tasks for Alice and Bob:". */
export function announced(text: string, names: NoteNames): readonly string[] {
  const line = text.trim();
  if (line.length > 80) return [];
  const words = wordsOf(line);
  const lead = namesFrom(words, 0, names, 'subject');
  if (
    lead !== null &&
    (lead.to === words.length
      ? /:$/.test(line)
      : /^(?:to|will)$/.test(words[lead.to]?.lower ?? '') && lead.to + 1 >= words.length)
  ) {
    return lead.names;
  }
  const person = personIn(line, names);
  if (person.length > 0) return person;
  const at = words.findIndex((word) => word.lower === 'for');
  if (at < 0 || !/^(?:tasks?|actions?|todos?|items?)\b/i.test(line)) return [];
  return onlyNames(words, at + 1, names, 'strong') ?? [];
}

/** The people that a line consists of ("Alice Example", "@alice", "Alice & Bob:"), where the note knows them. */
export function personIn(line: string, names: NoteNames): readonly string[] {
  const bare = line.replace(
    /^\W*(?:\d{1,2}[.)]\s)?|\s*(?:\([^()]{0,40}\)|['’]s (?:updates?|tasks?|items?|list))?\W*$/g,
    '',
  );
  const words = wordsOf(line.includes('@') ? line : bare);
  const found = words.length > 8 ? null : onlyNames(words, 0, names, 'subject');
  return found?.every((name) => isPerson(name, names)) ? found : [];
}

/** Whether every word of a name is one that somebody in the note is called by. */
function isPerson(name: string, names: NoteNames): boolean {
  const words = name.toLowerCase().replace(/^@/, '').split(' ');
  return name.startsWith('@') || words.every((word) => isSomebody(word, names));
}
