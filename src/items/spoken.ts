import { cutAt } from './cut.ts';
import type { Phrase } from './phrase.ts';
import { lowered } from './resolve.ts';
import type { Word } from './tokens.ts';
import { baseOf } from './verbs.ts';

/** Verb and object as the sentence has them, without reasons and further sentences. */
export function spoken(text: string, words: readonly Word[], phrase: Phrase): string {
  const after = words[phrase.from];
  const object = after === undefined ? '' : cutAt(joined(text.slice(after.start)), phrase.verb);
  const verb = asked(phrase.verb, object);
  const tail = verb === phrase.verb ? object : object.replace(PAPER_DETAILS, '');
  if (phrase.passive === null) return `${verb}${joint(text, words[phrase.from - 1], after)}${tail}`;
  const first = words[phrase.passive.from];
  const last = words[phrase.passive.to - 1];
  if (first === undefined || last === undefined || OURSELVES.test(first.lower)) return `${verb} ${tail}`;
  const subject = PRONOUN.test(first.lower) ? first.lower : lowered(text.slice(first.start, last.end));
  return `${verb} ${subject} ${inOneVoice(tail)}`;
}

/** "… be extended and clarified", "… be removed from A and moved into B": the second deed in the voice of the first. */
function inOneVoice(tail: string): string {
  return tail
    .replace(/ is (?:how|what|whether|that)\b.*$/, '')
    .replace(/\band (?<done>\p{L}{3,16})(?= (?<next>\p{L}+)|$|[.,;])/u, (found, done: string, next?: string) => {
      const base = /(?:ed|en|t)$/.test(done) ? baseOf(done) : null;
      if (base === null || base === done) return found;
      return /^(?:in|into|to|from|on|onto|over|with|by)$/.test(next ?? '') ? `and ${base} it` : `and ${base}`;
    });
}

/** "We will be focused on X", "there will be required X": no subject to speak of. */
const OURSELVES = /^(?:there|we|i|you)$/;

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
