import type { Item, Ref } from '../items/item.ts';
import type { Entry, Wrote } from '../ledger/ledger.ts';
import type { Draft, IssueText } from '../trackers/tracker.ts';
import { assign } from './assignees.ts';
import type { PersonRule, RouteRule, TrackerFacts } from './input.ts';
import { labelsFor } from './labels.ts';

/** What the notes want an issue to be on one tracker. */
export interface Wanted {
  readonly draft: Draft;
  /** The same as the ledger keeps it. */
  readonly wrote: Wrote;
  readonly notes: readonly string[];
}

/** Writes the issue that an item asks for, within the tracker's limits. `entry` and `there` are what is known of it. */
export function draftOf(
  item: Item,
  facts: TrackerFacts,
  route: RouteRule | null,
  people: readonly PersonRule[],
  entry: Entry | null,
  there: readonly string[] = [],
): Wanted {
  const who = assign(item, facts, people, [...there, ...(entry?.wrote?.assignees ?? [])]);
  const title = titleOf(item.title, route?.titlePrefix ?? '', facts);
  const body = facts.dialect.wrap(item.key, blockOf(textOf(item, who.owners), item, facts));
  // As it will be found there: a dialect may have to change a line that looks like one of its marks.
  const block = facts.dialect.find(body)?.content ?? '';
  const labels = labelsFor(item, facts, route);
  return {
    draft: {
      key: item.key,
      title,
      body,
      labels: facts.access.mayLabel ? labels : [],
      assignees: who.assignees,
      milestone: route?.milestone ?? null,
      importance: route?.importance ?? null,
    },
    // Also where they could not be put on: who gives us the right later does not want old issues to be labelled.
    wrote: { title, block, labels, assignees: who.assignees },
    notes: [...who.notes, ...mayNot(labels, facts)],
  };
}

function mayNot(labels: readonly string[], facts: TrackerFacts): string[] {
  if (facts.access.mayLabel || labels.length === 0) return [];
  return [`we may not label on ${facts.name}: without ${labels.join(', ')}`];
}

/** A title on one line, safe, with its prefix once, within the limit. */
export function titleOf(title: string, prefix: string, facts: Pick<TrackerFacts, 'dialect' | 'limits'>): string {
  const line = facts.dialect.neutralise(title.replace(/\s+/g, ' ').trim());
  const has = line.toLowerCase().startsWith(prefix.trim().toLowerCase());
  return cut(has ? line : `${prefix}${line}`, facts.limits.title).trim();
}

/** What the issue's text is made from. */
function textOf(item: Item, owners: IssueText['owners']): IssueText {
  const places = [{ ...item.source, noteFacts: item.note }, ...item.alsoIn];
  return {
    title: item.title,
    quote: item.quote,
    section: item.section,
    sources: places.map((place) => ({
      note: place.note,
      title: place.noteFacts.title,
      author: place.noteFacts.author,
      date: place.noteFacts.date,
      url: place.noteFacts.url,
      lineStart: place.lineStart,
      lineEnd: place.lineEnd,
    })),
    owners,
    refs: item.refs.map((ref) => ({ url: ref.url, label: refLabel(ref) })),
    due: item.due === null ? null : dueText(item.due),
    evidence: item.evidence,
  };
}

function dueText(due: { readonly text: string; readonly date: string | null }): string {
  return due.date === null || due.text.includes(due.date) ? due.text : `${due.text} (${due.date})`;
}

const REF_WORDS: Readonly<Record<Ref['kind'], string>> = {
  'launchpad-bug': 'Launchpad bug',
  'launchpad-blueprint': 'Launchpad blueprint',
  'github-issue': 'GitHub issue',
  'github-pull': 'GitHub pull request',
  'gerrit-change': 'Gerrit change',
  'storyboard-story': 'StoryBoard story',
  spec: 'spec',
  etherpad: 'etherpad',
  link: 'link',
};

function refLabel(ref: Ref): string {
  return ref.id === null ? REF_WORDS[ref.kind] : `${REF_WORDS[ref.kind]} ${ref.id}`;
}

/** The block's content, shortened where the tracker would refuse it: the quote first, the lists when that is not enough. */
function blockOf(text: IssueText, item: Item, facts: TrackerFacts): string {
  const fits = (content: string) => facts.dialect.wrap(item.key, content).length <= facts.limits.body;
  let content = facts.dialect.render({ ...text, quote: cut(text.quote, facts.limits.body) });
  for (let room = facts.limits.body; !fits(content) && room > 100; room = Math.floor(room / 2)) {
    content = facts.dialect.render({ ...text, quote: cut(text.quote, room) });
  }
  for (let room = 64; !fits(content) && room >= 1; room = Math.floor(room / 2)) {
    content = facts.dialect.render(shortened(text, room));
  }
  return content;
}

function shortened(text: IssueText, room: number): IssueText {
  return {
    ...text,
    title: cut(text.title, 100),
    quote: cut(text.quote, 100),
    section: text.section.slice(0, room).map((heading) => cut(heading, 100)),
    sources: text.sources.slice(0, room).map((source) => ({ ...source, title: cut(source.title, 100) })),
    owners: text.owners.slice(0, room).map((owner) => ({ ...owner, name: cut(owner.name, 100) })),
    refs: text.refs.slice(0, room).filter((ref) => ref.url.length <= 500),
    due: text.due === null ? null : cut(text.due, 100),
    evidence: text.evidence.slice(0, room).map((word) => cut(word, 100)),
  };
}

/** At most `most` characters, ended with an ellipsis where something was cut; no character is cut in two. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  // A window is enough: a cluster of more than 200 code units is no character that anybody reads.
  const window = text.slice(0, most + 200);
  let end = 0;
  for (const { segment, index } of new Intl.Segmenter().segment(window)) {
    if (index + segment.length > most - 1) break;
    end = index + segment.length;
  }
  return `${text.slice(0, end).trimEnd()}…`;
}
