import type { Owner } from './item.ts';
import { frameOf } from './lead.ts';
import { type NameList, type NoteNames, nameKey, namesBefore, namesFrom, namesOf } from './names.ts';
import { type Directory, ownerOf } from './people.ts';
import { type Context, governorsOf, nextOf, previousOf, type Statement } from './statement.ts';
import { type Word, wordsOf } from './tokens.ts';
import { baseOf } from './verbs.ts';

/** What makes the words before it the one who does the work. */
const TAKES_ON =
  /^(?:(?:also|then|now|already|both|tentatively|kindly|probably|possibly|maybe|still|just|and|all) ){0,2}(?:(?:has|have|had) )?(?:(?:also|already|now|tentatively|kindly) )?(?:will|shall|volunteered|volunteers?|agreed to|agrees to|offered|offers|promised|promises|plans? (?:to|on)|planned to|intends? to|wants? to|needs? to|has to|have to|ought to|would like to|going to|(?:is|are|am) (?:also |still |now |currently |then )?(?:going to|to|willing|happy|planning|volunteering|looking|working|taking|creating|preparing|writing|doing|reviewing|organizing|organising|identifying|responsible|supposed|expected|assigned|tasked|starting|driving|leading|investigating|trying|set)|should|must|may|might|can|could|takes?|took|taking|accepted|said (?:that )?(?:he|she|they) (?:will|would|can|could)|asked for action)\b/;

/** Names after these words are not the ones who do it ("with Alice to …"). */
const NOT_SUBJECT =
  /^(?:with|to|from|by|of|about|on|in|at|as|like|than|via|per|using|contact|email|ask|told|tell|ping)$/;

/**
 * Who the statement names for its work: accounts only where the directory gives them, one person only once; the author for
 * "I"; nobody for "we" and "the team".
 */
export function ownersOf(statement: Statement, context: Context, directory: Directory): readonly Owner[] {
  const names = namesOf(context);
  const found = namedIn(statement, context, names) ?? fromAround(statement, context, names);
  return oneEach(found, names, directory);
}

/** Names in the statement itself; an empty list when it says "we"; null when it says nothing about who. */
function namedIn(statement: Statement, context: Context, names: NoteNames): readonly string[] | null {
  const { text, block } = statement;
  const frame = frameOf(text, names);
  if (frame.owners.length > 0) return frame.owners;
  const words = wordsOf(text);
  const found: string[] = [];
  let collective = false;
  for (let at = 1; at < words.length; at += 1) {
    if (!takesOn(words, at)) continue;
    const before = words[at - 1];
    if (before === undefined) continue;
    if (before.lower === 'we' || before.lower === 'team' || before.lower === 'everyone') collective = true;
    if (before.lower === 'i') found.push(...self(statement, context));
    else if (/^(?:he|she|they)$/.test(before.lower))
      found.push(...(found.length > 0 ? [] : antecedent(statement, context, names)));
    else found.push(...(subjectBefore(words, at, names, block.strong, statement.start)?.names ?? []));
  }
  found.push(...assigned(words, names));
  if (found.length > 0) return found;
  return collective ? [] : null;
}

function takesOn(words: readonly Word[], at: number): boolean {
  const rest = words.slice(at, at + 9);
  const lower = rest.map((word) => word.lower).join(' ');
  if (TAKES_ON.test(lower)) return true;
  return rest[0]?.lower === 'to' && isVerb(rest[1]?.lower);
}

function isVerb(word: string | undefined): boolean {
  return word !== undefined && baseOf(word) === word;
}

type Spans = readonly { readonly start: number; readonly end: number }[];

/** The names right before the word at `at`, where a subject may stand. */
function subjectBefore(
  words: readonly Word[],
  at: number,
  names: NoteNames,
  strong: Spans,
  offset: number,
): NameList | null {
  const last = skipBrackets(words, at);
  const first = words[last];
  if (first === undefined) return null;
  const bold = strong.some(({ start, end }) => start <= first.start + offset && end >= first.end + offset);
  const opens = words[at]?.lower === 'to' || /[.,;:]/.test(first.before) || last === 0;
  const list = namesBefore(words, last, names, bold || opens ? 'strong' : 'subject');
  if (list === null) return null;
  const before = words[list.from - 1];
  const separate = /[.,;:!?()–—]/.test(words[list.from]?.before ?? '');
  if (before !== undefined && !separate && NOT_SUBJECT.test(before.lower)) return null;
  if (words[at]?.lower === 'to' && !opensClause(words, list.from, before, separate)) return null;
  return list;
}

/** Before "X to VERB" the name begins a clause, or somebody asks X. */
function opensClause(words: readonly Word[], from: number, before: Word | undefined, separate: boolean): boolean {
  if (before === undefined || separate || / - $/.test(words[from]?.before ?? '')) return true;
  return (
    /^(?:for|and|but|then|while|asked|ask|asks|want|wants|get|need|needs|allow|so|with)$/.test(before.lower) &&
    before.lower !== 'with'
  );
}

/** "the Working Committee (WC) is": the word before the brackets. */
function skipBrackets(words: readonly Word[], at: number): number {
  if (!(words[at]?.before ?? '').includes(')')) return at - 1;
  for (let back = at - 1; back > 0 && back > at - 8; back -= 1) {
    if ((words[back]?.before ?? '').includes('(')) return back - 1;
  }
  return at - 1;
}

/** "assigned to Alice", "led by Bob", "owner: Carol". */
function assigned(words: readonly Word[], names: NoteNames): readonly string[] {
  const found: string[] = [];
  for (let at = 1; at < words.length; at += 1) {
    const phrase = `${words[at - 2]?.lower ?? ''} ${words[at - 1]?.lower ?? ''}`;
    const owner = /^(?:.* )?(?:assigned to|led by|lead by|driven by|done by|owned by|handled by)$/.test(phrase);
    const label =
      /(?:^| )(?:owners?|assignees?|assigned|volunteers?|responsible)$/.test(phrase) &&
      /:/.test(words[at]?.before ?? '');
    if (owner || label) found.push(...(namesFrom(words, at, names, 'strong')?.names ?? []));
  }
  return found;
}

/** "I": the speaker of the line, else the author of the note. */
function self(statement: Statement, context: Context): readonly string[] {
  const name = statement.block.speaker ?? context.note.author;
  return name === null ? [] : [name];
}

/** "he", "they": whoever the sentences before named last. */
function antecedent(statement: Statement, context: Context, names: NoteNames): readonly string[] {
  let before = previousOf(statement, context);
  for (let n = 0; n < 3 && before !== null; n += 1) {
    const words = wordsOf(before.text);
    for (let at = 0; at < words.length; at += 1) {
      const list = namesFrom(words, at, names, 'weak');
      if (list?.names.some((name) => names.people.has(name.toLowerCase()) || /^\p{Lu}/u.test(name))) return list.names;
    }
    before = previousOf(before, context);
  }
  const [above] = governorsOf(statement.block, context);
  const list = above === undefined ? null : namesFrom(wordsOf(above.text), 0, names, 'weak');
  return list?.names ?? [];
}

/** Names outside of the statement: the marker of its block, its speaker, its list's owner, the sentence after it. */
function fromAround(statement: Statement, context: Context, names: NoteNames): readonly string[] {
  const { block } = statement;
  if (statement.start > 0) {
    const frame = frameOf(block.text.slice(0, statement.start), names);
    if (frame.owners.length > 0) return frame.owners;
  }
  const tail = frameOf(block.text, names);
  if (tail.owners.length > 0 && statement.end >= tail.end - 1) return tail.owners;
  const after = led(statement, context, names);
  if (after.length > 0) return after;
  if (block.speaker !== null && leavesOutSubject(statement.text)) return [block.speaker];
  for (const above of governorsOf(block, context).slice(0, 2)) {
    const owners = announced(above.text, names);
    if (owners.length > 0) return owners;
  }
  return [];
}

/** "Will send a mail", "going to work on it": the speaker speaks of himself. */
function leavesOutSubject(text: string): boolean {
  return /^(?:will|going to|gonna|need to|want to|plan to|planning to|to)\b/i.test(text.trim());
}

/** "This work is led by Alice", "Alice volunteered to do it" right after the statement. */
function led(statement: Statement, context: Context, names: NoteNames): readonly string[] {
  const next = nextOf(statement, context);
  if (next === null || next.block !== statement.block) return [];
  const words = wordsOf(next.text);
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
function announced(text: string, names: NoteNames): readonly string[] {
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
  const at = words.findIndex((word) => word.lower === 'for');
  if (at < 0 || !/^(?:tasks?|actions?|todos?|items?)\b/i.test(line)) return [];
  const list = namesFrom(words, at + 1, names, 'strong');
  return list !== null && list.to === words.length ? list.names : [];
}

/** Each person once: "Miguel" and "Miguel Lavalle", a nick and its name, one account. */
function oneEach(found: readonly string[], names: NoteNames, directory: Directory): readonly Owner[] {
  const owners: Owner[] = [];
  for (const raw of found) {
    const key = nameKey(raw);
    const owner = ownerOf(directory.find(raw) === null ? (names.aliases.get(key) ?? raw) : raw, directory);
    const own = nameKey(owner.name);
    const twin = owners.findIndex((other) => contains(nameKey(other.name), own) || contains(own, nameKey(other.name)));
    if (twin < 0) owners.push(owner);
    else if (owner.name.length > (owners[twin]?.name.length ?? 0)) owners[twin] = owner;
  }
  return owners;
}

/** Whether every word of `part` is a word of `whole`. */
function contains(whole: string, part: string): boolean {
  const words = new Set(whole.split(' '));
  return part.split(' ').every((word) => words.has(word));
}
