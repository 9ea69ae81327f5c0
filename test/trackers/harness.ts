import type { Fault, Match } from '../../src/sandbox/fault-plan.ts';
import type { FaultProxy } from '../../src/sandbox/faults.ts';
import type { Draft, Issue, IssueText, Tracker } from '../../src/trackers/tracker.ts';
import { aKey } from '../builders.ts';

/** What the contract suite needs of a tracker's sandbox. Everything the tracker sends goes through the proxy. */
export interface Harness {
  readonly tracker: Tracker;
  readonly proxy: FaultProxy;
  /** The same tracker opened anew, as another run would. */
  reopen(change?: Change): Tracker;
  /** A colleague in a browser, around the proxy. */
  readonly person: Person;
  /** An issue is deleted, as only an administrator can. */
  remove(id: string): Promise<void>;
  /** The tracker takes no more issues. */
  disable(): Promise<void>;
  /** Which requests are creates, and which refuse with a limit that ends in some seconds. */
  readonly creates: Match;
  limit(seconds: number): Fault;
  /** An account that can be assigned, and one that cannot. */
  readonly accounts: { readonly assignable: string; readonly stranger: string };
  /** Most requests that a pull without changes may cost. */
  readonly unchangedCost: number;
  close(): Promise<void>;
}

export interface Change {
  readonly token?: string;
  /** `owner/repo` or project. */
  readonly target?: string;
  readonly baseUrl?: string;
  readonly timeout?: number;
  readonly maxWait?: number;
  readonly createsPerMinute?: number;
  readonly onWait?: (until: Date, why: string) => void;
}

export interface Person {
  file(title: string): Promise<string>;
  see(id: string): Promise<{ readonly title: string; readonly body: string; readonly labels: readonly string[] }>;
  count(): Promise<number>;
  retitle(id: string, title: string): Promise<void>;
  rewrite(id: string, body: string): Promise<void>;
  comment(id: string, text: string): Promise<void>;
  close(id: string, as: 'done' | 'dropped'): Promise<void>;
  reopen(id: string): Promise<void>;
  label(id: string, label: string): Promise<void>;
  unlabel(id: string, label: string): Promise<void>;
  assign(id: string, account: string): Promise<void>;
}

/** A text for a block; each test states only what matters to it. */
export function anIssueText(over: Partial<IssueText> = {}): IssueText {
  return {
    title: 'Drop the old grenade job',
    quote: 'Owner One will drop the old grenade job.',
    section: ['Jobs'],
    sources: [
      {
        note: 'notes/summary.md',
        title: 'Team meeting summary',
        author: 'Author One',
        date: '2026-03-02',
        url: null,
        lineStart: 10,
        lineEnd: 11,
      },
    ],
    owners: [],
    refs: [],
    due: null,
    evidence: ['will'],
    ...over,
  };
}

/** A draft whose body is our block and nothing else. */
export function aDraft(
  tracker: Tracker,
  word = 'item',
  over: Partial<Draft> & { text?: Partial<IssueText> } = {},
): Draft {
  const { text = {}, ...rest } = over;
  const key = rest.key ?? aKey(word);
  const { dialect } = tracker;
  return {
    key,
    title: `The ${word} item`,
    body: dialect.wrap(key, dialect.render(anIssueText(text))),
    labels: ['ptg'],
    assignees: [],
    milestone: null,
    importance: null,
    ...rest,
  };
}

/** The issues that carry a key, as the pipeline looks for them. */
export function withKey(tracker: Tracker, issues: readonly Issue[], key: string): readonly Issue[] {
  return issues.filter((issue) => tracker.dialect.find(issue.body)?.key === key);
}
