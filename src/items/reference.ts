import { type Phrase, phraseOf } from './phrase.ts';
import { type Context, previousOf, type Statement } from './statement.ts';
import { wordsOf } from './tokens.ts';
import { topicIn, topicOf } from './topic.ts';

/** How far back "it" may reach, in sentences. */
const REACH = 3;
/** So much of a sentence is read for its subject. */
const READ = 200;
const SUBJECT_ENDS =
  /^(?:is|are|was|were|will|has|have|should|needs?|can|could|must|would|may|might|said|says|asked|reported|noted|thinks|felt|mentioned)$/;
const EMPTY =
  /^(?:it|this|that|these|those|they|we|i|you|he|she|there|here|what|which|who|the team|team|so|but|and|all|one|some|someone|somebody|if|when|as|after|then|for|in|on|at|no|not|everyone|people|also|another|others?|most)$/;

/** What "it" or "this" in a statement stands for: what the block opened with, else the topic of the place or the last subject. */
export function antecedentOf(statement: Statement, context: Context): string | null {
  const wanted = wantedBefore(statement, context);
  if (wanted !== null) return wanted;
  const opening = openingOf(statement, context);
  if (opening !== null) return opening;
  const topic = topicOf(statement, context);
  if (topic !== null && !SESSION.test(topic)) return topic;
  return subjectBefore(statement, context) ?? topic;
}

/** Headings that name an occasion and not a subject. */
const SESSION = /\b(?:session|meeting|cross[- ]project|forum|follow[- ]?up)\b/i;

/** "We need a style guide. Alice volunteered to write it": the thing that the sentence before wants. */
function wantedBefore(statement: Statement, context: Context): string | null {
  const before = previousOf(statement, context);
  if (before === null || before.block !== statement.block) return null;
  const thing = WANTED.exec(before.text.slice(0, READ))?.groups?.thing;
  return thing === undefined ? null : topicIn(thing);
}

const WANTED =
  /\b(?:needs?|wants?|lacks?|missing|there is no|should have|would like)(?: to have)? (?:an?|some|new) (?<thing>[^.,;:]{4,60})/i;

/** A block that opens with its subject ("Reduce the number of addresses. Alice to …", "The second topic was about X. We …"). */
function openingOf({ block, start }: Statement, context: Context): string | null {
  const [first] = context.ofBlock[block.index] ?? [];
  if (first === undefined || first.end > start) return null;
  const text = first.text.slice(0, READ);
  const told = TOPIC_WAS.exec(text)?.groups?.topic;
  if (told !== undefined) return topicIn(told);
  const words = wordsOf(text);
  if (block.kind !== 'bullet' || words.length > 14 || words.some(({ lower }) => SUBJECT_ENDS.test(lower))) return null;
  const head = /^(?<head>[^:]{3,50}): \S/.exec(text)?.groups?.head;
  return topicIn(head ?? text.replace(/(?<!\s)\s*\([^()]*\)/g, ''));
}

const TOPIC_WAS =
  /^.{0,24}\b(?:topic|point|thing|item|question|issue|problem)\b.{0,24} (?:was|is) (?:about|related (?:mostly |moslty )?to|regarding|on)(?: the)? (?<topic>[^.]{4,60})/i;

/** The subject of the nearest sentence before that has one of its own. */
export function subjectBefore(statement: Statement, context: Context): string | null {
  let before = previousOf(statement, context);
  for (let n = 0; n < REACH && before !== null && before.block === statement.block; n += 1) {
    const subject = subjectOf(before.text.slice(0, READ));
    if (subject !== null) return subject;
    before = previousOf(before, context);
  }
  return null;
}

function subjectOf(text: string): string | null {
  const words = wordsOf(text);
  const end = words.findIndex(({ lower }, at) => at > 0 && SUBJECT_ENDS.test(lower));
  const first = words[0];
  const last = words[end - 1];
  if (end < 1 || end > 9 || first === undefined || last === undefined || EMPTY.test(first.lower)) return null;
  return topicIn(text.slice(first.start, last.end));
}

/** The object of the clause before in the same sentence: what "it" means in "deprecate the option and remove it". */
export function objectBefore({ block, start, sentence }: Statement): string | null {
  if (start <= sentence.start) return null;
  const text = block.text.slice(Math.max(sentence.start, start - 2 * READ), start);
  const words = wordsOf(text);
  const phrase: Phrase | null = phraseOf(words);
  const from = phrase === null ? undefined : words[phrase.from];
  if (from === undefined) return null;
  const object = text.slice(from.start).replace(/[,;]?\s+(?:and|or|then|but)?\s*$/, '');
  return object.split(' ').length > 10 ? null : object;
}
