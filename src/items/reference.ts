import { type Phrase, phraseOf } from './phrase.ts';
import { type Context, previousOf, type Statement } from './statement.ts';
import { wordsOf } from './tokens.ts';
import { topicIn, topicOf } from './topic.ts';
import { baseOf } from './verbs.ts';

/** How far back "it" may reach, in sentences. */
const REACH = 3;
const SUBJECT_ENDS = /^(?:is|are|was|were|will|has|have|should|needs?|can|could|must|would|may|might)$/;
const EMPTY =
  /^(?:it|this|that|these|those|they|we|i|you|he|she|there|here|what|which|who|the team|team|so|but|and|all|one|some|someone|somebody|if|when|as|after|then|for|in|on|at|no|not|everyone|people|also|another|others?|most)$/;

/** What "it" or "this" in a statement stands for: what the block opened with, else the topic of the place or the last subject. */
export function antecedentOf(statement: Statement, context: Context): string | null {
  const opening = openingOf(statement, context);
  if (opening !== null) return opening;
  const topic = topicOf(statement, context);
  if (topic !== null && !SESSION.test(topic)) return topic;
  return subjectBefore(statement, context) ?? topic;
}

/** Headings that name an occasion and not a subject. */
const SESSION = /\b(?:session|meeting|cross[- ]project|forum|follow[- ]?up)\b/i;

/** A block that opens with its subject ("Reduce the number of addresses. Alice to …", "The second topic was about X. We …"). */
function openingOf({ block, start }: Statement, context: Context): string | null {
  const [first] = context.ofBlock[block.index] ?? [];
  if (first === undefined || first.end > start) return null;
  const told = TOPIC_WAS.exec(first.text)?.groups?.topic;
  if (told !== undefined) return topicIn(told);
  const words = wordsOf(first.text);
  if (block.kind !== 'bullet' || words.length > 14 || words.some(({ lower }) => SUBJECT_ENDS.test(lower))) return null;
  return topicIn(first.text.replace(/\s*\([^()]*\)/g, ''));
}

const TOPIC_WAS =
  /^.{0,24}\b(?:topic|point|thing|item|question|issue|problem)\b.{0,24} (?:was|is) (?:about|related (?:mostly |moslty )?to|regarding|on)(?: the)? (?<topic>[^.]{4,60})/i;

/** The subject of the nearest sentence before that has one of its own. */
export function subjectBefore(statement: Statement, context: Context): string | null {
  let before = previousOf(statement, context);
  for (let n = 0; n < REACH && before !== null && before.block === statement.block; n += 1) {
    const subject = subjectOf(before.text);
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

/** The same topic as something that is done: "Switching the backend" is "switch the backend"; null for a thing. */
export function deedIn(topic: string): string | null {
  const [first = '', ...rest] = topic.split(' ');
  const word = first.toLowerCase();
  const base = baseOf(word);
  if (
    base === null ||
    rest.length === 0 ||
    /^(?:meeting|planning|building|training|onboarding|testing|setting|pricing|timing)$/.test(word) ||
    /^(?:of|is|are|for|and|in|on|to|-)$/.test(rest[0] ?? '')
  )
    return null;
  if (base !== word && !/ing$/.test(word)) return null;
  return NOUN_TOO.test(word) && base === word && !/^(?:the|a|an|all|our|to|out|up)$/.test(rest[0] ?? '')
    ? null
    : [base, ...rest].join(' ');
}

/** Words that begin a topic as nouns more often than as verbs ("support for X", "test plan"). */
const NOUN_TOO =
  /^(?:support|test|review|update|release|plan|work|design|report|request|build|group|list|state|change|use|store|cache|default|index|model|project|process|program|question|name|host|image|type|view|set|map|document|network|service|log|mail|file|link|bug|clean|open|process|profile|power|focus|control|display|feed|form|format|gate|point|order|record|role|share|scope|secure|sponsor|stage|stress|study|survey|talk|target|trace|track|trial|trigger|upgrade|version|call|code|copy|cover|contact|approach|attempt|audit|benchmark|block|branch|demo|download|draft|merge|patch|proposal|pull|push|script|stick|stop|switch|sync|tag|transition|visit|vote|watch|poll|post|press|print|pilot|pin|play|own|matter|measure|load|lock|look|lower|issue|join|hire|hold|guide|fork|fix|fit|filter|experiment|end|duplicate|clone|close|clear|check|chat|charter|care|cap|cancel|bundle|bump|book|board|bind|balance|back|answer|amend|alert|aim|address|access)$/;

/** The object of the clause before in the same sentence: what "it" means in "deprecate the option and remove it". */
export function objectBefore({ block, start, sentence }: Statement): string | null {
  if (start <= sentence.start) return null;
  const text = block.text.slice(sentence.start, start);
  const words = wordsOf(text);
  const phrase: Phrase | null = phraseOf(words);
  const from = phrase === null ? undefined : words[phrase.from];
  if (from === undefined) return null;
  const object = text.slice(from.start).replace(/[,;]?\s+(?:and|or|then|but)?\s*$/, '');
  return object.split(' ').length > 10 ? null : object;
}
