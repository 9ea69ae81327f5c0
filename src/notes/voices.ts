/** The labels of those who speak in a note ("OO", "bob", "Owner One"), in lower case. */
export type Voices = ReadonlySet<string>;

const LABEL =
  /^(?:\[?\d{1,2}:\d{2}(?::\d{2})?\]?\s+)?(?:<[ @+]?([^<>\s]{1,30})>|[[(](?:name=)?(@?[\p{L}][^()[\]<>:]{0,29})[\])]:?|([\p{L}@?][^:<>"()[\]]{0,29}?)(?:\s\([^()]{1,24}\))?\s?:)(?=\s)\s*/u;
/** What every label has in it. */
const LABEL_SIGN = /[:>\])]/;
const MARKUP = /^[\s>]*(?:[-*+•][ \t]+|\d{1,3}[.)][ \t]+)?(?:\[[ xX]\] )?[*_]{0,3}/;
const MARKER =
  /^[\s>]*[*_[]{0,3}(?:(?:new|pending|open)\]\s{0,3}[*_]{0,3})?(?:action(?: items?| points?)?|todo|ai|ar|decision|resolution|resolved|agreed|agreement|outcome|consensus|conclusion|next steps?)\b[^:\n]{0,30}:/i;
/** Labels that nobody is called by. */
const NOBODY = new Set(
  (
    'decided action actions ai ais ar ars todo todos note notes agenda topic topics date time chair chairs present attendees regrets scribe ' +
    'scribes decision decisions resolution resolved resolutions outcome outcomes conclusion conclusions consensus summary ' +
    'background question questions answer answers q a proposal proposals problem problems issue issues pr prs link links bug bugs ' +
    'spec specs etherpad slides status update updates next owner owners priority example examples eg ie http https subject from to ' +
    'cc cons pros pro con option options idea ideas goal goals plan plans result results fix fixes feature features docs source url ' +
    'version title author authors location when where what who why how discussion discussions motion vote info agreed help done wip ' +
    'open closed new old milestone release minutes recording video repo repository monday tuesday wednesday thursday friday ' +
    'saturday sunday january february march april may june july august september october november december warning important ' +
    'fyi edit reference references see also context step phase part section case requirement requirements impact risk risks ' +
    'benefit benefits limitation alternative alternatives approach solution scope name email phone room table figure total yes no ' +
    'meeting call previous current all team everyone re comment comments reason reasons task tasks item items deadline due test ' +
    'tests first second third finally however there this that it here today tomorrow yesterday concern concerns ok okay thanks ' +
    'assumption assumptions opinion opinions claim fact facts participants number announcements announcement introduction introductions group community day session sessions'
  ).split(' '),
);

/** Who seems to say a text: the name in front of it. */
export interface Label {
  readonly name: string;
  readonly length: number;
  /** A notation that only names people: `<nick>`, `[name=Owner]`. */
  readonly sure: boolean;
  /** A word that is no name, unless somebody present is called so. */
  readonly doubtful: boolean;
}

/** The label that a text begins with; null where none does. */
export function labelOf(text: string): Label | null {
  const match = LABEL.exec(text);
  const name = (match?.[1] ?? match?.[2] ?? match?.[3])?.trim();
  if (!match || name === undefined) return null;
  const words = name.split(/[\s/+&,]+/);
  if (words.length > 3 || !words.every((word) => /^[\p{Lu}@?]|^\p{Ll}[\p{L}\p{N}_|`^-]*$/u.test(word))) return null;
  if (words.length > 1 && !/[/+&,]/.test(name) && words.some((word) => /^\p{Ll}/u.test(word))) return null;
  const sure = match[1] !== undefined || /^[[(]name=/.test(text);
  const doubtful = !sure && words.some((word) => NOBODY.has(word.toLowerCase()));
  return { name, length: match[0].length, sure, doubtful };
}

/** The label that a raw line begins with, behind bullets, boxes and emphasis. */
function labelOfLine(line: string): Label | null {
  if (!LABEL_SIGN.test(line)) return null;
  const text = line.slice(0, 90).replace(MARKUP, '');
  return labelOf(text.replace(/^([^:]{1,40})[*_]{1,3}:/, '$1:').replace(/^([^:]{1,40}:)[*_]{1,3}/, '$1'));
}

/** Who speaks in these lines: those present, and labels that come again and again. */
export function voicesOf(texts: Iterable<string>, people: readonly string[]): Voices {
  const counts = new Map<string, number>();
  const known = keysOf(people);
  const voices = new Set<string>();
  const lower = new Set<string>();
  let lines = 0;
  for (const text of texts) {
    const label = labelOfLine(text);
    if (!label) continue;
    const key = label.name.toLowerCase();
    if (label.sure || partsOf(key).some((part) => isKnown(part, known))) voices.add(key);
    else if (label.doubtful) continue;
    lines++;
    if (/^\p{Ll}\S*$/u.test(label.name)) lower.add(key);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const isDialogue = lines >= 8 && counts.size <= 0.6 * lines;
  for (const [key, count] of counts) if ((count >= 3 && counts.size > 1) || (isDialogue && count >= 2)) voices.add(key);
  const nicks = [...voices].filter((key) => lower.has(key)).length;
  const areNicks = isDialogue && voices.size >= 3 && nicks > 0.7 * voices.size;
  for (const key of counts.keys()) {
    const parts = partsOf(key);
    if (parts.length > 1 ? parts.some((part) => voices.has(part)) : areNicks && lower.has(key)) voices.add(key);
  }
  return voices;
}

/** "owner one" is known where "Owner O" is. */
function isKnown(name: string, known: ReadonlySet<string>): boolean {
  const [first = '', second] = name.split(' ');
  return known.has(name) || (second !== undefined && known.has(`${first} ${second.charAt(0)}`));
}

function partsOf(key: string): string[] {
  return key.split(/[/+&,]/).map((part) => part.trim());
}

/** How people may be called: whole names, first names, last names, initials. */
function keysOf(people: readonly string[]): Set<string> {
  const keys = new Set<string>();
  for (const person of people) {
    const words = person
      .toLowerCase()
      .replace(/^@/, '')
      .split(/[\s.]+/)
      .filter(Boolean);
    keys.add(person.toLowerCase());
    for (const word of words) if (word.length > 2) keys.add(word);
    const initials = words.map((word) => word.charAt(0)).join('');
    if (initials.length > 1) keys.add(initials);
    const parts = person
      .toLowerCase()
      .split(/[\s.-]+/)
      .filter(Boolean);
    if (parts.length > 1) keys.add(parts.map((word) => word.charAt(0)).join(''));
  }
  return keys;
}

/** Whether a line begins what another one says, or a marked statement ("ACTION: …"), so that the text above it ends. */
export function splitsBefore(text: string, voices: Voices): boolean {
  if (!LABEL_SIGN.test(text)) return false;
  if (MARKER.test(text)) return true;
  if (voices.size === 0) return false;
  const label = labelOf(
    text
      .slice(0, 90)
      .replace(MARKUP, '')
      .replace(/^([^:]{1,40})[*_]{1,3}:/, '$1:'),
  );
  return label !== null && voices.has(label.name.toLowerCase());
}
