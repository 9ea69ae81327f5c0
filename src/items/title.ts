import { frameOf } from './lead.ts';
import { isKnown, namesFrom, namesOf } from './names.ts';
import { type Phrase, phraseOf } from './phrase.ts';
import { isStopWord, plainWords, stemOf } from './plain.ts';
import { refOf } from './ref.ts';
import { antecedentOf, deedIn, objectBefore } from './reference.ts';
import type { Context, Statement } from './statement.ts';
import { withoutTime } from './times.ts';
import { type Word, wordsOf } from './tokens.ts';
import { baseOf } from './verbs.ts';

const LONGEST = 80;
/** With so few words of its own a title needs its topic. */
const FEW = 4;

/** A title for the statement's work: begins with a verb, at most 80 characters, makes sense without the note. Never empty. */
export function titleOf(statement: Statement, context: Context): string {
  const frame = frameOf(statement.text, namesOf(context));
  const text = readable(withoutName(statement.text.slice(frame.start, frame.end), statement, context));
  const { topic, rest } = preface(text, antecedentOf(statement, context));
  const words = wordsOf(rest);
  const phrase = phraseOf(words);
  if (phrase === null) return finished(withTopic(nominal(rest, topic), topic), topic);
  const before = objectBefore(statement);
  const body = resolved(spoken(rest, words, phrase), before === null ? topic : resolved(before, topic));
  return finished(withTopic(body, topic ?? (saysLittle(body) ? placeOf(statement) : null)), topic);
}

/** Whether a title cannot stand alone: an "it" that nothing explains, or hardly a word besides the verb. */
function saysLittle(body: string): boolean {
  const found = PLACEHOLDER.exec(body);
  return content(body).length < 2 || (found !== null && !hasObject(body.slice(0, found.index)));
}

/** Where it was said, when nothing says what about. */
function placeOf({ block, note }: Statement): string {
  return tidy(block.section[block.section.length - 1] ?? note.title).replace(/^(?:\d[\d.]*\)?|#\d+) /, '');
}

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

/** Verb and object as the sentence has them, without reasons and further sentences. */
function spoken(text: string, words: readonly Word[], phrase: Phrase): string {
  const after = words[phrase.from];
  const object = after === undefined ? '' : cutAt(joined(text.slice(after.start)), phrase.verb);
  const verb = asked(phrase.verb, object);
  const tail = verb === phrase.verb ? object : object.replace(PAPER_DETAILS, '');
  if (phrase.passive === null) return `${verb}${joint(text, words[phrase.from - 1], after)}${tail}`;
  const first = words[phrase.passive.from];
  const last = words[phrase.passive.to - 1];
  if (first === undefined || last === undefined || first.lower === 'there') return `${verb} ${tail}`;
  const subject = PRONOUN.test(first.lower) ? first.lower : lowered(text.slice(first.start, last.end));
  return `${verb} ${subject} ${tail}`;
}

const PRONOUN = /^(?:it|this|that|these|those|they|which)$/;

/** "drop A and we will move B" as "drop A and move B". */
function joined(text: string): string {
  return text.replace(
    /,? (?:and|then) (?:we|they|I|he|she) (?:will|should|would|need to|needs to|plan to|want to) (?:also |then )?/g,
    ' and ',
  );
}

/** "need to have an RFE", "want to see a spec": somebody has to write it. */
function asked(verb: string, object: string): string {
  if (!/^(?:have|see|get|need|want|provide)$/.test(verb)) return verb;
  const what =
    /^(?:(?:an?|the|some|more|new|proper|separate|detailed) ){0,2}(?<noun>[\w-]+)/i
      .exec(object)
      ?.groups?.noun?.toLowerCase() ?? '';
  if (/^(?:rfes?|bugs?|lp|tickets?|issues?)$/.test(what)) return 'report';
  if (/^(?:specs?|docs?|documentation|document|blueprints?|keps?|proposal|summary|tests?|guide|plan|list)$/.test(what))
    return 'write';
  return /^(?:process|policy|procedure|rule|rules|way|prefix|name|format)$/.test(what) ? 'define' : verb;
}

/** "an RFE with a detailed description of it": that it is written is what matters. */
const PAPER_DETAILS = /\s+(?:with|reported|written|proposed|first)\b.*$/i;

/** What stood between two words, when that can stand in a title ("“undeprecate” old" loses its quotation mark). */
function joint(text: string, before: Word | undefined, after: Word | undefined): string {
  if (before === undefined || after === undefined) return ' ';
  const between = text.slice(before.end, after.start);
  return /^[”"’')\]]/.test(between) ? ' ' : between;
}

/** Places at which a reason, a condition or a further sentence begins. */
const CUTS =
  /(?<!\b(?:e\.g|i\.e|etc|vs|incl))[.!?;](?:\s|$)|, (?:and|but|so|then|than)? ?(?:we|I|they|it|this|he|she|you|there)\b|,? (?:because|since|whereas|although|e\.g\.|i\.e\.)\s|,? but (?:this|we|it|they|that|then|the|not)\b|, (?:as|so|where|who|which|while|if|when|that|like|see|for example|since|in order|hopefully|please)\b| as (?:it|we|this|those|these|they|there|the former)\b| - | – | — | if (?:we|there|it|the|they|that|this|anybody|someone|nothing|needed)\b|: /g;
/** So much is said before a dash, a colon or a condition cuts the rest off. */
const LEAST = 2;

/** Cuts reasons, conditions and further sentences off, but never so early that nothing is left. */
function cutAt(text: string, verb = ''): string {
  for (const { 0: mark, index } of text.matchAll(CUTS)) {
    const head = text.slice(0, index);
    if (/^ if/.test(mark) && ASKS.test(verb)) continue;
    const least = /^(?: [-–—] |: )/.test(mark) ? LEAST : 1;
    if (/^[.!?;]/.test(mark) || (content(head).length >= least && !/\bre$/.test(head))) return head;
  }
  return text;
}

/** Verbs behind which "if" begins what is asked. */
const ASKS = /^(?:check|see|ask|investigate|determine|decide|verify|evaluate|discuss)$/;

const STANDS_ALONE =
  '(?=\\s*(?:$|[.,;:)]|(?:in|on|for|to|at|by|with|and|or|as|if|from|during|before|after|until|this|next|up|out|further|more|again|first|offline|too|properly|asap|when|so|into|within|also|completely|completly|now|only|instead|upstream|somehow|a|an|the|our|better|easier|possible|available|consistent|work|happen|clear|clearer|done|official|optional|less|nightly)\\b))';
const PLACEHOLDER = new RegExp(
  `\\b(?:it|this|that|them|these|those|some of (?:them|those|these)|all of (?:them|those|these))\\b${STANDS_ALONE}`,
  'i',
);
const GENERAL =
  /\b(?:this|these|that) (?:options?|topics?|goals?|things?|items?|issues?|ideas?|proposals?|features?|efforts?|works?|projects?|repos?|repository|problems?|ones?|bugs?|one)\b/i;
/** Doing of which nothing is said but that it is done. */
const JUST_DO =
  /^(?:do|take care of|work on|continue work on|look into|look at|handle|fix|implement|tackle|address|continue|follow up on|go for|go with|try) (?:it|this|that|them|these|those)\b/i;

/** Puts what is meant where the words only point at it. */
function resolved(phrase: string, meant: string | null): string {
  const text = tidy(phrase).replace(/^(?:continue )?work(?:ing)? on (?:it|this|that|them) to (?=[a-z]+ )/, '');
  if (meant === null) return plain(text);
  const deed = deedIn(meant);
  if (JUST_DO.test(text)) {
    if (deed !== null) return deed;
    if (/^do /.test(text)) return `work on ${withoutVerb(meant, text)}`;
  }
  const thing = withoutVerb(meant, text);
  if (text.startsWith(POSSIBLE)) return `${POSSIBLE}${resolved(text.slice(POSSIBLE.length), meant)}`;
  const found = PLACEHOLDER.exec(text);
  if (found !== null && !hasObject(text.slice(0, found.index))) return plain(text.replace(PLACEHOLDER, thing));
  return plain(text.replace(GENERAL, thing));
}

const POSSIBLE = 'make it possible ';

/** Whether a thing is named before the pronoun, which then stands for that thing. */
function hasObject(before: string): boolean {
  const words = plainWords(before).slice(1);
  const last = words[words.length - 1] ?? '';
  if (/^(?:of|about|on|to|for|with|into|discuss|implementing)$/.test(last)) return false;
  return words.some((word) => !isStopWord(word) && baseOf(word) === null && !NO_OBJECT.test(word));
}

/** Words that "it" does not stand for: parts of verbs, manners, and the paper that the work is written down in. */
const NO_OBJECT =
  /^(?:look|care|part|rid|easy|hard|best|better|back|lp|rfes?|bugs?|issues?|tickets?|specs?|patch|patches|prs?|code|blueprint|first|new|possible|good|.{2,}ly)$/;

/** "Deprecation of X" as the object of "deprecate" is X; "dropping X" as a thing stays. */
function withoutVerb(meant: string, phrase: string): string {
  const verb = stemOf(phrase.split(' ')[0]?.toLowerCase() ?? '').slice(0, 5);
  const named = /^(?<noun>\S+(?:ion|al|ing|ment|ance)) of (?:the )?(?<rest>.+)$/i.exec(meant);
  if (named?.groups?.noun !== undefined && verb.length >= 4 && named.groups.noun.toLowerCase().startsWith(verb))
    return named.groups.rest ?? meant;
  const deed = deedIn(meant);
  return deed === null ? lowered(meant) : gerund(deed);
}

/** "drop the job" → "dropping the job", where a preposition needs a noun. */
function gerund(deed: string): string {
  const [verb = '', ...rest] = deed.split(' ');
  const form = /ee$/.test(verb)
    ? `${verb}ing`
    : /[^aeiou][aeiou][bdgmnpt]$/.test(verb) && verb.length <= 4
      ? `${verb}${verb.slice(-1)}ing`
      : `${verb.replace(/e$/, '')}ing`;
  return [form, ...rest].join(' ');
}

/** A heading inside a sentence: "The adoption" as "the adoption"; names keep their capital. */
function lowered(text: string): string {
  return text.replace(/^(?:The|A|An|Our|All|Some|New|Support|Adoption|Each|Any)\b/, (word) => word.toLowerCase());
}

/** "this option" that nothing explains is "the option". */
function plain(text: string): string {
  return text.replace(DETERMINER, 'the');
}

const DETERMINER = new RegExp(
  `\\b(?:this|these)\\b(?!${STANDS_ALONE.slice(3)}(?= [a-z])(?! (?:cycle|week|month|year|time))`,
  'gi',
);

/** Words instead of addresses: "respin review 281628". */
function readable(text: string): string {
  const spelled = text
    .replace(/\b(with|on|in|for|to|of|as|like) (?:e\.g\.|i\.e\.),? /g, '$1 ')
    .replace(/\b(follow|clean|set|write|speed|back|pick)-up\b/gi, '$1 up')
    .replace(/\b(to|will) (set|clean)up\b/gi, '$1 $2 up');
  return spelled.replace(/https?:\/\/[^\s)\]>]+/g, (url) => {
    const { kind, id } = refOf(url.replace(/[.,;:]+$/, ''));
    if (id === null) return '';
    const number = id.replace(/^.*#/, '');
    if (kind === 'gerrit-change') return `review ${number}`;
    return kind === 'github-pull' ? `PR ${number}` : kind === 'launchpad-bug' ? `bug ${number}` : `issue ${number}`;
  });
}

function tidy(text: string): string {
  return text
    .replace(/\s*\[\d{1,3}\]/g, '')
    .replace(/[“”]/g, '"')
    .replace(/[*`]+/g, '')
    .replace(/\(\s*\)/g, '')
    .replace(/\s+/g, ' ')
    .replace(/^[\s,;:.!?)\]–—-]+/, '')
    .replace(/[\s,;:.!?–—([-]+$/, '')
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

function shortened(text: string, room: number): string {
  if (text.length <= room) return text;
  const words = text
    .slice(0, room + 1)
    .split(' ')
    .slice(0, -1);
  if (words.length === 0) return text.slice(0, room);
  while (words.length > 1 && isStopWord((words[words.length - 1] ?? '').toLowerCase().replace(/\W/g, ''))) words.pop();
  return tidy(words.join(' '));
}

/** Drops "(with the default backend for now)" behind enough words; the topic in brackets stays. */
function withoutAside(title: string, topic: string | null): string {
  const bare = title.replace(/ \([^()]{12,}\)$/, '');
  const isTopic = topic !== null && content(title.slice(bare.length)).some((stem) => content(topic).includes(stem));
  return isTopic || content(bare).length < FEW ? title : bare;
}

/** Cuts at a word, without a time or a dangling word at the end, and with a verb in front. */
function finished(body: string, topic: string | null): string {
  let title = tidy(withoutTime(withoutAside(tidy(body), topic)));
  if (title === '' || /^(?:it|this|that|them|these|those|we|i|there)\b/i.test(title))
    title = `Follow up on ${topic ?? title}`;
  if (baseOf(title.split(' ')[0] ?? '') === null) title = `Work on ${title}`;
  if (title.length > LONGEST) title = cutWords(title);
  return `${title.charAt(0).toUpperCase()}${title.slice(1)}`;
}

/** Words that a long title can do without. */
const FILLERS =
  /\b(?:also|really|actually|currently|basically|certain|a bit|sligh?tly|many of|some of|some|more|such|additional|respective|our|the|an?|very|all|existing|potential|possible|different|various|immediately|properly|further) (?=\w)/gi;

function cutWords(text: string): string {
  const bare = tidy(text.replace(/ ?\([^()]*\)/g, ''));
  if (bare.length <= LONGEST) return bare;
  const relative = bare.search(/,? (?:which|who|that) (?:was|were|is|are|has|have|had|been)\b/);
  if (relative > 24 && relative <= LONGEST) return tidy(bare.slice(0, relative));
  const [verb = '', ...rest] = bare.replace(/ which will /g, ' that will ').split(' ');
  const dense = `${verb} ${rest.join(' ').replace(FILLERS, '')}`;
  return dense.length <= LONGEST ? dense : shortened(dense, LONGEST);
}
