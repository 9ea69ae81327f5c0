import type { Fault } from '../../src/sandbox/fault-plan.ts';
import { type FaultProxy, startFaultProxy } from '../../src/sandbox/faults.ts';
import { type GitHubSandbox, startGitHubSandbox } from '../../src/sandbox/github.ts';
import { type LaunchpadSandbox, startLaunchpadSandbox } from '../../src/sandbox/launchpad.ts';
import { createDialect } from '../../src/trackers/github/dialect.ts';
import { launchpadDialect } from '../../src/trackers/launchpad/dialect.ts';
import type { Dialect } from '../../src/trackers/tracker.ts';
import type { Drawn } from './faults.ts';
import type { Place } from './place.ts';

/** An issue as the service itself has it, around the proxy. */
export interface Seen {
  readonly tracker: 'work' | 'bugs';
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly open: boolean;
  readonly duplicate: boolean;
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
}

/** A repository of a GitHub that many rounds share, behind a proxy of this round's own. */
export class GitHubDesk {
  readonly type = 'github';
  readonly dialect: Dialect = createDialect('github.com');
  repository: string;
  /** As the configuration calls it, whatever it is called since. */
  readonly #configured: string;
  readonly #sandbox: GitHubSandbox;
  readonly #elsewhere: string;
  readonly proxy: FaultProxy;

  private constructor(sandbox: GitHubSandbox, proxy: FaultProxy, repository: string, elsewhere: string) {
    this.#sandbox = sandbox;
    this.proxy = proxy;
    this.repository = repository;
    this.#configured = repository;
    this.#elsewhere = elsewhere;
  }

  static async open(sandbox: GitHubSandbox, number: number): Promise<GitHubDesk> {
    const proxy = await startFaultProxy({ target: sandbox.url });
    return new GitHubDesk(sandbox, proxy, `acme/r${number}`, `acme/x${number}`);
  }

  place(): NonNullable<Place['github']> {
    return { url: this.proxy.url, repository: this.#configured, token: this.#sandbox.token };
  }

  as(login: string) {
    return this.#sandbox.actAs(login, this.repository);
  }

  async rename(): Promise<void> {
    const to = `${this.repository}-now`;
    await this.#sandbox.rename(to, this.repository);
    this.repository = to;
  }

  async transfer(id: string): Promise<void> {
    await this.#sandbox.transfer(Number(id), this.#elsewhere, this.repository);
  }

  async all(): Promise<Seen[]> {
    const here = await this.as('alice').all();
    const there = await this.#sandbox.actAs('alice', this.#elsewhere).all();
    return [...here, ...there.map((issue) => ({ ...issue, number: -issue.number }))].map((issue) => ({
      tracker: 'work',
      id: String(issue.number),
      title: issue.title,
      body: issue.body ?? '',
      open: issue.state === 'open',
      duplicate: issue.state_reason === 'duplicate',
      labels: issue.labels.map(({ name }) => name),
      assignees: issue.assignees.map(({ login }) => login),
    }));
  }

  close(): Promise<void> {
    return this.proxy.close();
  }
}

/** A Launchpad of this round's own, behind a proxy. */
export class LaunchpadDesk {
  readonly type = 'launchpad';
  readonly dialect: Dialect = launchpadDialect;
  readonly sandbox: LaunchpadSandbox;
  readonly proxy: FaultProxy;

  private constructor(sandbox: LaunchpadSandbox, proxy: FaultProxy) {
    this.sandbox = sandbox;
    this.proxy = proxy;
  }

  static async open(): Promise<LaunchpadDesk> {
    const sandbox = await startLaunchpadSandbox();
    return new LaunchpadDesk(sandbox, await startFaultProxy({ target: sandbox.url }));
  }

  place(): NonNullable<Place['launchpad']> {
    const { project, credentials } = this.sandbox;
    return { url: this.proxy.url, project, credentials };
  }

  async all(): Promise<Seen[]> {
    return this.sandbox.bugs.map((bug) => ({
      tracker: 'bugs',
      id: String(bug.id),
      title: bug.title,
      body: bug.description,
      open: !['Fix Released', 'Invalid', "Won't Fix"].includes(bug.tasks[0]?.status ?? ''),
      duplicate: bug.duplicateOf !== null,
      labels: bug.tags,
      assignees: bug.tasks.flatMap(({ assignee }) => assignee ?? []),
    }));
  }

  async close(): Promise<void> {
    await this.proxy.close();
    await this.sandbox.close();
  }
}

export type Desk = GitHubDesk | LaunchpadDesk;

/** A GitHub with repositories for so many rounds. */
export function startSharedGitHub(rounds: number): Promise<GitHubSandbox> {
  const numbers = Array.from({ length: rounds }, (_, number) => number);
  return startGitHubSandbox({ seed: { others: numbers.flatMap((number) => [`acme/r${number}`, `acme/x${number}`]) } });
}

/** Lets these faults happen from now on. */
export function breakThings(desk: Desk, drawn: Drawn): void {
  desk.proxy.plan(drawn.plan);
}

/** Which faults happened since, a name each time. */
export function faultsThatHappened(desk: Desk, names: ReadonlyMap<Fault, string>): string[] {
  return desk.proxy.requests.flatMap(({ fault }) => (fault === null ? [] : (names.get(fault) ?? [])));
}
