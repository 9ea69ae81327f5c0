import { frameOf } from './lead.ts';
import { namesOf } from './names.ts';
import { type Phrase, phraseOf } from './phrase.ts';
import { isStopWord, plainWords, stemOf } from './plain.ts';
import type { Context, Statement } from './statement.ts';
import { type Word, wordsOf } from './tokens.ts';
import { topicOf } from './topic.ts';
import { baseOf } from './verbs.ts';

const LONGEST = 80;
/** With so few words of its own a title needs its topic. */
const FEW = 4;

/** A title for the statement's work: begins with a verb, at most 80 characters, makes sense without the note. Never empty. */
export function titleOf(statement: Statement, context: Context): string {
  const frame = frameOf(statement.text, namesOf(context));
  const text = statement.text.slice(frame.start, frame.end);
  const { topic, rest } = preface(text, topicOf(statement, context));
  const words = wordsOf(rest);
  const phrase = phraseOf(words);
  const body = phrase === null ? named(rest) : told(rest, words, phrase, topic);
  return fitted(withTopic(body, topic), topic);
}

/** "python3 readiness - Alice will take care of it": what stands before the dash is the topic. */
function preface(text: string, topic: string | null): { readonly topic: string | null; readonly rest: string } {
  const found = /^(?<head>[^.:;]{3,70}?)(?: [-–—] |: )(?=\S)/.exec(text);
  const head = found?.groups?.head;
  if (found === null || head === undefined || head.split(' ').length > 9) return { topic, rest: text };
  const rest = text.slice(found[0].length);
  const phrase = phraseOf(wordsOf(rest));
  if (phrase === null) return { topic, rest: text };
  if (phraseOf(wordsOf(head)) !== null && !/^(?:I|we|it)\b/i.test(rest)) return { topic, rest: text };
  return { topic: head, rest };
}

/** A statement that only names a thing. */
function named(text: string): string {
  return `Work on ${tidy(cutAt(text))}`;
}

function told(text: string, words: readonly Word[], phrase: Phrase, topic: string | null): string {
  const after = words[phrase.from];
  const tail = after === undefined ? '' : text.slice(after.start);
  const gap = after === undefined ? '' : joint(text, words[phrase.from - 1], after);
  if (phrase.passive === null) return said(`${phrase.verb}${gap}${cutAt(tail)}`, topic);
  const first = words[phrase.passive.from];
  const last = words[phrase.passive.to - 1];
  const subject = first === undefined || last === undefined ? '' : text.slice(first.start, last.end);
  return said(`${phrase.verb} ${asObject(subject)} ${cutAt(tail)}`, topic);
}

function joint(text: string, before: Word | undefined, after: Word): string {
  const between = before === undefined ? ' ' : text.slice(before.end, after.start);
  return /^[\s"'“‘`(*]*$/.test(between) ? between || ' ' : between;
}

/** Cuts reasons, conditions and further sentences off. */
function cutAt(text: string): string {
  const end = text.search(
    /[.!?;](?:\s|$)|, (?:and|but|so|then)? ?(?:we|I|they|it|this|he|she|you|there)\b|,? (?:because|since|which|but|whereas|although|e\.g\.|i\.e\.)\s|, (?:as|so|where|who|while|if|when|that|like|see|for example|since|in order|hopefully)\b| as (?:it|we|this|those|these|they|there|the)\b| - | – | — | if (?:we|there|it|the|they|that|this|anybody|someone)\b|: /,
  );
  return end < 0 ? text : text.slice(0, end);
}

const PLACEHOLDER =
  /\b(?:it|this|that|them|these|those)\b(?=\s*(?:$|[.,;:)]|(?:in|on|for|to|at|by|with|and|or|as|if|from|during|before|after|until|this|next|up|out|further|more|again|first|offline|too|properly|asap|when|so|into|within)\b))/i;

/** Puts the topic where the words only point at it. */
function said(phrase: string, topic: string | null): string {
  const text = tidy(phrase);
  if (topic === null || !PLACEHOLDER.test(text)) return text.replace(/\b(?:this|these)(?= [a-z])/gi, 'the');
  return text.replace(PLACEHOLDER, asObject(topic)).replace(/\b(?:this|these)(?= [a-z])/gi, 'the');
}

/** A topic as the object of a verb: "adoption of X" as it is, "drop X" as "dropping X". */
function asObject(topic: string): string {
  return topic.replace(/^(?:The|A|An|Our)\b/, (article) => article.toLowerCase());
}

function tidy(text: string): string {
  return text
    .replace(/\s*\[\d{1,3}\]/g, '')
    .replace(/\s*\(\s*https?:\/\/[^)\s]+\s*\)|\s*https?:\/\/\S+/g, '')
    .replace(/[“”]/g, '"')
    .replace(/[*`]+/g, '')
    .replace(/\s+/g, ' ')
    .replace(/[\s,;:.!?–—-]+$/, '')
    .trim();
}

function content(text: string): readonly string[] {
  return plainWords(text)
    .filter((word) => !isStopWord(word))
    .map(stemOf);
}

/** Adds the topic where the title says too little without it. */
function withTopic(body: string, topic: string | null): string {
  if (topic === null) return body;
  const said = new Set(content(body));
  const about = content(topic);
  const known = about.filter((stem) => said.has(stem)).length;
  if (said.size > FEW || known * 2 >= about.length) return body;
  const longer = `${body} (${topic})`;
  return longer.length <= LONGEST ? longer : body;
}

/** Cuts at a word, without a dangling word at the end, and with a verb in front. */
function fitted(body: string, topic: string | null): string {
  let title = tidy(body);
  if (title === '' || /^(?:it|this|that|them|these|those|we|i|there)\b/i.test(title))
    title = `Follow up on ${topic ?? title}`;
  if (baseOf(title.split(' ')[0] ?? '') === null) title = `Work on ${title}`;
  if (title.length > LONGEST) title = cutWords(title);
  return `${title.charAt(0).toUpperCase()}${title.slice(1)}`;
}

function cutWords(text: string): string {
  const bare = tidy(text.replace(/ ?\([^()]*\)/g, ''));
  if (bare.length <= LONGEST) return bare;
  const words = bare
    .slice(0, LONGEST + 1)
    .split(' ')
    .slice(0, -1);
  if (words.length === 0) return bare.slice(0, LONGEST);
  while (words.length > 3 && isStopWord((words[words.length - 1] ?? '').toLowerCase().replace(/\W/g, ''))) words.pop();
  return tidy(words.join(' '));
}
