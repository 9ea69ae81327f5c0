import { createHash } from 'node:crypto';
import { CLOSED, type SandboxBug, type SandboxTask } from './launchpad-world.ts';

/** The addresses of one request: Launchpad's links carry the host and the version that were asked. */
export interface Place {
  /** `http://127.0.0.1:8080/devel`. */
  readonly api: string;
  /** `http://127.0.0.1:8080`. */
  readonly web: string;
}

export type Shown = Readonly<Record<string, unknown>>;

/** Launchpad writes microseconds and an offset. */
export function stamp(date: Date): string {
  return date.toISOString().replace(/Z$/, '000+00:00');
}

/** Fields that a write may change; the second half of an etag is made from them. */
const WRITABLE = {
  bug: ['title', 'description', 'tags', 'name', 'duplicate_of_link', 'private'],
  bug_task: ['status', 'importance', 'assignee_link', 'milestone_link', 'target_link'],
} as const;

/**
 * Adds the etag: a hash of what others may change, and one of what a write may change. The media type goes into both, so
 * an etag that was got as JSON meets no write of another content type.
 */
export function withEtag(kind: string, fields: Shown, mediaType: string): Shown {
  const writable: readonly string[] = kind === 'bug' || kind === 'bug_task' ? WRITABLE[kind] : [];
  const half = (names: readonly string[]) =>
    createHash('sha1')
      .update(JSON.stringify([mediaType, names.map((name) => [name, fields[name]])]))
      .digest('hex');
  const others = Object.keys(fields).filter((name) => !writable.includes(name));
  return { ...fields, http_etag: `"${half(others)}-${half(writable)}"` };
}

/** Whether a write with this If-Match meets the entry as it is: only the writable half counts. */
export function etagMeets(given: string, present: string): boolean {
  const half = (etag: string) =>
    etag
      .replace(/-gzip"?$/, '"')
      .replace(/^W\//, '')
      .replaceAll('"', '')
      .split('-')[1];
  return half(given) === half(present);
}

/** A bug as the API shows it. */
export function showBug(place: Place, bug: SandboxBug, mediaType = 'application/json'): Shown {
  const self = `${place.api}/bugs/${bug.id}`;
  return withEtag(
    'bug',
    {
      self_link: self,
      web_link: `${place.web}/bugs/${bug.id}`,
      resource_type_link: `${place.api}/#bug`,
      id: bug.id,
      title: bug.title,
      description: bug.description,
      tags: bug.tags,
      name: bug.name,
      duplicate_of_link: bug.duplicateOf === null ? null : `${place.api}/bugs/${bug.duplicateOf}`,
      private: bug.private,
      information_type: bug.private ? 'Private' : 'Public',
      security_related: false,
      owner_link: `${place.api}/~${bug.owner}`,
      date_created: stamp(bug.created),
      date_last_updated: stamp(bug.updated),
      date_last_message: stamp(bug.messages.at(-1)?.created ?? bug.created),
      message_count: bug.messages.length,
      heat: 6,
      bug_tasks_collection_link: `${self}/bug_tasks`,
      messages_collection_link: `${self}/messages`,
      activity_collection_link: `${self}/activity`,
    },
    mediaType,
  );
}

/** A bug's task on a project, as the API shows it. */
export function showTask(place: Place, bug: SandboxBug, task: SandboxTask, mediaType = 'application/json'): Shown {
  const date = (status: string) => {
    const when = task.dates[status];
    return when === undefined ? null : stamp(when);
  };
  const self = `${place.api}/${task.target}/+bug/${bug.id}`;
  return withEtag(
    'bug_task',
    {
      self_link: self,
      web_link: `${place.web}/${task.target}/+bug/${bug.id}`,
      resource_type_link: `${place.api}/#bug_task`,
      title: `Bug #${bug.id} in ${task.target}: "${bug.title}"`,
      bug_link: `${place.api}/bugs/${bug.id}`,
      bug_target_name: task.target,
      bug_target_display_name: task.target,
      target_link: `${place.api}/${task.target}`,
      status: task.status,
      importance: task.importance,
      assignee_link: task.assignee === null ? null : `${place.api}/~${task.assignee}`,
      milestone_link: task.milestone === null ? null : `${place.api}/${task.target}/+milestone/${task.milestone}`,
      owner_link: `${place.api}/~${task.owner}`,
      bug_watch_link: null,
      is_complete: CLOSED.includes(task.status),
      date_created: stamp(task.created),
      date_assigned: task.assignee === null ? null : date('assigned'),
      date_confirmed: date('Confirmed'),
      date_triaged: date('Triaged'),
      date_in_progress: date('In Progress'),
      date_fix_committed: date('Fix Committed'),
      date_fix_released: date('Fix Released'),
      date_incomplete: date('Incomplete'),
      date_closed: CLOSED.includes(task.status) ? date(task.status) : null,
      related_tasks_collection_link: `${self}/related_tasks`,
    },
    mediaType,
  );
}
