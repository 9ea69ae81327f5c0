import { content, tidy } from './cut.ts';
import { deedIn, gerundOf } from './deed.ts';
import { isStopWord, plainWords, stemOf } from './plain.ts';
import { baseOf } from './verbs.ts';

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
export function resolved(phrase: string, meant: string | null): string {
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
  const part = /\b(?:one|two|some|each|all|any|both|many|most|none|rest) of\s*$/i.exec(before);
  if (part !== null && part.index > 0)
    return hasObject(before.slice(0, part.index).replace(/\b(?:one|some|all) of (?:the|those|these)\b/i, ''));
  const words = plainWords(before).slice(1);
  const last = words[words.length - 1] ?? '';
  if (/^(?:of|about|on|to|for|with|into|discuss|implementing)$/.test(last)) return false;
  const named = (word: string, at: number) => baseOf(word) === null || /^(?:an?|the)$/.test(words[at - 1] ?? '');
  return words.some((word, at) => !isStopWord(word) && named(word, at) && !NO_OBJECT.test(word));
}

/** Words that "it" does not stand for: parts of verbs, manners, and the paper that the work is written down in. */
const NO_OBJECT =
  /^(?:look|care|part|rid|easy|hard|best|better|back|lp|rfes?|bugs?|issues?|tickets?|specs?|patch|patches|prs?|code|blueprint|first|new|possible|good|ways?|solutions?|.{2,}ly)$/;

/** "Deprecation of X" as the object of "deprecate" is X; "dropping X" as a thing stays. */
function withoutVerb(meant: string, phrase: string): string {
  const verb = stemOf(phrase.split(' ')[0]?.toLowerCase() ?? '').slice(0, 5);
  const named = /^(?<noun>\S+(?:ion|al|ing|ment|ance)) of (?:the )?(?<rest>.+)$/i.exec(meant);
  if (named?.groups?.noun !== undefined && verb.length >= 4 && named.groups.noun.toLowerCase().startsWith(verb))
    return named.groups.rest ?? meant;
  const noun = DONE_TO.test(phrase)
    ? /^\S+(?:ion|al|ment|ing) of (?:the )?(?<rest>.+)$/i.exec(meant)?.groups?.rest
    : undefined;
  if (noun !== undefined) return noun;
  const deed = deedIn(meant);
  if (deed === null) return lowered(meant);
  return DONE_TO.test(phrase) ? deed.slice(deed.indexOf(' ') + 1) : gerundOf(deed);
}

/** What is done to things and hardly to an activity. */
const DONE_TO =
  /^(?:deprecate|remove|drop|retire|delete|abandon|maintain|test|fix|merge|rename|replace|keep|support|migrate|convert|close|disable|enable|move)\b/i;

/** A heading inside a sentence: "The adoption" as "the adoption"; names keep their capital. */
export function lowered(text: string): string {
  return text.replace(/^(?:The|A|An|Our|All|Some|New|Support|Adoption|Each|Any)\b/, (word) => word.toLowerCase());
}

/** "this option" that nothing explains is "the option". */
function plain(text: string): string {
  return text.replace(DETERMINER, 'the').replace(/\b(?:our|their|his|her|my)(?= [a-z])/g, 'the');
}

const DETERMINER = new RegExp(
  `\\b(?:this|these)\\b(?!${STANDS_ALONE.slice(3)}(?= [a-z])(?! (?:cycle|week|month|year|time))`,
  'gi',
);

/** Whether a title cannot stand alone: an "it" that nothing explains, or hardly a word besides the verb. */
export function saysLittle(body: string): boolean {
  const found = PLACEHOLDER.exec(body);
  return content(body).length < 2 || (found !== null && !hasObject(body.slice(0, found.index)));
}
