import { RequestError } from '@octokit/request-error';
import { TrackerError } from '../../errors.ts';
import type { Issue, Patch, Written } from '../tracker.ts';
import type { Api } from './client.ts';
import { isUnmoved, missing, present } from './compare.ts';
import { get } from './get.ts';
import { parseId } from './issue.ts';
import { ensureLabels } from './labels.ts';
import type { Session } from './session.ts';
import { issueIn, missingFrom, send } from './write.ts';

/** How often a write whose answer was lost is looked at and, where it did not arrive, sent again. */
const TRIES = 3;

/**
 * Writes what the patch names and nothing else. GitHub has no If-Match: the issue is read right before, and where it is
 * neither as we saw it nor as we want it, a person was there and nothing is written. So a lost answer may be repeated.
 */
export async function update(session: Session, seen: Issue, patch: Patch): Promise<Written> {
  for (let tries = 1; ; tries += 1) {
    const now = await get(session, seen.id);
    if (now === null) throw gone(session, seen);
    if (!isUnmoved(seen, now, patch)) throw conflict(session, seen);
    try {
      return await writeAll(session, now, patch);
    } catch (error) {
      const lost = error instanceof TrackerError && ['broken', 'unreachable'].includes(error.refusal.kind);
      if (!lost || tries === TRIES) throw error;
    }
  }
}

async function writeAll(session: Session, now: Issue, patch: Patch): Promise<Written> {
  const add = missing(patch.addLabels, now.labels);
  const assign = missing(patch.addAssignees, now.assignees);
  const unlabel = present(patch.removeLabels, now.labels);
  const unassign = present(patch.removeAssignees, now.assignees);
  await ensureLabels(session, add);
  const writes = [
    await fieldsOf(session, now, patch),
    add.length === 0 ? null : addLabels(add),
    ...unlabel.map(removeLabel),
    assign.length === 0 ? null : addAssignees(assign),
    unassign.length === 0 ? null : removeAssignees(unassign),
  ].filter((write) => write !== null);
  for (const write of writes) await sendTo(session, now, write);
  const issue = writes.length === 0 ? now : await get(session, now.id);
  if (issue === null) throw gone(session, now);
  return { issue, dropped: missingFrom(issue, { labels: add, assignees: assign }, (await session.home()).mayWrite) };
}

interface At {
  readonly owner: string;
  readonly repo: string;
  readonly issue_number: number;
  readonly request: { readonly retries: 0 };
}

type Write = (api: Api, at: At) => Promise<{ readonly status: number; readonly data: unknown }>;

async function sendTo(session: Session, issue: Issue, write: Write): Promise<void> {
  const doing = { what: `a change of issue ${issue.id}`, id: issue.id };
  await send(session, doing, (api, home) => {
    const place = parseId(issue.id, home.fullName);
    const [owner = home.owner, repo = home.repo] = place?.repository.split('/') ?? [];
    return write(api, { owner, repo, issue_number: place?.number ?? 0, request: { retries: 0 } });
  });
}

async function fieldsOf(session: Session, now: Issue, patch: Patch): Promise<Write | null> {
  const title = patch.title === now.title ? undefined : patch.title;
  const body = patch.body === now.body ? undefined : patch.body;
  const close = now.raw.startsWith('closed') ? undefined : patch.close;
  if (title === undefined && body === undefined && close === undefined) return null;
  const closing = close === undefined ? {} : await closingOf(session, close);
  return (api, at) =>
    api.rest.issues.update({
      ...at,
      ...(title === undefined ? {} : { title }),
      ...(body === undefined ? {} : { body }),
      ...closing,
    });
}

async function closingOf(session: Session, close: NonNullable<Patch['close']>) {
  if (close.as !== 'duplicate') {
    return { state: 'closed', state_reason: close.as === 'done' ? 'completed' : 'not_planned' } as const;
  }
  const doing = { what: `the look at issue ${close.of}`, id: close.of };
  const { owner, repo } = await session.home();
  const issue_number = parseId(close.of, '')?.number ?? 0;
  const kept = await session.ask(doing, (api) => api.rest.issues.get({ owner, repo, issue_number }));
  const duplicate_issue_id = issueIn(session, doing, kept).id;
  return { state: 'closed', state_reason: 'duplicate', duplicate_issue_id } as const;
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
