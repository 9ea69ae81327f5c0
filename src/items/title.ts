import { content, cutAt, fitted, LONGEST, readable, shortened, tidy } from './cut.ts';
import { deedIn } from './deed.ts';
import { frameOf } from './lead.ts';
import { isKnown, namesFrom, namesOf } from './names.ts';
import { phraseOf } from './phrase.ts';
import { antecedentOf, objectBefore } from './reference.ts';
import { lowered, resolved, saysLittle } from './resolve.ts';
import { spoken } from './spoken.ts';
import type { Context, Statement } from './statement.ts';
import { withoutTime } from './times.ts';
import { wordsOf } from './tokens.ts';
import { baseOf } from './verbs.ts';

/** With so few words of its own a title needs its topic. */
const FEW = 4;
/** A title is made from the beginning of a statement; what comes later would be cut anyway. */
const READ = 600;

/** A title for the statement's work: begins with a verb, at most 80 characters, makes sense without the note. Never empty. */
export function titleOf(statement: Statement, context: Context): string {
  const frame = frameOf(statement.text, namesOf(context));
  const own = statement.text.slice(frame.start, Math.min(frame.end, frame.start + READ));
  const text = readable(withoutName(own, statement, context));
  const { topic, rest } = preface(text, antecedentOf(statement, context));
  const words = wordsOf(rest);
  const phrase = phraseOf(words);
  if (phrase === null) return finished(withTopic(nominal(rest, topic), topic), topic, placeOf(statement));
  const before = objectBefore(statement);
  const body = resolved(spoken(rest, words, phrase), before === null ? topic : resolved(before, topic));
  return finished(withTopic(body, topic ?? (saysLittle(body) ? placeOf(statement) : null)), topic, placeOf(statement));
}

/** "alix review the branch": minutes put the name before the imperative. */
function withoutName(text: string, { note }: Statement, context: Context): string {
  const words = wordsOf(text.slice(0, 120));
  const list = namesFrom(words, 0, namesOf(context), note.kind === 'meetbot' ? 'strong' : 'weak');
  const known = list?.names.every((name) => note.kind === 'meetbot' || isKnown(name, namesOf(context))) ?? false;
  const next = list === null || !known ? undefined : words[list.to];
  return next !== undefined && baseOf(next.lower) === next.lower ? text.slice(next.start) : text;
}

/** "python3 readiness - Alice will take care of it": what stands before the dash is the topic. */
function preface(text: string, topic: string | null): { readonly topic: string | null; readonly rest: string } {
  const found = /^(?<head>[^.:;]{3,70}?)(?: [-–—] |: )(?=\S)/.exec(text);
  const head = found?.groups?.head;
  if (found === null || head === undefined || head.split(' ').length > 9) return { topic, rest: text };
  const rest = text.slice(found[0].length);
  if (phraseOf(wordsOf(rest)) === null) return { topic, rest: text };
  const selfContained = phraseOf(wordsOf(head)) !== null && !POINTS_BACK.test(rest.slice(0, 60));
  return selfContained ? { topic, rest: text } : { topic: head, rest };
}

const POINTS_BACK = /\b(?:it|this|these|them)\b/i;

/** A statement without a verb of work: the thing it names, or what it says "this is" of. */
function nominal(text: string, topic: string | null): string {
  const bare = text.replace(LEADS_IN, '');
  if (
    topic !== null &&
    /^(?:\S+ ){0,6}(?:this|it|that) (?:is|was|would|will|should|sounds|seems|makes)\b/i.test(bare)
  ) {
    return deedIn(topic) ?? `Work on ${lowered(topic)}`;
  }
  return `Work on ${cutAt(bare)}`;
}

/** Words that lead in to what is said ("But …", "Additionally, …", "At the mid-cycle, …"). */
const LEADS_IN =
  /^(?:(?:but|so|and|then|also|any|second|third|first)\s+|(?:additionally|also|finally|furthermore|moreover|second|third|first|eventually|in addition|(?:at|in|on|during|after) (?:[\w-]+ ){0,4}[\w-]+),\s+)/i;

/** Where it was said, when nothing says what about. */
function placeOf({ block, note }: Statement): string {
  return tidy(block.section[block.section.length - 1] ?? note.title).replace(/^(?:\d[\d.]*\)?|#\d+) /, '');
}

/** Adds the topic where the title says too little without it. */
function withTopic(body: string, topic: string | null): string {
  if (topic === null) return body;
  const said = new Set(content(body));
  const about = content(topic);
  const known = about.filter((stem) => said.has(stem)).length;
  if ((said.size > FEW && !saysLittle(body)) || known * 2 >= about.length) return body;
  const bare = tidy(withoutTime(body));
  const deed = deedIn(topic);
  const room = LONGEST - bare.length - 5;
  if (room < 12) return body;
  if (deed === null && PAPER.test(bare)) return `${bare} for ${shortened(lowered(topic), room)}`;
  return deed !== null && PAPER.test(bare)
    ? `${bare} to ${shortened(deed, room)}`
    : `${bare} (${shortened(topic, room)})`;
}

/** What the work is written down in, and which therefore is "to do" something. */
const PAPER =
  /\b(?:prs?|patch(?:es)?|specs?|rfes?|bugs?|issues?|proposals?|text|docs?|document|kep|blueprint|plan|script|job|test|tests)$/i;

/** Drops "(with the default backend for now)" behind enough words; the topic in brackets stays. */
function withoutAside(title: string, topic: string | null): string {
  const bare = title.replace(/ \([^()]{12,}\)$/, '');
  const isTopic = topic !== null && content(title.slice(bare.length)).some((stem) => content(topic).includes(stem));
  return isTopic || content(bare).length < FEW ? title : bare;
}

/** Words at the end that say nothing ("… as well", "… on too"). */
const LAST_WORDS = /(?: (?:too|as well|also|now|then|anyway|already|actually|anymore|further|(?:on|in|to) too))+$/i;

/** Cuts at a word, without a time or a dangling word at the end, and with a verb in front. */
/** Whether a text states something where a title would name it: "we talked about it", "work on the conclusion is that …". */
function isSentence(title: string): boolean {
  return /^(?:work on )?(?:(?:we|they|there|after|later|but|so)\b|.{0,40}\b(?:is that|was that|would be)\b)/i.test(
    title,
  );
}

function finished(body: string, topic: string | null, place: string | null): string {
  let title = tidy(withoutTime(withoutAside(tidy(body), topic)).replace(LAST_WORDS, ''));
  if (title === '' || /^(?:it|this|that|them|these|those|we|i|there)\b/i.test(title))
    title = `Follow up on ${topic ?? title}`;
  if (isSentence(title))
    title = `Follow up on ${[topic, place].find((one) => one !== null && !isSentence(one)) ?? title}`;
  else if (baseOf(title.split(' ')[0] ?? '') === null) title = `Work on ${title}`;
  if (title.length > LONGEST) title = fitted(title);
  return `${title.charAt(0).toUpperCase()}${title.slice(1)}`;
}
