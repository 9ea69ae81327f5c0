import type { Owner } from './item.ts';
import { frameOf } from './lead.ts';
import { isKnown, type NameList, type NoteNames, namesBefore, namesFrom, namesOf } from './names.ts';
import { type Directory, ownerOf } from './people.ts';
import { isStopWord, plainWords } from './plain.ts';
import { type Context, governorsOf, nextOf, previousOf, type Statement } from './statement.ts';
import { type Word, wordsOf } from './tokens.ts';
import { baseOf } from './verbs.ts';

/** What makes the words before it the one who does the work. */
const TAKES_ON =
  /^(?:(?:also|then|now|already|both|tentatively|kindly|probably|possibly|maybe|still|just|and|all) ){0,2}(?:(?:has|have|had) )?(?:(?:also|already|now|tentatively|kindly) )?(?:will|shall|volunteered|volunteers?|agreed to|agrees to|offered|offers|promised|promises|plans? (?:to|on)|planned to|intends? to|wants? to|needs? to|has to|have to|ought to|would like to|'d like to|going to|(?:is|are|am) (?:also |still |now |currently |then )?(?:going to|to|willing|happy|planning|volunteering|looking|working|taking|creating|preparing|writing|doing|reviewing|organizing|organising|identifying|responsible|supposed|expected|assigned|tasked|starting|driving|leading|investigating|trying|set)|should|must|may|might|can|could|takes?|took|taking|accepted|said (?:that )?(?:he|she|they) (?:will|would|can|could)|asked for action)\b/;

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
  const named = found.flatMap((name) => (name === 'I' ? self(statement, context) : [name]));
  return oneEach(named, names, directory);
}

/** Names in the statement itself; an empty list when it says "we"; null when it says nothing about who. */
function namedIn(statement: Statement, context: Context, names: NoteNames): readonly string[] | null {
  const frame = frameOf(statement.text, names);
  const above = statement.start > 0 ? frameOf(statement.block.text, names) : frame;
  const owners = above.start >= statement.start ? [...above.owners, ...frame.owners] : frame.owners;
  if (owners.length > 0) return owners;
  const words = wordsOf(statement.text);
  const { found, collective } = subjectsIn(words, statement, context, names);
  const all = [...found, ...assigned(words, names)];
  if (all.length > 0) return all;
  if (frame.behind.length > 0) return frame.behind;
  const told =
    above.start >= statement.start ? toldTo(wordsOf(statement.text.slice(frame.start)), statement, names) : null;
  return told ?? (collective ? [] : null);
}

/** Everybody who is the subject of a promise, a plan or an order, and whether "we" is one. */
function subjectsIn(words: readonly Word[], statement: Statement, context: Context, names: NoteNames) {
  const found: string[] = [];
  let collective = false;
  for (let at = 1; at < words.length; at += 1) {
    if (!takesOn(words, at, names)) continue;
    const before = words[at - 1]?.lower ?? '';
    if (/^(?:we|everyone|us)$/.test(before)) collective = true;
    else if (before === 'i') found.push(...self(statement, context));
    else if (/^(?:he|she|they)$/.test(before)) {
      if (found.length === 0)
        found.push(...(lastNamed(words.slice(0, at - 1), names) ?? antecedent(statement, context, names)));
    } else {
      const list = subjectBefore(words, at, names, statement);
      if (list !== null) found.push(...list.names);
      else if (before === 'team') collective = true;
    }
  }
  return { found, collective };
}

/** "alix review the branch": minutes name who is to do it without another word. */
function toldTo(words: readonly Word[], { note }: Statement, names: NoteNames): readonly string[] | null {
  const list = namesFrom(words, 0, names, note.kind === 'meetbot' ? 'strong' : 'subject');
  if (list === null || !list.names.every((name) => isKnown(name, names) || note.kind === 'meetbot')) return null;
  return note.kind === 'meetbot' || isVerb(words[list.to]?.lower) ? list.names : null;
}

function takesOn(words: readonly Word[], at: number, names: NoteNames): boolean {
  const rest = words.slice(at, at + 9);
  const lower = rest.map((word) => word.lower).join(' ');
  if (PASSIVE.test(lower)) return false;
  if (TAKES_ON.test(lower)) return true;
  if (rest[0]?.lower !== 'to') return false;
  const named = words[at - 1];
  const opens = named !== undefined && (at === 1 || /[.,;:\])]/.test(named.before)) && isKnown(named.text, names);
  return isVerb(rest[1]?.lower) || (opens && rest[1] !== undefined && !isStopWord(rest[1].lower));
}

/** "will be done": the work is the subject, not the one who does it. */
const PASSIVE =
  /^(?:(?:will|shall|should|must|may|might|can|could|would|needs? to|has to|have to|is to|are to|ought to) )(?:(?:also|then|now|not|only|probably|still) )?be (?:(?:\w+ly|also|then|now|still) )?(?!\w+ing\b)\w+(?:ed|en|wn|ne|de|lt|nt|ld|pt|t)\b/;

function isVerb(word: string | undefined): boolean {
  if (word === undefined) return false;
  return baseOf(word) === word || baseOf(word.replace(/-(?:up|out|in|down|over)$/, '')) !== null;
}

/** The names right before the word at `at`, where a subject may stand. */
function subjectBefore(words: readonly Word[], at: number, names: NoteNames, statement: Statement): NameList | null {
  const last = skipBrackets(words, at);
  const first = words[last];
  if (first === undefined) return null;
  if (/^(?:and|but|then|also)$/.test(first.lower) || /,/.test(words[at]?.before ?? ''))
    return sentenceSubject(words, names);
  const { start: offset, block } = statement;
  const bold = block.strong.some(({ start, end }) => start <= first.start + offset && end >= first.end + offset);
  const opens = words[at]?.lower === 'to' || /[.,;:]/.test(first.before) || last === 0;
  const list = namesBefore(words, last, names, bold ? 'bold' : opens ? 'strong' : 'subject');
  if (list === null) return null;
  const before = words[list.from - 1];
  const separate = /[.,;:!?()[\]–—]/.test(words[list.from]?.before ?? '');
  if (before !== undefined && !separate && NOT_SUBJECT.test(before.lower)) return null;
  if (words[at]?.lower === 'to' && !opensClause(words, list.from, before, separate)) return null;
  return list;
}

/** "Alice thinks that … and will check it": the one that the sentence began with. */
function sentenceSubject(words: readonly Word[], names: NoteNames): NameList | null {
  const first = words[0]?.lower === 'the' ? 1 : 0;
  const list = namesFrom(words, first, names, 'subject');
  return list !== null && HAPPENS.test(words[list.to]?.lower ?? '') ? list : null;
}

const HAPPENS =
  /^(?:is|are|was|has|have|had|already|believes?|thinks?|brought|said|says|asked|will|wants?|made|found|also|just|did|does|\w{2,}(?:ed|es))$/;

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

/** The last names in these words that the note shows to be people. */
function lastNamed(words: readonly Word[], names: NoteNames): readonly string[] | null {
  for (let at = words.length - 1; at >= 0; at -= 1) {
    const list = namesBefore(words, at, names, 'subject');
    if (list !== null && (list.names.length > 1 || list.names.every((name) => isKnown(name, names)))) return list.names;
  }
  return null;
}

/** "he", "they": whoever the sentences before or the line above named last. */
function antecedent(statement: Statement, context: Context, names: NoteNames): readonly string[] {
  let before = previousOf(statement, context);
  for (let n = 0; n < 2 && before !== null && before.block === statement.block; n += 1) {
    const named = lastNamed(wordsOf(before.text), names);
    if (named !== null) return named;
    before = previousOf(before, context);
  }
  const [above] = governorsOf(statement.block, context);
  const list = above === undefined ? null : namesFrom(wordsOf(above.text), 0, names, 'subject');
  return list?.names ?? [];
}

/** Names outside of the statement: the clause before, the marker of its block, its speaker, its list's owner, the sentence after it. */
function fromAround(statement: Statement, context: Context, names: NoteNames): readonly string[] {
  const { block, sentence, start } = statement;
  if (start > sentence.start) {
    const clause = { ...statement, start: sentence.start, end: start, text: block.text.slice(sentence.start, start) };
    const named = namedIn(clause, context, names);
    if (named !== null && named.length > 0) return named;
  }
  const frame = frameOf(block.text, names);
  if (start > 0 && frame.owners.length > 0) return frame.owners;
  if (frame.behind.length > 0 && statement.end >= frame.end - 1) return frame.behind;
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
    const key = keyOf(raw);
    const owner = ownerOf(directory.find(raw) === null ? (names.aliases.get(key) ?? raw) : raw, directory);
    const own = keyOf(owner.name);
    const twin = owners.findIndex((other) => contains(keyOf(other.name), own) || contains(own, keyOf(other.name)));
    if (twin < 0) owners.push(owner);
    else if (owner.name.length > (owners[twin]?.name.length ?? 0)) owners[twin] = owner;
  }
  return owners;
}

/** The words of a name for comparing. */
function keyOf(name: string): string {
  return plainWords(name).join(' ');
}

/** Whether every word of `part` is a word of `whole`. */
function contains(whole: string, part: string): boolean {
  const words = new Set(whole.split(' '));
  return part.split(' ').every((word) => words.has(word));
}
