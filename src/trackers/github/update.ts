import { RequestError } from '@octokit/request-error';
import { TrackerError } from '../../errors.ts';
import type { Issue, Patch, Written } from '../tracker.ts';
import type { Api } from './client.ts';
import { isUnmoved, missing, present } from './compare.ts';
import { get } from './get.ts';
import { parseId, toIssue } from './issue.ts';
import { ensureLabels } from './labels.ts';
import type { Doing } from './sentences.ts';
import type { Session } from './session.ts';
import { issueIn, missingFrom, type Sent, send } from './write.ts';

/** How often a write whose answer was lost is looked at and, where it did not arrive, sent again. */
const TRIES = 3;

/**
 * Writes what the patch names and nothing else. GitHub has no If-Match: the issue is read right before, and where it is
 * neither as we saw it nor as we want it, a person was there and nothing is written. So a lost answer may be repeated.
 */
export async function update(session: Session, seen: Issue, patch: Patch): Promise<Written> {
  // What has to be asked is asked first, so that nothing lies between the look and the write.
  await session.home();
  await ensureLabels(session, missing(patch.addLabels, seen.labels));
  const closing = await closingOf(session, patch.close);
  for (let tries = 1; ; tries += 1) {
    const now = await get(session, seen.id);
    if (now === null) throw gone(session, seen);
    if (!isUnmoved(seen, now, patch)) throw conflict(session, seen);
    try {
      return await writeAll(session, now, patch, closing);
    } catch (error) {
      const lost = error instanceof TrackerError && ['broken', 'unreachable'].includes(error.refusal.kind);
      if (!lost || tries === TRIES) throw error;
    }
  }
}

async function writeAll(session: Session, now: Issue, patch: Patch, closing: Closing): Promise<Written> {
  const add = missing(patch.addLabels, now.labels);
  const assign = missing(patch.addAssignees, now.assignees);
  const unlabel = present(patch.removeLabels, now.labels);
  const unassign = present(patch.removeAssignees, now.assignees);
  const fields = fieldsOf(now, patch, closing);
  const writes = [
    fields,
    add.length === 0 ? null : addLabels(add),
    ...unlabel.map(removeLabel),
    assign.length === 0 ? null : addAssignees(assign),
    unassign.length === 0 ? null : removeAssignees(unassign),
  ].filter((write) => write !== null);
  let issue: Issue | null = now;
  for (const write of writes) {
    const answer = await sendTo(session, now, write);
    issue = write === fields ? { ...toIssue(issueIn(session, doing(now), answer)), id: now.id } : null;
  }
  // Only the fields answer with the whole issue; after anything else it is looked at once more.
  issue ??= await get(session, now.id);
  if (issue === null) throw gone(session, now);
  return { issue, dropped: missingFrom(issue, { labels: add, assignees: assign }, (await session.home()).mayWrite) };
}

interface At {
  readonly owner: string;
  readonly repo: string;
  readonly issue_number: number;
  readonly request: { readonly retries: 0 };
}

type Write = (api: Api, at: At) => Promise<Sent>;

async function sendTo(session: Session, issue: Issue, write: Write): Promise<Sent> {
  return send(session, doing(issue), (api, home) => {
    const place = parseId(issue.id, home.fullName);
    const [owner = home.owner, repo = home.repo] = place?.repository.split('/') ?? [];
    return write(api, { owner, repo, issue_number: place?.number ?? 0, request: { retries: 0 } });
  });
}

function doing({ id }: Issue): Doing {
  return { what: `a change of issue ${id}`, id };
}

function fieldsOf(now: Issue, patch: Patch, closing: Closing): Write | null {
  const title = patch.title === now.title ? undefined : patch.title;
  const body = patch.body === now.body ? undefined : patch.body;
  const close = now.raw.startsWith('closed') ? {} : closing;
  if (title === undefined && body === undefined && close.state === undefined) return null;
  return (api, at) =>
    api.rest.issues.update({
      ...at,
      ...(title === undefined ? {} : { title }),
      ...(body === undefined ? {} : { body }),
      ...close,
    });
}

interface Closing {
  readonly state?: 'closed';
  readonly state_reason?: 'completed' | 'not_planned' | 'duplicate';
  readonly duplicate_issue_id?: number;
}

async function closingOf(session: Session, close: Patch['close']): Promise<Closing> {
  if (close === undefined) return {};
  if (close.as !== 'duplicate')
    return { state: 'closed', state_reason: close.as === 'done' ? 'completed' : 'not_planned' };
  const about = { what: `the look at issue ${close.of}`, id: close.of };
  const { owner, repo, fullName } = await session.home();
  const issue_number = parseId(close.of, fullName)?.number ?? 0;
  const kept = await session.ask(about, (api) => api.rest.issues.get({ owner, repo, issue_number }));
  return { state: 'closed', state_reason: 'duplicate', duplicate_issue_id: issueIn(session, about, kept).id };
}

function addLabels(labels: string[]): Write {
  return (api, at) => api.rest.issues.addLabels({ ...at, labels });
}

function removeLabel(name: string): Write {
  return (api, at) =>
    api.rest.issues.removeLabel({ ...at, name }).catch((error: unknown) => {
      // Somebody was faster: the label is gone, as was wanted. The issue itself was there a moment ago.
      if (error instanceof RequestError && error.status === 404) return { status: 200, data: null };
      throw error;
    });
}

function addAssignees(assignees: string[]): Write {
  return (api, at) => api.rest.issues.addAssignees({ ...at, assignees });
}

function removeAssignees(assignees: string[]): Write {
  return (api, at) => api.rest.issues.removeAssignees({ ...at, assignees });
}

function gone({ place }: Session, { id }: Issue): TrackerError {
  const message = `Issue ${id} is no longer in ${place.target}`;
  return new TrackerError(place.name, { kind: 'gone', id }, message, {
    hint: 'It was deleted, or moved out of sight.',
  });
}

function conflict({ place }: Session, { id }: Issue): TrackerError {
  const message = `Issue ${id} in ${place.target} was changed by somebody just now, so it was left as it is`;
  return new TrackerError(place.name, { kind: 'conflict', id }, message, { hint: 'The next run compares again.' });
}
