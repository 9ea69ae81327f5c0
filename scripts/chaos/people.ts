import type { Random } from './random.ts';
import type { Desk, GitHubDesk, LaunchpadDesk, Seen } from './services.ts';

/** What a person made of an issue: it must be so for ever. */
export interface Wish {
  readonly what: string;
  readonly holds: (issue: Seen) => boolean;
}

export const EDITS = [
  'title',
  'text beside our block',
  'text in our block',
  'block taken away',
  'label added',
  'label removed',
  'assigned',
  'unassigned',
  'closed',
  'ptg-tracker-ignore',
] as const;
export type Edit = (typeof EDITS)[number];

/** Somebody edits an issue; gives what must stay of it. */
export async function edit(random: Random, desk: Desk, issue: Seen, what: Edit): Promise<Wish> {
  const mark = `Mine ${random.below(1_000_000)}`;
  const hands = desk.type === 'github' ? onGitHub(desk, issue) : onLaunchpad(desk, issue);
  const named = (holds: Wish['holds']): Wish => ({ what, holds });
  switch (what) {
    case 'title':
      await hands.title(mark);
      return named(({ title }) => title === mark);
    case 'text beside our block':
      await hands.body(`${issue.body}\n\n${mark}.`);
      return named(({ body }) => body.includes(mark));
    case 'text in our block':
      await hands.body(inBlock(desk, issue.body, mark));
      return named(({ body }) => body.includes(mark));
    case 'block taken away':
      await hands.body(mark);
      // People may write more beside it; what they took away must not come back.
      return named(({ body }) => body.startsWith(mark) && desk.dialect.find(body) === null);
    case 'label added':
      await hands.labels([...issue.labels, 'mine']);
      return named(({ labels }) => labels.includes('mine'));
    case 'label removed':
      await hands.labels(issue.labels.filter((label) => label !== 'ptg'));
      return named(({ labels }) => !labels.includes('ptg'));
    case 'assigned':
      await hands.assignees(['bob']);
      return named(({ assignees }) => assignees.join() === 'bob');
    case 'unassigned':
      await hands.assignees([]);
      return named(({ assignees }) => assignees.length === 0);
    case 'closed':
      await hands.close();
      return named(({ open }) => !open);
    case 'ptg-tracker-ignore': {
      await hands.labels([...issue.labels, 'ptg-tracker-ignore']);
      const { title, body } = issue;
      return named((now) => now.title === title && now.body === body && now.labels.includes('ptg-tracker-ignore'));
    }
    default:
      return what satisfies never;
  }
}

/** A later edit of the same thing takes the place of an earlier one; of an issue that we must leave alone, any. */
export function replaces(later: Edit, earlier: string): boolean {
  if (earlier === 'ptg-tracker-ignore') return true;
  if (later === 'block taken away') return earlier === later || earlier.startsWith('text');
  const isAssigning = (what: string) => /^(?:un)?assigned$/.test(what);
  return isAssigning(later) ? isAssigning(earlier) : later === earlier;
}

/** Some words into the line that holds the quote. */
function inBlock(desk: Desk, body: string, mark: string): string {
  const content = desk.dialect.find(body)?.content;
  if (content === undefined) return `${body}\n\n${mark}.`;
  const [first = '', ...rest] = content.split('\n');
  return body.replace(content, [`${first} (${mark})`, ...rest].join('\n'));
}

interface Hands {
  title(title: string): Promise<void>;
  body(body: string): Promise<void>;
  labels(labels: readonly string[]): Promise<void>;
  assignees(accounts: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

function onGitHub(desk: GitHubDesk, { id, labels, assignees }: Seen): Hands {
  const alice = desk.as('alice');
  const number = Number(id);
  return {
    title: (title) => alice.retitle(number, title),
    body: (body) => alice.rewrite(number, body),
    async labels(wanted) {
      const added = wanted.filter((label) => !labels.includes(label));
      if (added.length > 0) await alice.label(number, ...added);
      for (const label of labels) if (!wanted.includes(label)) await alice.unlabel(number, label);
    },
    async assignees(wanted) {
      const gone = assignees.filter((account) => !wanted.includes(account));
      if (gone.length > 0) await alice.unassign(number, ...gone);
      if (wanted.length > 0) await alice.assign(number, ...wanted);
    },
    close: () => alice.close(number),
  };
}

function onLaunchpad({ sandbox }: LaunchpadDesk, { id }: Seen): Hands {
  const alice = sandbox.actAs('alice');
  const done = async (answer: Promise<number>) => {
    const status = await answer;
    if (status >= 300) throw new Error(`the sandbox refused an edit of bug ${id}: ${status}`);
  };
  return {
    title: (title) => done(alice.edit(id, { title })),
    body: (description) => done(alice.edit(id, { description })),
    labels: (tags) => done(alice.edit(id, { tags })),
    assignees: ([account]) =>
      done(alice.triage(id, { assignee_link: account === undefined ? null : `${sandbox.url}/devel/~${account}` })),
    close: () => done(alice.triage(id, { status: 'Fix Released' })),
  };
}
