import type { Phrase } from './phrase.ts';
import type { Word } from './tokens.ts';
import { baseOf } from './verbs.ts';

/** Verbs that only introduce another: "start working on replacing X" is "replace X". */
const INTRODUCES =
  /^(?:start|begin|continue|keep|work|look|focus|go|plan|target|consider|aim|include|try|move|proceed)$/;
const WANTS = /^(?:try|start|begin|continue|want|need|plan|hope|aim|target|volunteer|set|like|agree|decide)$/;

/** The same work without the verbs that only introduce it: "make sure to add", "continue working on adding", "get rid of". */
export function introduced(words: readonly Word[], phrase: Phrase): Phrase {
  let { verb, from } = phrase;
  for (let round = 0; round < 3 && phrase.passive === null; round += 1) {
    const next = step(verb, words.slice(from, from + 3));
    if (next === null) break;
    verb = next.verb;
    from += next.words;
  }
  return { ...phrase, verb, from };
}

/** The verb that is meant, and how many words stand before what it is done to. */
function step(verb: string, after: readonly Word[]): { readonly verb: string; readonly words: number } | null {
  const [a = '', b = '', c = ''] = after.map(({ lower }) => lower);
  if (verb === 'get' && a === 'rid' && b === 'of') return { verb: 'remove', words: 2 };
  if (/^(?:make|be)$/.test(verb) && a === 'sure' && /^(?:to|we)$/.test(b) && baseOf(c) === c)
    return { verb: c, words: 3 };
  if (WANTS.test(verb) && a === 'to' && baseOf(b) === b) return { verb: b, words: 2 };
  if (!INTRODUCES.test(verb)) return null;
  const [gerund, count] = /^(?:on|into|out|with|to)$/.test(a) ? [b, 2] : [a, 1];
  const meant = /ing$/.test(gerund) ? baseOf(gerund) : null;
  return meant === null ? null : { verb: meant, words: count };
}
