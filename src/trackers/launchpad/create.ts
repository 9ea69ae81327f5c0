import { TrackerError } from '../../errors.ts';
import { stateOf } from '../../refs/states.ts';
import type { Draft, Issue, Written } from '../tracker.ts';
import { type Answer, rolledBack } from './answer.ts';
import { bugPage, type Desk, ownAccount, refused } from './desk.ts';
import { rememberCreated } from './list.ts';
import { checkTexts, type Dropped, oneLine, sortTags } from './rules.ts';
import { lastPart, type Task } from './schema.ts';
import { assigneeWish, importanceWish, milestoneWish, trySetOnTask, type Wish } from './task.ts';
import { NoAnswer } from './transport.ts';

/**
 * Files one bug. The create is sent once; what cannot be given with it (importance, milestone, assignee) follows, each in
 * a write of its own, where permitted. Throws `uncertain` when Launchpad may have filed it and its answer was lost.
 */
export async function createBug(desk: Desk, draft: Draft, mayI?: MayI): Promise<Written> {
  const title = oneLine(draft.title);
  checkTexts(desk.name, { title, body: draft.body });
  if (desk.unfit !== null) throw desk.unfit;
  const { tags, dropped } = sortTags(draft.labels);
  const author = await ownAccount(desk);
  const answer = await send(desk, formOf(desk, title, draft.body, tags), mayI);
  const id = lastPart(answer.headers.location ?? '');
  const { task, dropped: refusedLater } = await trySetOnTask(desk, id, wishesOf(desk, draft));
  const issue = asFiled(desk, { id, title, body: draft.body, tags, author, at: answer.at, task });
  await rememberCreated(desk, issue, task);
  return { issue, dropped: [...dropped, ...refusedLater, ...tooMany(draft)] };
}

/** Awaited right before the create leaves; it throws when it may not. */
type MayI = () => Promise<void>;
type Form = Readonly<Record<string, string>>;

async function send(desk: Desk, form: Form, mayI: MayI | undefined): Promise<Answer> {
  for (let waited = 0; ; ) {
    const answer = await sendOnce(desk, form, mayI);
    if (answer.status !== 429) return checked(desk, answer);
    // Asked to slow down: nothing was done, so that this is no second create.
    waited += await desk.http.waitFor('a new bug', answer, waited);
  }
}

async function sendOnce(desk: Desk, form: Form, mayI: MayI | undefined): Promise<Answer> {
  try {
    return await desk.http.post('/bugs', form, 'create', mayI);
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    if (!error.mayHaveArrived) throw desk.http.unreachable('a new bug', error);
    throw uncertain(desk, error.message, error);
  }
}

/** The answer that tells which bug was made. What is surely refused is thrown as such, all else as `uncertain`. */
function checked(desk: Desk, answer: Answer): Answer {
  if (answer.status === 201) {
    if (/^\d+$/.test(lastPart(answer.headers.location ?? ''))) return answer;
    throw uncertain(desk, 'Launchpad did not say which bug it made', null);
  }
  const refusal = refused(desk, 'a new bug', answer);
  if (answer.status === 400 && /^target: No such object/m.test(answer.body)) {
    throw new TrackerError(desk.name, { kind: 'missing' }, `Launchpad has no project ${desk.project}`, {
      hint: 'Check the name of the project in the configuration',
    });
  }
  if ((answer.status >= 400 && answer.status < 500) || rolledBack(answer)) throw refusal;
  throw uncertain(desk, refusal.message, null);
}

/**
 * Launchpad reads each value as JSON before it takes it as it stands, so a text goes as JSON: `"x"` would lose its quotes.
 * Things are named by their path below the API root, which means the same on every host.
 */
function formOf(desk: Desk, title: string, body: string, tags: readonly string[]): Record<string, string> {
  return {
    'ws.op': 'createBug',
    title: JSON.stringify(title),
    description: JSON.stringify(body),
    target: `/${desk.project}`,
    ...(tags.length === 0 ? {} : { tags: JSON.stringify(tags) }),
  };
}

function uncertain(desk: Desk, why: string, cause: unknown): TrackerError {
  return new TrackerError(
    desk.name,
    { kind: 'uncertain' },
    `A bug was sent to Launchpad and its answer was lost (${why}); it will be looked for, not sent again`,
    { cause },
  );
}

function wishesOf(desk: Desk, draft: Draft): Wish[] {
  const [assignee] = draft.assignees;
  return [
    ...(draft.importance === null || draft.importance === 'Undecided' ? [] : [importanceWish(draft.importance)]),
    ...(draft.milestone === null ? [] : [milestoneWish(desk, draft.milestone)]),
    ...(assignee === undefined ? [] : [assigneeWish(assignee, [null])]),
  ];
}

function tooMany(draft: Draft): Dropped[] {
  return draft.assignees
    .slice(1)
    .map((account) => ({ what: `assignee ${account}`, because: 'a Launchpad bug has one assignee a project' }));
}

interface Filed {
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly tags: readonly string[];
  readonly author: string;
  readonly at: Date;
  readonly task: Task | null;
}

/** The bug as Launchpad has it now; it is not read back, since a create would cost two calls. */
function asFiled(desk: Desk, { id, title, body, tags, author, at, task }: Filed): Issue {
  const status = task?.status ?? 'New';
  return {
    id,
    url: bugPage(desk, id),
    title,
    body: body.replace(/\r\n?/g, '\n').trimEnd(),
    state: stateOf('launchpad', status),
    raw: status,
    labels: tags,
    assignees: task?.assignee_link ? [lastPart(task.assignee_link)] : [],
    author,
    createdAt: at.toISOString(),
    updatedAt: at.toISOString(),
    duplicateOf: null,
  };
}
