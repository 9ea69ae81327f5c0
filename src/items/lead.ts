import type { Place } from './name.ts';
import { isKnown, type NoteNames, namesFrom, onlyNames } from './names.ts';
import { type Word, wordsOf } from './tokens.ts';
import { baseOf } from './verbs.ts';

/** What stands before and behind the work itself: markers and the names of those who do it. */
export interface Frame {
  /** The text between: offsets of the text. */
  readonly start: number;
  readonly end: number;
  readonly owners: readonly string[];
  /** Those named behind the work. */
  readonly behind: readonly string[];
  /** A marker such as "ACTION:" or "TODO" was there. */
  readonly marked: boolean;
}

const BOX = /^[\s*•>–-]{0,8}\[[ xX]?\]\s*/;
const MARKER =
  /^[\s*•>–([-]{0,4}(?:#(?:action|todo|ai|agreed|help)(?![\p{L}])|(?:ACTIONS?(?: ITEMS?| POINTS?)?|TO-?DO|AI|AR|AP|NEW|OPEN|AGREED|AGREEMENT|RESOLVE|DECIDED|DECISION|OUTCOMES?|RESOLUTION|RESOLVED|PROPOSAL|CONSENSUS|CONCLUSION)(?![\p{L}])|(?:action(?: items?| points?)?|todo|to-do|agreed|agreement|outcome|resolution|resolved|decision|decided|consensus|conclusion|next steps?|task|motion|goal|Actions?(?: items?| points?)?|Todo|Agreed|Agreement|Outcome|Resolution|Decision|Decided|Conclusion|Next steps?|Task|Motion|Goal|Ai|Ar|ap)(?=\s{0,2}(?:#?\d{1,3}\s{0,2})?[:(\])-]| for \p{Lu}))\s{0,2}(?:#?\d{1,3})?[\])]?\s{0,2}[:–-]?\s{0,3}/u;

/** What an action is called by ("#19 ", "ACTION-12: ", "AI-3 - "), and pictures before it (":point_right:"). */
const NUMBER =
  /^\s{0,3}(?::[a-z_]{3,30}:|(?:ACTION|AI|AP|AR|A)[ -]?\d{1,5}(?:\s?[:.–-]{1,2})?|#\d{1,5}:?|\(\d{1,3}\))\s{1,3}(?=\p{L})/u;

/** "action alice: write it", as it is said to a bot. */
const SPOKEN_MARKER =
  /^\s{0,3}(?:action|todo|ai|ar)\s{1,3}(?=@?[\p{L}\p{N}_.-]{2,24}(?:\s?[,&/]\s?[\p{L}\p{N}_.-]{2,24})?\s?[:,]\s)/iu;

/** Features, title and owners ask for the frame of the same statement; the last few are kept. */
const recent = new WeakMap<NoteNames, Map<string, Frame>>();
const KEPT = 50;

/** Finds the frame of a statement: "ACTION: Alice & Bob: …", "[Alice] …", "TODO for Alice: …", "… (Alice)", "… - Alice". */
export function frameOf(text: string, names: NoteNames): Frame {
  const frames = recent.get(names) ?? new Map<string, Frame>();
  const known = frames.get(text);
  if (known !== undefined) return known;
  const frame = readFrame(text, names);
  if (frames.size >= KEPT) frames.clear();
  recent.set(names, frames.set(text, frame));
  return frame;
}

function readFrame(text: string, names: NoteNames): Frame {
  let start = 0;
  let marked = false;
  const owners: string[] = [];
  for (let round = 0; round < 4; round += 1) {
    const rest = text.slice(start, start + 200);
    const box = BOX.exec(rest) ?? MARKER.exec(rest) ?? NUMBER.exec(rest) ?? SPOKEN_MARKER.exec(rest);
    if (box !== null && box[0].length > 0) {
      start += box[0].length;
      marked = true;
      continue;
    }
    const lead = leadNames(text, start, names, marked);
    if (lead === null) break;
    owners.push(...lead.owners);
    start = lead.end;
  }
  const tail = tailNames(text, start, names);
  return { start, end: tail?.start ?? text.length, owners, behind: tail?.owners ?? [], marked };
}

/** "[Alice, Bob]", "(Alice):", "for Alice:", "Alice:", "Alice/Bob - to", "Alice!" at a statement's start. */
function leadNames(text: string, start: number, names: NoteNames, marked: boolean) {
  const head = text.slice(start, start + 160);
  const bracket = /^\s{0,3}[[({<](?<inner>[^\])[({}<>]{1,80})[\])}>]\s{0,3}[:–-]{0,2}\s{0,3}/.exec(head);
  if (bracket !== null) {
    const inner = bracket.groups?.inner ?? '';
    const everyone = /^(?:everyone|everybody|all|anyone|anybody)\b/i.test(inner);
    const owners = everyone ? [] : /^(?:me|I|myself)$/.test(inner) ? ['I'] : allNames(inner.replace(MARKED, ''), names);
    return owners === null ? null : { owners, end: start + bracket[0].length };
  }
  const own = POSSESSIVE.exec(head);
  if (own !== null) return { owners: [own.groups?.who ?? ''], end: start + own[0].length };
  const words = wordsOf(head);
  const first = /^(?:for|on|by|to)$/.test(words[0]?.lower ?? '') && marked ? 1 : 0;
  const list = namesFrom(words, first, names, marked ? 'strong' : 'subject');
  if (list === null) return allLead(head, start);
  const next = words[list.to];
  const after = head.slice(words[list.to - 1]?.end ?? 0, next?.start ?? head.length);
  const known = list.names.every((name) => isKnown(name, names));
  const closes =
    marked || first === 1
      ? /^(?:\??\s{0,2}[:!–—-]|[\])]\s)/
      : known
        ? /^(?:\s{0,2}[:!]|\s{1,3}[–—-]{1,2})\s/
        : /^\s{0,2}[:!]\s/;
  if (!closes.test(after) || (next === undefined && head.length >= 160)) return null;
  const calls = /^!/.test(after.trim()) && baseOf(next?.lower ?? '') === next?.lower;
  if (!marked && first === 0 && !calls && !known) return null;
  return { owners: list.names, end: start + (next?.start ?? head.length) };
}

/** "[AI Alice]", "(ACTION: Bob)" before the work. */
const MARKED = /^(?:AI|AP|AR|ACTION|TODO|action|todo)\s?[:–-]?\s(?=\S)/;

/** "Alice's action: send it". */
const POSSESSIVE =
  /^\s{0,3}(?<who>@?\p{L}[\p{L}\d_.-]{1,24}(?: \p{Lu}[\p{L}.-]{1,20})?)['’]s (?:actions?|AIs?|to-?dos?|tasks?|homework)(?: items?| points?)?\s?[:–-]\s{1,3}/iu;

/** "ALL: read the PR", "tbd: read the PR" name nobody. */
function allLead(head: string, start: number) {
  const all =
    /^\s{0,3}(?:all|everyone|everybody|tbd|tbc|unassigned|nobody|\?{1,3})(?:\s{0,2}:|\s{1,3}[-–])\s{0,3}/i.exec(head);
  return all === null ? null : { owners: [], end: start + all[0].length };
}

/** "(Alice)", "[alice]", "(Alice, by Friday)", "- Alice and Bob", "-> Alice", "@alice" at a statement's end. */
function tailNames(text: string, from: number, names: NoteNames) {
  const offset = Math.max(from, text.length - 120);
  const tail = text.slice(offset);
  const bracket = /\s{0,3}[[({<](?<inner>[^\])[({}<>]{1,60})[\])}>][\s.,;!?]{0,3}$/.exec(tail);
  if (bracket === null) return dashedNames(tail, offset, names);
  const owners = tailOwners(bracket.groups?.inner ?? '', names);
  return owners === null || bracket.index < 1 ? null : { owners, start: offset + bracket.index };
}

/** What follows the last dash, arrow, `@` or, for those who are known, colon. */
function dashedNames(tail: string, offset: number, names: NoteNames) {
  for (const at of [
    lastDash(tail),
    tail.search(/\s@[\w.-]{2,39}(?:(?:,| and| &|\/) ?@[\w.-]{2,39}){0,3}[\s.]{0,2}$/),
  ]) {
    const owners = at < 1 ? null : tailOwners(tail.slice(at).replace(/^[\s–—>→=-]+/, ''), names);
    if (owners !== null) return { owners, start: offset + at };
  }
  const at = Math.max(tail.search(/:\s[^:]{2,40}$/), tail.search(/,\s[^,:;.()]{2,30}[\s.]{0,2}$/));
  const owners = at < 1 ? null : tailOwners(tail.slice(at + 1), names);
  return owners?.every((name) => isKnown(name, names)) ? { owners, start: offset + at } : null;
}

/** The names in what stands behind the work, without "owner:" in front and a time behind. */
function tailOwners(inner: string, names: NoteNames): readonly string[] | null {
  const named = inner
    .trim()
    .replace(
      /^(?:by|owners?:?|assigned to:?|assignees?:?|champions?:?|drivers?:?|poc:?|leads?:?|volunteers?:?|who:?|resp(?:onsible)?:?|ai:?|action:?)\s+/i,
      '',
    )
    .replace(TAKEN_BEHIND, '')
    .replace(TIME_BEHIND, '')
    .replace(/[\s.,;]+$/, '');
  const owners = allNames(named, names, 'subject');
  const shouts = owners?.some((name) => /^\p{Lu}+$/u.test(name) && !isKnown(name, names));
  return owners === null || shouts ? null : owners;
}

/** "(Alice volunteered)", "- Bob to drive": that somebody takes it, once more in words. */
const TAKEN_BEHIND =
  /\s(?:(?:has |have )?(?:volunteer(?:ed|s)?|signed up|stepped up|agreed|offered)|(?:will|to) (?:do|take|drive|own|handle|lead)|(?:is|are) (?:on|doing|taking|driving|owning|leading|looking into))(?: (?:it|this|that))?$/i;

const TIME_BEHIND =
  /\s{0,2}(?:[,;–—-]|\bto\b)?\s{0,2}\b(?:(?:by|due|until|before|eta|next|this|end of|for) .{1,40}|\d[\d./-]{3,12}|asap|tbd|in progress|ongoing|pending)$/i;

/** Where the last dash between blanks stands; -1 without one. */
function lastDash(text: string): number {
  return Math.max(
    ...[' - ', ' – ', ' — ', ' -- ', ' -> ', ' → ', ' => ', ' --> '].map((dash) => text.lastIndexOf(dash)),
  );
}

/** The names in a text that holds nothing but names; null otherwise. */
export function allNames(text: string, names: NoteNames, place: Place = 'strong'): readonly string[] | null {
  const words: readonly Word[] = wordsOf(text);
  if (words.length === 0 || words.length > 12) return null;
  const found = onlyNames(words, 0, names, place);
  return found?.some((name) => baseLike(name)) ? null : found;
}

function baseLike(name: string): boolean {
  return /^(?:done|optional|maybe|required|later|new|old|draft|wip|tbd|tbc|pending|ongoing|cont|continued)$/i.test(
    name,
  );
}
