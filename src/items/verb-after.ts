import type { VerbForm } from './lexicon.ts';
import type { Hit } from './patterns.ts';
import { startsClause } from './subject.ts';
import type { Word } from './tokens.ts';

/** What a verb says of its subject: work that can be finished, keeping things, talk, how a thing behaves, and so on. */
export type VerbClass = 'work' | 'keep' | 'weak' | 'talk' | 'behave' | 'be' | 'have' | 'other' | 'end';

/** What is done to things all the time: "will be used" is no piece of work. */
const HABITUAL = new Set(
  'use run show see need require expect allow consider know call base present support include give hold keep find treat serve'.split(
    ' ',
  ),
);
/** Verbs after which things stay as they are. */
const KEEPING = new Set('keep remain stay leave stick retain'.split(' '));
const TO_SKIP = new Set([
  'be',
  'to',
  'also',
  'not',
  'then',
  'try',
  'start',
  'continue',
  'help',
  'go',
  'ahead',
  'and',
  'further',
  'just',
  'still',
  'likely',
  'probably',
  'been',
  'being',
  'get',
  'have',
  'begin',
  'get',
  'able',
  'first',
  'now',
  'only',
  'both',
  'all',
  'at',
  'least',
  'again',
  'likely',
  'possibly',
  'better',
  'properly',
  'only',
  'us',
  'need',
  'needs',
  'want',
]);
/** The verb that a cue leads to. `behaves`: of a thing it says how the thing behaves ("the client will provide"). */
export interface VerbFound {
  readonly behaves: boolean;
  readonly class: VerbClass;
  readonly lemma: string;
  readonly passive: boolean;
}

const NO_VERB: VerbFound = { behaves: false, class: 'end', lemma: '', passive: false };

/** Finds the verb behind a cue, or the one that the cue ends with. */
export function verbAfter(words: readonly Word[], hit: Hit, forms: ReadonlyMap<string, VerbForm>): VerbFound {
  // patterns may end with the verb itself ("going to <work>", "to be <worked>")
  let passive = false;
  let at = Math.max(hit.from, hit.to - 1);
  const last = words[at];
  const inside = last === undefined || hit.to - hit.from < 2 ? undefined : forms.get(last.lower);
  if (inside?.work === true && last !== undefined && !TO_SKIP.has(last.lower)) {
    return { behaves: inside.behave, class: classOf(inside), lemma: inside.lemma, passive: inside.form === 'ed' };
  }
  for (at = hit.to; at < Math.min(words.length, hit.to + 6); at += 1) {
    const word = words[at];
    if (word === undefined || startsClause(words, at)) break;
    if (word.lower === 'be' || word.lower === 'been' || word.lower === 'get') passive = true;
    const next = words[at + 1]?.lower ?? '';
    const skipped = TO_SKIP.has(word.lower) || (word.lower.endsWith('ly') && word.lower.length > 4);
    if (skipped && (forms.has(next) || TO_SKIP.has(next) || next.endsWith('ly'))) continue;
    const form = forms.get(word.lower);
    if (passive && form?.ing === true) passive = false;
    else if (passive && form?.ed !== true) return { ...NO_VERB, class: 'be', lemma: 'be' };
    if (word.lower === 'be') return { ...NO_VERB, class: 'be', lemma: 'be' };
    if (word.lower === 'have') return { ...NO_VERB, class: 'have', lemma: 'have' };
    if (form === undefined) return { ...NO_VERB, class: 'other', lemma: word.lower, passive };
    return {
      behaves: form.behave && !passive,
      class: passive && HABITUAL.has(form.lemma) ? 'behave' : classOf(form),
      lemma: form.lemma,
      passive,
    };
  }
  return { ...NO_VERB, passive };
}

function classOf(form: VerbForm): VerbClass {
  if (KEEPING.has(form.lemma)) return 'keep';
  if (form.strong) return 'work';
  if (form.behave) return 'behave';
  if (form.talk) return 'talk';
  return form.work ? 'work' : 'other';
}
