import type { IssueText } from '../tracker.ts';
import { entry, inline, linkTo, words } from './markdown.ts';
import { clean } from './neutralise.ts';

/** The fixed words of a block; reading it back goes by them. */
export const WORDS = {
  title: '**To do:** ',
  from: 'From ',
  also: 'Also in ',
  owner: 'Owner: ',
  nobody: 'not named',
  notAssigned: ' (not assigned: ',
} as const;

interface Size {
  /** Most characters of the passage as it is written, of any other text, and most entries of a list. */
  readonly quote: number;
  readonly line: number;
  readonly many: number;
}

// GitHub takes 65,536 characters; what is ours stays below, so that people have room to write.
const MOST = 55_000;
const SIZES: readonly [Size, Size] = [
  { quote: 30_000, line: 500, many: 20 },
  { quote: 10_000, line: 100, many: 3 },
];
const FOOT =
  '<sub>Kept by ptg-tracker; edit anything outside these lines, or add the label `ptg-tracker-ignore`.</sub>';

/** Our block's content: what is to be done, the passage, where it stands, who, what it points to, how it was found. */
export function render(text: IssueText, host: string): string {
  const [usual, small] = SIZES;
  const content = compose(text, host, usual);
  return content.length <= MOST ? content : compose(text, host, small);
}

function compose(text: IssueText, host: string, size: Size): string {
  const short = (one: string) => (one.length > size.line ? `${one.slice(0, size.line)}…` : one);
  const some = <T>(list: readonly T[], show: (one: T) => string) => {
    const more = list.length > size.many ? [`and ${list.length - size.many} more`] : [];
    return [...list.slice(0, size.many).map(show), ...more];
  };
  const shown: Shown = { host, short, some };
  const [main, ...also] = text.sources;
  const lines = [
    main === undefined ? null : `${WORDS.from}${section(text.section, shown)}${source(main, shown)}.`,
    ...some(also, (other) => `${WORDS.also}${source(other, shown)}.`),
    `${WORDS.owner}${owners(text.owners, shown)}.`,
    text.due === null ? null : `Due: ${words(short(text.due))}`,
    text.refs.length === 0 ? null : `See: ${some(text.refs, (ref) => reference(ref, shown)).join(', ')}`,
    text.evidence.length === 0 ? null : `Found by: ${some(text.evidence, (cue) => words(short(cue))).join(', ')}`,
  ];
  return [
    `${WORDS.title}${inline(short(text.title), host)}`,
    `> ${quote(text.quote, host, size.quote)}`,
    lines.filter((line) => line !== null).join('\n'),
    FOOT,
  ].join('\n\n');
}

interface Shown {
  readonly host: string;
  readonly short: (text: string) => string;
  readonly some: <T>(list: readonly T[], show: (one: T) => string) => string[];
}

/** The passage; a very long one is cut, with a mark. */
function quote(text: string, host: string, most: number): string {
  let raw = clean(text);
  let safe = inline(raw, host);
  while (safe.length > most) {
    raw = `${clean(raw.slice(0, Math.floor((raw.length * most) / safe.length) - 8))} […]`;
    safe = inline(raw, host);
  }
  return safe;
}

function section(path: readonly string[], { short, some }: Shown): string {
  const names = some(path, (name) => entry(short(name))).filter((name) => name !== '');
  return names.length === 0 ? '' : `**${names.join(' › ')}** in `;
}

function source(place: IssueText['sources'][number], { host, short }: Shown): string {
  const title = clean(short(place.title)) || 'a note';
  const name = place.url === null ? `*${words(title)}*` : linkTo(title, place.url, host);
  const about = [place.author, place.date].map((fact) => words(short(fact ?? ''))).filter((fact) => fact !== '');
  const lines =
    place.lineStart === place.lineEnd ? `line ${place.lineStart}` : `lines ${place.lineStart}–${place.lineEnd}`;
  return `${name}${about.length === 0 ? '' : ` (${about.join(', ')})`}, ${lines} of ${inline(short(place.note), host)}`;
}

function owners(list: IssueText['owners'], { short, some }: Shown): string {
  if (list.length === 0) return WORDS.nobody;
  return some(list, (owner) => {
    const name = entry(short(owner.name)).replaceAll('(', '\\(');
    if (owner.assigned) return name;
    const why = owner.account === null ? 'no account known' : `${entry(short(owner.account))} cannot be assigned here`;
    return `${name}${WORDS.notAssigned}${why})`;
  }).join(' · ');
}

function reference(ref: IssueText['refs'][number], { host, short }: Shown): string {
  return linkTo(short(ref.label) || short(ref.url), ref.url, host);
}
