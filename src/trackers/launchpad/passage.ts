import type { IssueText, Passage } from '../tracker.ts';
import { neutralise, restore } from './neutral.ts';

/** A description takes 50,000 characters; a passage that is longer than this is cut, and says so. */
const MOST_QUOTED = 12_000;
const CUT = ' […]';
const SECTIONS = ' » ';

/** What our block says, one labelled line a fact, plain text; `readPassage` reads it back. */
export function renderPassage(text: IssueText): string {
  const [main, ...others] = text.sources;
  const lines = [
    line('Item', text.title),
    line('Said', `“${cut(oneLine(text.quote))}”`),
    text.section.length === 0 ? null : line('Section', text.section.map(heading).join(SECTIONS)),
    ...(main === undefined ? [] : sourceLines('From', main)),
    ...others.flatMap((source) => sourceLines('Also in', source)),
    ...text.owners.map((owner) => line('Owner', ownerOf(owner))),
    text.owners.length === 0 ? 'Owner: not named' : null,
    text.due === null ? null : line('Due', text.due),
    ...text.refs.map((ref) => line('See', ref.label === ref.url ? ref.url : `${ref.label} ${ref.url}`)),
    text.evidence.length === 0 ? null : line('Found by', text.evidence.join(', ')),
    'Kept by ptg-tracker; the tag ptg-tracker-ignore stops it.',
  ];
  return lines.filter((each) => each !== null).join('\n');
}

/** Reads a block's content back; null when the passage itself cannot be read any more. */
export function readPassage(content: string): Passage | null {
  const values = new Map<string, string[]>();
  for (const text of content.split(/\r?\n/)) {
    const groups = /^(?<label>[A-Z][a-z ]{2,9}): (?<value>.*)$/.exec(text)?.groups;
    if (groups?.label === undefined || groups.value === undefined) continue;
    values.set(groups.label, [...(values.get(groups.label) ?? []), restore(groups.value.trim())]);
  }
  const first = (label: string) => values.get(label)?.[0] ?? null;
  const quote = first('Said')?.replace(/^“|”$/g, '') ?? null;
  if (quote === null || quote === '') return null;
  return {
    title: first('Item'),
    quote,
    section: first('Section')?.split(SECTIONS) ?? [],
    owners: (values.get('Owner') ?? []).filter((owner) => owner !== 'not named').map(nameOf),
    note: first('Note')?.replace(/, lines? \d+(?:–\d+)?$/, '') ?? null,
  };
}

function sourceLines(label: 'From' | 'Also in', source: IssueText['sources'][number]): string[] {
  const by = [source.author, source.date].filter((part) => part !== null).join(', ');
  const range =
    source.lineStart === source.lineEnd ? `line ${source.lineStart}` : `lines ${source.lineStart}–${source.lineEnd}`;
  return [
    line(label, by === '' ? source.title : `${source.title} (${by})`),
    ...(source.url === null ? [] : [line('Page', source.url)]),
    line('Note', `${source.note}, ${range}`),
  ];
}

function ownerOf(owner: IssueText['owners'][number]): string {
  const name = oneLine(owner.name).replaceAll(' — ', ' - ');
  if (owner.account === null) return `${name} — no Launchpad account known, not assigned`;
  return `${name} — ~${owner.account}, ${owner.assigned ? 'assigned' : 'could not be assigned'}`;
}

function nameOf(owner: string): string {
  const dash = owner.indexOf(' — ');
  return dash < 0 ? owner : owner.slice(0, dash);
}

function heading(text: string): string {
  return oneLine(text).replaceAll('»', '>');
}

function line(label: string, value: string): string {
  return `${label}: ${neutralise(oneLine(value))}`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function cut(text: string): string {
  if (text.length <= MOST_QUOTED) return text;
  return text.slice(0, MOST_QUOTED).replace(/[\uD800-\uDBFF]$/, '') + CUT;
}
