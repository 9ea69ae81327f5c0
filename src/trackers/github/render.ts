import type { IssueText } from '../tracker.ts';
import { inline, linkTo } from './markdown.ts';
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

// GitHub takes 65,536 characters; what is ours stays far below, so that people have room to write.
const QUOTE = 30_000;
const LINE = 500;
const MANY = 20;
const FOOT =
  '<sub>Kept by ptg-tracker; edit anything outside these lines, or add the label `ptg-tracker-ignore`.</sub>';

/** Our block's content: what is to be done, the passage, where it stands, who, what it points to, how it was found. */
export function render(text: IssueText, host: string): string {
  const [main, ...also] = text.sources;
  const lines = [
    main === undefined ? null : `${WORDS.from}${section(text.section, host)}${source(main, host)}.`,
    ...some(also, (other) => `${WORDS.also}${source(other, host)}.`),
    `${WORDS.owner}${owners(text.owners, host)}.`,
    text.due === null ? null : `Due: ${inline(short(text.due), host)}`,
    text.refs.length === 0 ? null : `See: ${some(text.refs, (ref) => reference(ref, host)).join(', ')}`,
    text.evidence.length === 0
      ? null
      : `Found by: ${some(text.evidence, (cue) => inline(short(cue), host)).join(', ')}`,
  ];
  return [
    `${WORDS.title}${inline(short(text.title), host)}`,
    `> ${quote(text.quote, host)}`,
    lines.filter((line) => line !== null).join('\n'),
    FOOT,
  ].join('\n\n');
}

/** The passage; a very long one is cut, with a mark. */
function quote(text: string, host: string): string {
  let raw = clean(text);
  let safe = inline(raw, host);
  while (safe.length > QUOTE) {
    raw = `${clean(raw.slice(0, Math.floor((raw.length * QUOTE) / safe.length) - 8))} […]`;
    safe = inline(raw, host);
  }
  return safe;
}

function section(path: readonly string[], host: string): string {
  const names = path.map((name) => inline(short(name), host).replaceAll('›', '&rsaquo;')).filter((name) => name !== '');
  return names.length === 0 ? '' : `**${names.slice(0, MANY).join(' › ')}** in `;
}

function source(place: IssueText['sources'][number], host: string): string {
  const title = clean(short(place.title)) || 'a note';
  const name = place.url === null ? `*${inline(title, host)}*` : linkTo(title, place.url, host);
  const about = [place.author, place.date].filter((fact) => fact !== null).map((fact) => inline(short(fact), host));
  const lines =
    place.lineStart === place.lineEnd ? `line ${place.lineStart}` : `lines ${place.lineStart}–${place.lineEnd}`;
  return `${name}${about.length === 0 ? '' : ` (${about.join(', ')})`}, ${lines} of ${inline(short(place.note), host)}`;
}

function owners(list: IssueText['owners'], host: string): string {
  if (list.length === 0) return WORDS.nobody;
  return some(list, (owner) => {
    const name = inline(short(owner.name), host).replaceAll(';', '\\;').replaceAll('(', '\\(');
    if (owner.assigned) return name;
    const why = owner.account === null ? 'no account known' : `${inline(owner.account, host)} cannot be assigned here`;
    return `${name}${WORDS.notAssigned}${why})`;
  }).join('; ');
}

function reference(ref: IssueText['refs'][number], host: string): string {
  return linkTo(short(ref.label) || ref.url, ref.url, host);
}

/** The first of a list, and how many more there are. */
function some<T>(list: readonly T[], show: (one: T) => string): string[] {
  const shown = list.slice(0, MANY).map(show);
  return list.length > MANY ? [...shown, `and ${list.length - MANY} more`] : shown;
}

function short(text: string): string {
  return text.length > LINE ? `${text.slice(0, LINE)}…` : text;
}
