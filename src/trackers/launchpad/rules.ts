import { TrackerError } from '../../errors.ts';

/** What Launchpad takes. */
export const LIMITS = { title: 200, body: 50_000, assignees: 1 } as const;
const TAG = /^[a-z0-9][a-z0-9+.-]+$/;

/** Refuses a title or a description that Launchpad would refuse, before anything is sent. */
export function checkTexts(tracker: string, texts: { readonly title?: string; readonly body?: string }): void {
  const { title, body } = texts;
  if (title !== undefined && title.trim() === '') throw invalid(tracker, 'title', 'the title is empty');
  if (title !== undefined && title.length > LIMITS.title) {
    throw invalid(tracker, 'title', `the title has ${title.length} characters, Launchpad takes ${LIMITS.title}`);
  }
  if (body !== undefined && body.trim() === '') throw invalid(tracker, 'description', 'the description is empty');
  if (body !== undefined && body.length > LIMITS.body) {
    throw invalid(
      tracker,
      'description',
      `the description has ${body.length} characters, Launchpad takes ${LIMITS.body}`,
    );
  }
}

function invalid(tracker: string, field: string, sentence: string): TrackerError {
  return new TrackerError(tracker, { kind: 'invalid', field }, `Launchpad would refuse this bug: ${sentence}`);
}

/** A title is one line. */
export function oneLine(title: string): string {
  return title.replace(/\s+/g, ' ').trim();
}

export interface Dropped {
  readonly what: string;
  readonly because: string;
}

/** The tags that Launchpad takes, lower-cased, and the others with the reason. */
export function sortTags(labels: readonly string[]): { tags: string[]; dropped: Dropped[] } {
  const tags = new Set<string>();
  const dropped: Dropped[] = [];
  for (const label of labels) {
    const tag = label.toLowerCase();
    if (TAG.test(tag)) tags.add(tag);
    else dropped.push({ what: `tag ${label}`, because: 'a Launchpad tag has 2 or more of a-z 0-9 + . -' });
  }
  return { tags: [...tags].sort(), dropped };
}

/**
 * The tags a bug gets, or null when they stay as they are. Triage is never undone: a tag that people moved on (`rfe` to
 * `rfe-confirmed`) is not added again, and its successors are not taken away.
 */
export function mergeTags(
  present: readonly string[],
  add: readonly string[],
  remove: readonly string[],
): { tags: string[] | null; dropped: Dropped[] } {
  const wanted = sortTags(add);
  const dropped = [...wanted.dropped];
  const tags = new Set(present);
  for (const tag of wanted.tags) {
    const successor = present.find((other) => other.startsWith(`${tag}-`));
    if (successor === undefined) tags.add(tag);
    else if (!tags.has(tag)) dropped.push({ what: `tag ${tag}`, because: `people moved it on to ${successor}` });
  }
  for (const tag of remove.map((label) => label.toLowerCase())) {
    if (/^rfe-/.test(tag)) dropped.push({ what: `removal of tag ${tag}`, because: 'it belongs to the triage' });
    else tags.delete(tag);
  }
  const same = tags.size === present.length && present.every((tag) => tags.has(tag));
  return { tags: same ? null : [...tags].sort(), dropped };
}
