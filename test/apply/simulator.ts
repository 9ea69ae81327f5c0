import { type Refusal, TrackerError } from '../../src/errors.ts';
import { createDialect } from '../../src/trackers/github/dialect.ts';
import type { Access, Changes, Draft, Issue, Patch, Tracker, Written } from '../../src/trackers/tracker.ts';
import { anIssue } from '../builders.ts';

/** What the next create or update meets: refused as told, or done with its answer lost. */
export type Fault = Refusal | 'lost';

/** A tracker in memory that does what a script says: for what no real server can be made to do at the right moment. */
export class SimulatedTracker implements Tracker {
  readonly name: string;
  readonly type = 'github' as const;
  readonly target: string;
  readonly dialect = createDialect('github.com');
  readonly limits: { title: number; body: number; assignees: number; settleAfterMs: number } = {
    title: 256,
    body: 65_536,
    assignees: 10,
    settleAfterMs: 900_000,
  };
  readonly issues = new Map<string, Issue>();
  /** Taken one a create, from the front; null lets it through. */
  readonly createFaults: (Fault | null)[] = [];
  readonly updateFaults: (Fault | null)[] = [];
  /** Every write that arrived, in order: `create <key>`, `update #<id>`. */
  readonly writes: string[] = [];
  /** Called while a create waits for its turn. */
  beforeCreate: (draft: Draft) => Promise<void> | void = () => undefined;
  /** Called while a create is under way, before it is answered. */
  duringCreate: (draft: Draft) => Promise<void> | void = () => undefined;
  readonly #drafts = new Map<string, Draft>();
  #tick = 0;
  #underWay = 0;
  mostAtOnce = 0;

  constructor(name = 'work', target = 'acme/items') {
    this.name = name;
    this.target = target;
  }

  async open(): Promise<Access> {
    return { account: 'bot', mayLabel: true, mayAssign: true, warnings: [] };
  }

  async changes(cursor: string | null): Promise<Changes> {
    const from = cursor ?? '';
    const issues = [...this.issues.values()].filter(({ updatedAt }) => updatedAt > from);
    return { issues, cursor: this.now(), unchanged: issues.length === 0 };
  }

  async createdSince(time: Date): Promise<readonly Issue[]> {
    return [...this.issues.values()].filter(({ createdAt }) => createdAt >= time.toISOString());
  }

  async get(id: string): Promise<Issue | null> {
    return this.issues.get(id) ?? null;
  }

  async assignable(accounts: readonly string[]): Promise<ReadonlySet<string>> {
    return new Set(accounts);
  }

  async create(draft: Draft, mayI?: () => Promise<void>): Promise<Written> {
    return this.#alone(async () => {
      await this.beforeCreate(draft);
      await mayI?.();
      this.writes.push(`create ${draft.key}`);
      const fault = this.createFaults.shift() ?? null;
      await this.duringCreate(draft);
      if (fault !== null && fault !== 'lost') throw this.#refusal(fault);
      const issue = this.put({
        title: draft.title,
        body: draft.body,
        labels: draft.labels,
        assignees: draft.assignees,
      });
      this.#drafts.set(issue.id, draft);
      if (fault === 'lost') throw this.#refusal({ kind: 'uncertain' });
      return { issue, dropped: [] };
    });
  }

  async update(seen: Issue, patch: Patch): Promise<Written> {
    return this.#alone(async () => {
      this.writes.push(`update #${seen.id}`);
      const fault = this.updateFaults.shift() ?? null;
      const issue = this.issues.get(seen.id);
      if (fault !== null && fault !== 'lost') throw this.#refusal(fault);
      if (issue === undefined) throw this.#refusal({ kind: 'gone', id: seen.id });
      if (issue.updatedAt !== seen.updatedAt) throw this.#refusal({ kind: 'conflict', id: seen.id });
      const written = this.edit(seen.id, patched(issue, patch));
      if (fault === 'lost') throw this.#refusal({ kind: 'broken' });
      return { issue: written, dropped: [] };
    });
  }

  /** Puts an issue there, as anybody may; ours unless an author is given. */
  put(part: Partial<Issue>): Issue {
    const id = part.id ?? String(this.issues.size + 1);
    const at = this.now();
    const issue = anIssue({
      id,
      url: `https://example.org/${this.target}/${id}`,
      createdAt: at,
      updatedAt: at,
      ...part,
    });
    this.issues.set(id, issue);
    return issue;
  }

  /** Files an issue of ours a second time as it was first, as a run with another ledger would. */
  double(id: string): Issue {
    const { title = '', body = '', labels = [], assignees = [] } = this.#drafts.get(id) ?? {};
    return this.put({ title, body, labels, assignees });
  }

  /** Changes an issue, as a person would. */
  edit(id: string, part: Partial<Issue>): Issue {
    const issue = this.issues.get(id);
    if (issue === undefined) throw new Error(`there is no #${id}`);
    const next = { ...issue, ...part, updatedAt: this.now() };
    this.issues.set(id, next);
    return next;
  }

  /** The time on the tracker: it moves on with every write and only then. */
  now(): string {
    this.#tick += 1;
    return new Date(Date.UTC(2026, 2, 2, 11, 0, 0, this.#tick)).toISOString();
  }

  async #alone<T>(work: () => Promise<T>): Promise<T> {
    this.#underWay += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#underWay);
    try {
      // A request takes at least a turn of the loop: whoever runs two at once is seen.
      await new Promise((resolve) => setImmediate(resolve));
      return await work();
    } finally {
      this.#underWay -= 1;
    }
  }

  #refusal(refusal: Refusal): TrackerError {
    return new TrackerError(this.name, refusal, SENTENCES[refusal.kind]);
  }
}

const SENTENCES: Readonly<Record<Refusal['kind'], string>> = {
  denied: 'the credentials were refused',
  forbidden: 'a permission is missing',
  missing: 'the repository is not there',
  disabled: 'issues are switched off',
  unreachable: 'no answer',
  broken: 'an answer that makes no sense',
  busy: 'too many requests',
  invalid: 'the title was refused',
  gone: 'the issue was deleted',
  conflict: 'the issue moved',
  uncertain: 'the connection broke after it was sent.',
};

function patched(issue: Issue, patch: Patch): Partial<Issue> {
  const list = (now: readonly string[], add: readonly string[] = [], remove: readonly string[] = []) => [
    ...now.filter((name) => !remove.includes(name)),
    ...add,
  ];
  return {
    title: patch.title ?? issue.title,
    body: patch.body ?? issue.body,
    labels: list(issue.labels, patch.addLabels, patch.removeLabels),
    assignees: list(issue.assignees, patch.addAssignees, patch.removeAssignees),
    ...(patch.close === undefined ? {} : { state: 'dropped' as const, raw: 'closed' }),
    ...(patch.close?.as === 'duplicate' ? { duplicateOf: patch.close.of } : {}),
  };
}
