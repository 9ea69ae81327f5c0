import { content, fitted, LONGEST, shortened, tidy } from './cut.ts';
import { deedIn, gerundOf } from './deed.ts';
import { isKnown, type NoteNames, onlyNames } from './names.ts';
import { lowered, saysLittle } from './resolve.ts';
import { withoutTime } from './times.ts';
import { wordsOf } from './tokens.ts';
import { baseOf } from './verbs.ts';

/** With so few words of its own a title needs its topic. */
const FEW = 4;

/** Adds the topic where the title says too little without it. */
export function withTopic(body: string, named: string | null, names: NoteNames): string {
  const topic = named === null || isPerson(named, names) ? null : named;
  if (topic === null) return body;
  const said = new Set(content(body));
  const about = content(topic);
  const known = about.filter((stem) => said.has(stem)).length;
  if ((said.size > FEW && !saysLittle(body)) || known * 2 >= about.length) return body;
  const bare = tidy(withoutTime(body));
  const deed = deedIn(topic);
  const room = LONGEST - bare.length - 5;
  if (room < 12) return body;
  if (/ (?:of|about|on|for|with)$/.test(bare))
    return `${bare} ${shortened(deed === null ? lowered(topic) : gerundOf(deed), room)}`;
  if (deed === null && PAPER.test(bare)) return `${bare} for ${shortened(lowered(topic), room)}`;
  return deed !== null && PAPER.test(bare)
    ? `${bare} to ${shortened(deed, room)}`
    : `${bare} (${shortened(topic, room)})`;
}

/** "Alice", "Bob and Carol": whose list it is, and no topic. */
function isPerson(topic: string, names: NoteNames): boolean {
  const words = wordsOf(topic);
  const found = words.length > 6 ? null : onlyNames(words, 0, names, 'subject');
  return found?.every((name) => isKnown(name, names)) ?? false;
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
const LAST_WORDS =
  /(?: (?:and see|and try|and so on|too|as well|also|now|then|anyway|already|actually|anymore|further|(?:on|in|to) too))+$/i;

/** Verbs that only lead in to the work ("need to heavily invest", "do add", "go to pull"), and a colon behind the verb. */
function withoutPreface(body: string): string {
  return body
    .replace(/^(?:(?:need|want|have|go|plan|going) to (?:\w+ly )?|do )(?=[a-z]+ \S)/i, (words) => {
      const next = body.slice(words.length).split(' ')[0]?.toLowerCase() ?? '';
      return baseOf(next) === next ? '' : words;
    })
    .replace(/^pr (?=[a-z])/i, 'open a PR for ')
    .replace(/^(\p{L}+): (?=\S)/u, '$1 ');
}

/** The text without a bracket that nothing closes. */
export function balanced(title: string): string {
  const open = title.lastIndexOf('(');
  if (open > title.lastIndexOf(')')) return tidy(title.slice(0, open));
  return open < 0 && title.includes(')') ? title.replaceAll(')', '') : title;
}

/** Words that need another behind them. */
const DANGLES = /(?:,? (?:and|or|to|of|the|an?|our|for|with|but|as|which|via|per|is|are|at))+$/i;

/** Whether a text states something where a title would name it: "we talked about it", "work on the conclusion is that …". */
function isSentence(title: string): boolean {
  return /^(?:work on )?(?:(?:we|it|they|there|after|later|but|so|given)\b|.{0,40}\b(?:is that|was that|would be|(?:has|have) volunteered|felt that|is the|is to)\b)/i.test(
    title,
  );
}

/** The title as it is shown: cut at a word, without a time or a dangling word at the end, and with a verb in front. */
export function finished(body: string, topic: string | null, place: string | null): string {
  let title = tidy(withoutTime(withoutAside(tidy(withoutPreface(body)), topic)).replace(LAST_WORDS, ''));
  if (title === '' || /^(?:it|this|that|them|these|those|we|i|there)\b/i.test(title))
    title = `Follow up on ${topic ?? title}`;
  if (isSentence(title))
    title = `Follow up on ${[topic, place].find((one) => one !== null && !isSentence(one)) ?? title}`;
  else if (baseOf(title.split(' ')[0] ?? '') === null) title = `Work on ${title}`;
  if (title.length > LONGEST) title = fitted(title);
  title = balanced(title).replace(DANGLES, '');
  return `${title.charAt(0).toUpperCase()}${title.slice(1)}`;
}
