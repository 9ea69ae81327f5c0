import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { Outcome } from '../../src/apply/outcome.ts';
import { type FaultProxy, startFaultProxy } from '../../src/sandbox/faults.ts';
import { type GitHubSandbox, startGitHubSandbox } from '../../src/sandbox/github.ts';
import type { Wired } from '../../src/wire.ts';
import type { Errand } from './child.ts';
import { openReal, type Place, someItems } from './real.ts';

export const items = someItems(3);
export const titles = items.map(({ title }) => title);

/** What became of the items, in a word each. */
export const did = (outcomes: readonly Outcome[]) => outcomes.map((outcome) => outcome.did);

/** A GitHub on loopback with a proxy that breaks things before it, for the tests of one file. */
export class Bench {
  #github: GitHubSandbox | null = null;
  #proxy: FaultProxy | null = null;
  #used = 0;
  readonly #opened = new Set<Wired>();
  readonly #children = new Set<ChildProcess>();
  readonly #folders = new Set<string>();

  constructor() {
    beforeAll(async () => {
      const others = Array.from({ length: 20 }, (_, index) => `acme/r${index}`);
      this.#github = await startGitHubSandbox({ seed: { others } });
      this.#proxy = await startFaultProxy({ target: this.#github.url });
    });
    afterEach(async () => {
      for (const child of this.#children) child.kill('SIGKILL');
      for (const one of this.#opened) await this.close(one);
      this.proxy.plan({});
    });
    afterAll(async () => {
      await this.#proxy?.close();
      await this.#github?.close();
      for (const folder of this.#folders) await rm(folder, { recursive: true, force: true });
    });
  }

  get github(): GitHubSandbox {
    if (this.#github === null) throw new Error('the sandbox starts before the first test');
    return this.#github;
  }

  get proxy(): FaultProxy {
    if (this.#proxy === null) throw new Error('the proxy starts before the first test');
    return this.#proxy;
  }

  /** A repository and a ledger that no other test uses. */
  async place(over: Partial<Place> = {}): Promise<Place> {
    const dir = await mkdtemp(join(tmpdir(), 'ptg-apply-'));
    this.#folders.add(dir);
    const repository = `acme/r${this.#used++}`;
    return { url: this.proxy.url, token: this.github.token, repository, ledger: join(dir, 'ledger.db'), ...over };
  }

  async open(at: Place): Promise<Wired> {
    const parts = await openReal(at);
    this.#opened.add(parts);
    return parts;
  }

  async close(parts: Wired): Promise<void> {
    if (this.#opened.delete(parts)) await parts.close();
  }

  /** A run in a process of its own. */
  async child(errand: Errand): Promise<{ readonly outcomes: Outcome[]; readonly signal: string | null }> {
    const script = join(import.meta.dirname, 'child.ts');
    const child = spawn(process.execPath, ['--import', 'tsx', script, JSON.stringify(errand)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#children.add(child);
    const [out, [, signal]] = await Promise.all([text(child.stdout), once(child, 'close')]);
    this.#children.delete(child);
    return { outcomes: out === '' ? [] : (JSON.parse(out) as Outcome[]), signal };
  }

  /** The titles of the open issues there. */
  async openTitles(at: Place): Promise<string[]> {
    const all = await this.github.actAs('alice', at.repository).all();
    return all.filter(({ state }) => state === 'open').map(({ title }) => title);
  }

  /** The writes that the proxy saw since it was last given a plan. */
  writes(): string[] {
    return this.proxy.requests.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`);
  }
}
