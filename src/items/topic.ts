import { allNames } from './lead.ts';
import { isKnown, namesOf } from './names.ts';
import { plainWords } from './plain.ts';
import { type Context, governorsOf, type Statement } from './statement.ts';

/** Headings and lines that say what follows and not what it is about. */
const GENERIC =
  /^(?:(?:meeting|discussion|session|general|other|open|important|new|quick|main|key|my|our|the|proposed) )?(?:actions?(?: items?| points?| to do)?(?: .{0,30})?|todos?|to ?do|agenda(?: .{0,20})?|notes?|minutes|discussions?|decisions?|conclusions?(?: .{0,30})?|resolutions?|consensus(?:\/resolution)?|conclusion\/resolution|outcomes?|summary|recap|next steps?|follow ?ups?|topics?(?: of .{0,20})?|updates?|status|attendees|attendance|present|participants|links|introductions?|background|goals?(?: (?:for|of) .{0,20})?|problems?|ideas are|issues?|questions?|plans?|results?|announcements?|aob|any other business|misc(?:ellaneous)?|priorities(?: and .{0,20})?|takeaways|improvements|details|overview|comments?|round ?table|community|developer focus|triage.{0,20}|host|work items?|proposals?|advantages.{0,20}|details|(?:recent|any|other) .{0,10}(?:issues?|updates?|topics?|items?)|motions?|points?|tickets?|items?|(?:pending|open|completed|previous|new|old|remaining|outstanding|review(?: of)?(?: open| outstanding)?|last week['’]s|last meeting['’]s) (?:action )?(?:items?|actions|tasks)|follow[- ]?up (?:on|of) last .{0,30})$/i;

/** Questions, reports and marks: lines that say something and do not name a subject. */
const NO_TOPIC =
  /^(?:how|what|why|so|is|are|was|were|should|does|did|can|will|who|when|where|if|we|i|it|they|discussed|closed|talked|reviewed|looked|looking|agreed|decided|resolved|moved|deferred|postponed|reminder|todo|action|yes|no|ok)\b|\b(?:is at|are at)$|\bbecause\b|^(?:\p{L}{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? (?:19|20)\d{2}|\d{1,2} \p{L}{3,9} (?:19|20)\d{2}|(?:19|20)\d{2}-\d{2}-\d{2})/iu;

/** What a statement is about, as its bullet, its preface or its heading says; null when nothing does. */
export function topicOf(statement: Statement, context: Context): string | null {
  const { block } = statement;
  for (const above of governorsOf(block, context)) {
    if (above.kind === 'paragraph' || above.kind === 'cell') continue;
    const topic = topicIn(above.kind === 'title' || above.kind === 'term' ? above.text : shortTopic(above.text));
    if (topic !== null && !context.people.has(topic.toLowerCase())) return topic;
  }
  const topic = headingTopic(block.section, context.note.title);
  return topic === null ? null : withoutNames(topic, context);
}

/** "Web Share API - Alice, Bob": the heading names who speaks about it. */
function withoutNames(topic: string, context: Context): string {
  const bracket = /^(?<head>.{3,}?) ?[([](?<names>[^()[\]]{2,60})[)\]]$/.exec(topic)?.groups;
  const inner = bracket === undefined ? null : allNames(bracket.names ?? '', namesOf(context));
  if (inner?.some((name) => isKnown(name, namesOf(context)))) return bracket?.head ?? topic;
  return withoutSpeakers(topic, context);
}

function withoutSpeakers(topic: string, { people }: Context): string {
  const found = /^(?<head>.{3,}?) [-–—] (?<names>\p{Lu}[^-–—]{1,60})$/u.exec(topic)?.groups;
  const names = (found?.names ?? '').toLowerCase().split(/\s*(?:,|\/|&| and )\s*/);
  return found?.head !== undefined && names.some((name) => people.has(name)) ? found.head : topic;
}

/** The nearest heading that names a subject; the title of the whole note and the name of a meeting are none. */
function headingTopic(section: readonly string[], noteTitle: string): string | null {
  for (let at = section.length - 1; at >= 0 && at >= section.length - 3; at -= 1) {
    const heading = section[at] ?? '';
    if (at === 0 && (heading === noteTitle || MEETING.test(heading))) break;
    const topic = topicIn(heading);
    if (topic !== null) return topic;
  }
  return null;
}

const MEETING =
  /\b(?:meetings?|calls?|minutes|telecon|telco|weekly|agenda|interim)(?:\W*$|\b.*\d)|\b(?:19|20)\d{6}\b|\b(?:19|20)\d{2}-\d{2}-\d{2}\b/i;

/** "NAME - more text": the name; a short bullet: all of it; else nothing. */
function shortTopic(whole: string): string {
  const text = whole.slice(0, 200);
  const head = /^(?<head>[^.:;]{3,70}?)(?: [-–—] |: )/.exec(text)?.groups?.head;
  if (head !== undefined && head.split(' ').length <= 9) return head;
  return text.split(' ').length <= 9 && !/[.!]$/.test(text) ? text : '';
}

/** Whether a text names something, rather than saying something. */
export function isSubject(text: string): boolean {
  return !NO_TOPIC.test(text) && !/^[A-Z]{2,3}: /.test(text);
}

/** A line's subject without numbers, links, times and names of speakers; null when it is a general word. */
export function topicIn(line: string): string | null {
  const topic = line
    .slice(0, 200)
    .replace(/\s*[-–—:(]?\s*https?:\/\/\S+\)?/g, '')
    .replace(/\s*\([^()]{0,40}\b\d{1,3} ?(?:m|min|mins|minutes|h)\)\s*$/i, '')
    .replace(/\s*\[[A-Z]{2,8}\]\s*|\s*#\d{1,7}\b/g, ' ')
    .replace(
      /^\s*(?:\d{1,3}(?:\.\d{1,3}){0,4}[.)]?|[IVX]{1,5}(?:\.\d{1,3})?[.)]|[a-z]\)|\d{1,3}\/\d{1,3}:?)\s+(?=\S)/,
      '',
    )
    .replace(/\s*\((?:\d{4}-\d{2}-\d{2}|continued)\)\s*/gi, ' ')
    .replace(
      /^(?:topic|slide|re|regarding|about|discussion(?: of| on| about)?|discuss|session|presentation on|update on|status of)\s*[:-]?\s+(?=\S)/i,
      '',
    )
    .replace(/\s*-{2,3}\s.*$/, '')
    .replace(/\s[-–]\s(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b.*$/, '')
    .replace(/^[\s–—-]+|[\s:;,.?!*-]+$/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  const words = plainWords(topic);
  if (words.length === 0 || words.every((word) => /^\d+$/.test(word)) || GENERIC.test(topic) || !isSubject(topic))
    return null;
  return topic;
}
