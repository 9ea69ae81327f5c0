import { TrackerError } from '../../src/errors.ts';
import { createDialect } from '../../src/trackers/github/dialect.ts';
import type { Access, Changes, Draft, Issue, Patch, Tracker, Written } from '../../src/trackers/tracker.ts';

/** A tracker over the desk's HTTP: it sends a create once, as every tracker does. */
export class DeskTracker implements Tracker {
  readonly name = 'work';
  readonly type = 'github' as const;
  readonly target = 'acme/items';
  readonly dialect = createDialect('github.com');
  readonly limits;
  readonly #url: string;

  constructor(url: string, settleAfterMs = 5_000) {
    this.#url = url;
    this.limits = { title: 256, body: 65_536, assignees: 10, settleAfterMs };
  }

  async open(): Promise<Access> {
    return { account: 'bot', mayLabel: true, mayAssign: true, warnings: [] };
  }

  async changes(cursor: string | null): Promise<Changes> {
    // As real lists do, it begins a little earlier than it ended: what came late is not missed.
    const since = cursor === null ? '' : new Date(Date.parse(cursor) - 5_000).toISOString();
    const next = new Date().toISOString();
    const issues = (await this.#ask(`/issues?since=${since}`)) as Issue[];
    return { issues, cursor: next, unchanged: issues.length === 0 };
  }

  async createdSince(time: Date): Promise<readonly Issue[]> {
    return (await this.#ask(`/issues?since=${time.toISOString()}`)) as Issue[];
  }

  async get(id: string): Promise<Issue | null> {
    return (await this.#ask(`/issues/${id}`)) as Issue | null;
  }

  async assignable(accounts: readonly string[]): Promise<ReadonlySet<string>> {
    return new Set(accounts);
  }

  async create(draft: Draft, mayI?: () => Promise<void>): Promise<Written> {
    await mayI?.();
    let response: Response;
    try {
      response = await fetch(`${this.#url}/issues`, { method: 'POST', body: JSON.stringify(draft) });
    } catch (error) {
      throw new TrackerError(this.name, { kind: 'uncertain' }, 'the connection broke after it was sent', {
        cause: error,
      });
    }
    if (response.status === 429) {
      const { until } = (await response.json()) as { until: string };
      throw new TrackerError(this.name, { kind: 'busy', until: new Date(until) }, 'too many requests');
    }
    if (response.status !== 201)
      throw new TrackerError(this.name, { kind: 'uncertain' }, `answered ${response.status}`);
    return { issue: (await response.json()) as Issue, dropped: [] };
  }

  async update(seen: Issue, _patch: Patch): Promise<Written> {
    return { issue: seen, dropped: [] };
  }

  async #ask(path: string): Promise<unknown> {
    try {
      return await (await fetch(`${this.#url}${path}`)).json();
    } catch (error) {
      throw new TrackerError(this.name, { kind: 'unreachable' }, 'no answer', { cause: error });
    }
  }
}
