import { cutAt, readable, tidy } from './cut.ts';
import { deedIn } from './deed.ts';
import { frameOf } from './lead.ts';
import { isKnown, type NoteNames, namesFrom, namesOf } from './names.ts';
import { phraseOf } from './phrase.ts';
import { antecedentOf, objectBefore } from './reference.ts';
import { lowered, resolved, saysLittle } from './resolve.ts';
import { spoken } from './spoken.ts';
import type { Context, Statement } from './statement.ts';
import { wordsOf } from './tokens.ts';
import { isSubject, topicIn } from './topic.ts';
import { baseOf } from './verbs.ts';
import { balanced, finished, withTopic } from './wording.ts';

/** A title is made from the beginning of a statement; what comes later would be cut anyway. */
const READ = 600;

/** A title for the statement's work: begins with a verb, at most 80 characters, makes sense without the note. Never empty. */
export function titleOf(statement: Statement, context: Context): string {
  const names = namesOf(context);
  const frame = frameOf(statement.text, names);
  const own = statement.text.slice(frame.start, Math.min(frame.end, frame.start + READ));
  const named = withoutName(own, statement, context);
  const order = fromOrder(named, names);
  const lead = named.slice(0, named.length - order.length).replace(BEFORE_ORDER, '');
  const told = /(?:^| )\p{Ll}{4,}/u.test(lead) ? topicIn(lead) : null;
  const { topic, rest } = preface(readable(order), told ?? antecedentOf(statement, context));
  const words = wordsOf(rest);
  const phrase = phraseOf(words);
  if (phrase === null) return finished(withTopic(nominal(rest, topic), topic, names), topic, placeOf(statement));
  const before = objectBefore(statement);
  const body = balanced(resolved(spoken(rest, words, phrase), before === null ? topic : resolved(before, topic)));
  return finished(
    withTopic(body, topic ?? (saysLittle(body) ? placeOf(statement) : null), names),
    topic,
    placeOf(statement),
  );
}

/** "alix review the branch": minutes put the name before the imperative. */
function withoutName(text: string, { note }: Statement, context: Context): string {
  const names = namesOf(context);
  const words = wordsOf(text.slice(0, 120));
  const list = namesFrom(words, 0, names, note.kind === 'meetbot' ? 'strong' : 'weak');
  const known = list?.names.every((name) => note.kind === 'meetbot' || isKnown(name, names)) ?? false;
  const ordered = namesFrom(words, 0, names, 'strong');
  const verb = ordered !== null && words[ordered.to]?.lower === 'to' ? words[ordered.to + 1] : undefined;
  const sure =
    ordered?.names.every((name) => isKnown(name, names)) ||
    (baseOf(words[0]?.lower ?? '') === null && baseOf(verb?.lower ?? '') === verb?.lower);
  if (verb !== undefined && sure && /^\p{Ll}/u.test(verb.text)) return text.slice(verb.start);
  const next = list === null || !known ? undefined : words[list.to];
  return next !== undefined && baseOf(next.lower) === next.lower ? text.slice(next.start) : text;
}

/** What stands around the topic of an order: "Discussed …, chris to". */
const BEFORE_ORDER =
  /^(?:discussed|talked about|discussions? (?:of|on|about))\s+(?:(?:creating|adding|having|making|writing)\s+)?|[,;:.–-]?\s*[@\w-]+\s+to\s+$/gi;

/** "Discussed a formal policy, chris to open an issue": what somebody known is told to do is the work. */
function fromOrder(text: string, names: NoteNames): string {
  const words = wordsOf(text);
  const at = words.findIndex(
    ({ lower }, n) =>
      n > 2 &&
      lower === 'to' &&
      baseOf(words[n + 1]?.lower ?? '') === words[n + 1]?.lower &&
      /[,;:.–-]/.test(words[n - 1]?.before ?? '') &&
      isKnown(words[n - 1]?.text ?? '', names),
  );
  const order = words[at + 1];
  return at < 0 || order === undefined || deedIn(text) !== null ? text : text.slice(order.start);
}

/** "python3 readiness - Alice will take care of it": what stands before the dash is the topic. */
function preface(text: string, topic: string | null): { readonly topic: string | null; readonly rest: string } {
  const found = /^(?<head>[^.:;]{3,70}?)(?: [-–—] |: )(?=\S)/.exec(text);
  const head = found?.groups?.head;
  if (found === null || head === undefined || head.split(' ').length > 9) return { topic, rest: text };
  const rest = text.slice(found[0].length);
  if (phraseOf(wordsOf(rest)) === null) return { topic, rest: text };
  if (SPEAKS.test(text)) return { topic, rest };
  const deed = deedIn(head) !== null;
  const isLabel = !deed && head.split(' ').length <= 2;
  const selfContained = phraseOf(wordsOf(head)) !== null && !isLabel && (deed || !POINTS_BACK.test(rest.slice(0, 60)));
  if (selfContained) return { topic, rest: text };
  return { topic: isSubject(head) ? head : topic, rest };
}

/** "Alice: will test it": a name of one or two words, and what its bearer does. */
const SPEAKS =
  /^\p{Lu}\p{L}+(?: \p{Lu}\p{L}*\.?)?: (?:(?:right|yes|ok|okay|sure|yeah),? )?(?:will|to|I|I['’]ll|can|going)\b/u;
const POINTS_BACK = /\b(?:it|this|these|them)\b/i;

/** A statement without a verb of work: the thing it names, or what it says "this is" of. */
function nominal(text: string, topic: string | null): string {
  const bare = text.replace(LEADS_IN, '');
  if (
    topic !== null &&
    /^(?:\S+ ){0,6}(?:this|it|that) (?:is|was|would|will|should|sounds|seems|makes)\b/i.test(bare)
  ) {
    return deedIn(topic) ?? `Work on ${softened(lowered(topic))}`;
  }
  return `Work on ${softened(cutAt(bare))}`;
}

/** A common word at the beginning of a line inside a sentence: "Proper state machine" as "proper state machine"; names keep their capital. */
function softened(text: string): string {
  return text.replace(
    /^(?:(?:Our|More|Most|Two|Three|Single|Multiple|Several|Other|Alpha|Beta|Next|First|Current|Common|Generic|Public|Policy|Minor|Major|Simple|Possible)|\p{Lu}\p{Ll}{2,14}(?:tion|sion|ment|ance|ence|ity|ness|ing|ive|ful|able|ete|ery|ary|ged|ted|per))(?= \p{Ll})/u,
    (word) => word.toLowerCase(),
  );
}

/** Words that lead in to what is said ("But …", "Additionally, …", "At the mid-cycle, …"). */
const LEADS_IN =
  /^(?:(?:but|so|and|then|also|any|second|third|first)\s+|(?:additionally|also|finally|furthermore|moreover|second|third|first|eventually|in addition|(?:at|in|on|during|after) (?:[\w-]+ ){0,4}[\w-]+),\s+)/i;

/** Where it was said, when nothing says what about. */
function placeOf({ block, note }: Statement): string {
  const place = tidy(block.section[block.section.length - 1] ?? note.title).replace(/^(?:\d[\d.]*\)?|#\d+) /, '');
  return /^\S+\.\w{2,5}$/.test(place) ? 'this meeting' : place.replace(/\s*https?:\/\/\S+/g, '');
}
