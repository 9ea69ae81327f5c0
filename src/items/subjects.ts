import { antecedentNames, lastNamed, speakerOf } from './mentioned.ts';
import { isKnown, type NameList, type NoteNames, namesBefore, namesFrom } from './names.ts';
import { isStopWord } from './plain.ts';
import type { Context, Statement } from './statement.ts';
import type { Word } from './tokens.ts';
import { baseOf } from './verbs.ts';

/** What makes the words before it the one who does the work. */
const TAKES_ON =
  /^(?:(?:also|then|now|already|both|tentatively|kindly|probably|possibly|maybe|still|just|and|all) ){0,2}(?:(?:has|have|had) )?(?:(?:also|already|now|tentatively|kindly) )?(?:will|shall|volunteered|volunteers?|sign(?:ed|s) up|stepp?(?:ed|s) up|agreed to|agrees to|offered|offers|promised|promises|plans? (?:to|on)|planned to|intends? to|wants? to|needs? to|has to|have to|ought to|would like to|'d like to|going to|(?:is|are|am) (?:also |still |now |currently |then )?(?:going to|to|willing|happy|planning|volunteering|looking|working|taking|creating|preparing|writing|doing|reviewing|organizing|organising|identifying|responsible|supposed|expected|assigned|tasked|starting|driving|leading|investigating|trying|set)|should|must|may|might|can|could|would|undertook to|undertakes to|takes?|took|taking|accepted|said (?:that )?(?:he|she|they) (?:will|would|can|could)|asked for action|(?:has|have) been (?:assigned|asked|tasked)|(?:was|were|is|are) (?:assigned|asked|tasked|instructed|directed|requested)\b(?! to (?:the|a)\b))\b/;

/** "Alice and I will": those who are named beside the speaker. */
function besidesMe(words: readonly Word[], at: number, names: NoteNames): readonly string[] {
  if (words[at - 2]?.lower !== 'and') return [];
  return namesBefore(words, at - 3, names, at === 3 ? 'strong' : 'subject')?.names ?? [];
}

/** Names after these words are not the ones who do it ("with Alice to …"). */
const NOT_SUBJECT =
  /^(?:with|to|from|by|of|about|on|in|at|as|like|than|via|per|using|contact|email|ask|told|tell|ping)$/;

/** Everybody who is the subject of a promise, a plan or an order, and whether "we" is one. */
export function subjectsIn(words: readonly Word[], statement: Statement, context: Context, names: NoteNames) {
  const found: string[] = [];
  let collective = false;
  for (let at = 1; at < words.length; at += 1) {
    if (!takesOn(words, at, names)) continue;
    const before = words[at - 1]?.lower ?? '';
    if (/^(?:we|everyone|us)$/.test(before)) collective = true;
    else if (before === 'i') found.push(...besidesMe(words, at, names), ...speakerOf(statement));
    else if (/^(?:he|she|they)$/.test(before)) {
      if (found.length === 0)
        found.push(...(lastNamed(words.slice(0, at - 1), names) ?? antecedentNames(statement, context, names)));
    } else {
      const list = subjectBefore(words, at, names, statement);
      const role = list === null ? roleBefore(words, at) : null;
      if (list !== null) found.push(...list.names);
      else if (role !== null) found.push(role);
      else if (before === 'team') collective = true;
    }
  }
  return { found, collective };
}

function takesOn(words: readonly Word[], at: number, names: NoteNames): boolean {
  const rest = words.slice(at, at + 9);
  const lower = rest.map((word) => word.lower).join(' ');
  if (PASSIVE.test(lower)) return false;
  if (TAKES_ON.test(lower) || isAtWork(words, at, names)) return true;
  if (rest[0]?.lower !== 'to') return false;
  const named = words[at - 1];
  const opens = named !== undefined && (at === 1 || /[.,;:\])]/.test(named.before)) && isKnown(named.text, names);
  return isVerb(rest[1]?.lower) || (opens && rest[1] !== undefined && !isStopWord(rest[1].lower));
}

/** "Alice is following up with them": what somebody known does at present. */
function isAtWork(words: readonly Word[], at: number, names: NoteNames): boolean {
  if (!/^(?:is|are|am)$/.test(words[at]?.lower ?? '') || !isKnown(words[at - 1]?.text ?? '', names)) return false;
  const next =
    words[at + (/^(?:also|still|now|currently|already)$/.test(words[at + 1]?.lower ?? '') ? 2 : 1)]?.lower ?? '';
  return next.endsWith('ing') && baseOf(next) !== null;
}

/** "will be done": the work is the subject, not the one who does it. */
const PASSIVE =
  /^(?:(?:will|shall|should|must|may|might|can|could|would|needs? to|has to|have to|is to|are to|ought to) )(?:(?:also|then|now|not|only|probably|still) )?be (?:(?:\w+ly|also|then|now|still) )?(?!\w+ing\b)\w+(?:ed|en|wn|ne|de|lt|nt|ld|pt|t)\b/;

/** Offices that minutes name instead of people: "Chairs to confirm on the list", "the editors will publish it". */
export const ROLE =
  /^(?:(?:co-?)?chairs?|editors?|authors?|secretary|secretariat|treasurer|shepherd|ads?|maintainers|(?:sub-?)maintainers|scribe|liaison|facilitators?|organi[sz]ers|moderators|tc|tsc|tac|toc|tdc|pmc|psc|ptls?|board|council|committee|staff|webmaster)$/;

function roleBefore(words: readonly Word[], at: number): string | null {
  const word = words[at - 1];
  const before = words[at - 2]?.lower ?? 'the';
  if (
    word === undefined ||
    !ROLE.test(word.lower) ||
    !/^(?:to|will|need|needs|should|was|were)$/.test(words[at]?.lower ?? '')
  )
    return null;
  if (words[at]?.lower === 'to' && at > 2 && !/[.,;:]/.test(word.before)) return null;
  return /^(?:the|and|&|wg|co)$/.test(before) || /[.,;:]/.test(word.before) ? word.text : null;
}

/** Whether a word is a verb of work as it stands after "to". */
export function isVerb(word: string | undefined): boolean {
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
  if (before !== undefined && !separate && NOT_SUBJECT.test(before.lower)) return fromThere(words, list.from, names);
  if (before?.lower === 'the' && list.from === 1) return list;
  if (words[at]?.lower === 'to' && !opensClause(words, list.from, before, separate)) return null;
  return list;
}

/** "Alice from Example Corp will": the one before, where the sentence begins with somebody. */
function fromThere(words: readonly Word[], at: number, names: NoteNames): NameList | null {
  const list = /^(?:from|of|at)$/.test(words[at - 1]?.lower ?? '') ? namesFrom(words, 0, names, 'subject') : null;
  return list?.to === at - 1 ? list : null;
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
    /^(?:for|and|but|then|while|asked|ask|asks|assigned|tasked|invited|requested|want|wants|get|need|needs|allow|so|with)$/.test(
      before.lower,
    ) && before.lower !== 'with'
  );
}

/** "the Release Committee (RC) is": the word before the brackets. */
function skipBrackets(words: readonly Word[], at: number): number {
  if (!(words[at]?.before ?? '').includes(')')) return at - 1;
  for (let back = at - 1; back > 0 && back > at - 8; back -= 1) {
    if ((words[back]?.before ?? '').includes('(')) return back - 1;
  }
  return at - 1;
}
