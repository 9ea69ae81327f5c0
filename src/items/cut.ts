import { isStopWord, plainWords, stemOf } from './plain.ts';
import { refOf } from './ref.ts';

/** The most characters of a title. */
export const LONGEST = 80;

/** Who, when and how far it is, and votes: noted behind the work. */
const NOTED =
  /\s*[([](?:still open|on-?going|pending|in progress|done|wip|tbd|carried over|\+\d|due|eta|deadline|by when|owner|assignee)\b[^()[\]]{0,60}[)\]]|(?:\s[–—-]{1,2}|,|;|\|)\s*(?:owners?|assignees?|due(?: date)?|eta|deadline|priority|status|volunteers?|by when)\s?:.*$/gi;

/** Words instead of addresses: "respin review 281628". */
export function readable(text: string): string {
  const spelled = text
    .replace(NOTED, '')
    .replace(/\b(with|on|in|for|to|of|as|like) (?:e\.g\.|i\.e\.),? /g, '$1 ')
    .replace(/\b(follow|clean|set|write|speed|back|pick)-up\b/gi, '$1 up')
    .replace(/\b(to|will) (set|clean)up\b/gi, '$1 $2 up');
  return spelled.replace(/https?:\/\/[^\s)\]>]+/g, (url) => {
    const { kind, id } = refOf(url.replace(/(?<![.,;:])[.,;:]+$/, ''));
    if (id === null) return '';
    const number = id.replace(/^.*#/, '');
    if (kind === 'gerrit-change') return `review ${number}`;
    return kind === 'github-pull' ? `PR ${number}` : kind === 'launchpad-bug' ? `bug ${number}` : `issue ${number}`;
  });
}

/** The text without footnote marks, markup, and stops at its ends. Only for short texts. */
export function tidy(text: string): string {
  return text
    .replace(/(?<!\s)\s*\[\d{1,3}\]/g, '')
    .replace(/[“”]/g, '"')
    .replace(/[*`]+/g, '')
    .replace(/\(\s*\)/g, '')
    .replace(/\s+/g, ' ')
    .replace(/^[\s,;:.!?)\]–—-]+/, '')
    .replace(/(?<![\s,;:.!?–—([-])[\s,;:.!?–—([-]+$/, '')
    .trim();
}

/** The stems of the words that say something. */
export function content(text: string): readonly string[] {
  return plainWords(text)
    .filter((word) => !isStopWord(word))
    .map(stemOf);
}

/** Places at which a reason, a condition or a further sentence begins. */
const CUTS =
  /(?<!\b(?:e\.g|i\.e|etc|vs|incl))[.!?;](?:\s|$)| and that (?:\p{Lu}|we|the) ?|, (?:and|but|so|then|than)? ?(?:we|I|they|it|this|he|she|you|there)\b|,? (?:because|since|whereas|although|e\.g\.|i\.e\.)\s|,? but (?:this|we|it|they|that|then|the|not)\b|, (?:as|so|where|who|which|while|if|when|that|like|see|for example|since|in order|hopefully|please)\b| as (?:it|we|this|those|these|they|there|the former|former|non)\b| - | – | — | there (?:is|are|was|were)\b| (?:seems|sounds|looks) (?:useful|good|reasonable|fine|like)\b|, \p{Lu}[\w-]+(?: and [\w-]+)? (?:to|will) [a-z]| if (?:we|there|it|the|they|that|this|anybody|someone|nothing|needed)\b|: /gu;
/** So much is said before a dash, a colon or a condition cuts the rest off. */
const LEAST = 2;

/** Cuts reasons, conditions and further sentences off, but never so early that nothing is left. */
export function cutAt(text: string, verb = ''): string {
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

/** As many whole words as there is room for, without a dangling one at the end. */
export function shortened(text: string, room: number): string {
  if (text.length <= room) return text;
  const words = text
    .slice(0, room + 1)
    .split(' ')
    .slice(0, -1);
  if (words.length === 0) return text.slice(0, room);
  const popStops = () => {
    while (words.length > 1 && isStopWord((words[words.length - 1] ?? '').toLowerCase().replace(/\W/g, '')))
      words.pop();
  };
  popStops();
  // "… to make", "… and link": a verb whose object was cut off.
  if (words.length > 4 && /^(?:to|and|or|not|that|which)$/.test(words[words.length - 2] ?? '')) {
    words.pop();
    popStops();
  }
  return tidy(words.join(' '));
}

/** Words that a long title can do without. */
const FILLERS =
  /\b(?:also|really|actually|currently|basically|certain|a bit|sligh?tly|many of|some of|some|(?<!or )more|such|additional|respective|our|the|an?|very|all|existing|potential|possible|different|various|immediately|properly|further) (?=\w)/gi;

/** The title in at most 80 characters: without asides, then without words it can do without, then cut at a word. */
export function fitted(text: string): string {
  const bare = tidy(text.replace(/ ?\([^()]*\)/g, ''));
  if (bare.length <= LONGEST) return bare;
  const relative = bare.search(/,? (?:which|who|that) (?:was|were|is|are|has|have|had|been)\b/);
  if (relative > 24 && relative <= LONGEST) return tidy(bare.slice(0, relative));
  const [verb = '', ...rest] = bare.replace(/ which will /g, ' that will ').split(' ');
  const dense = `${verb} ${rest.join(' ').replace(FILLERS, '')}`;
  return dense.length <= LONGEST ? dense : shortened(dense, LONGEST);
}
