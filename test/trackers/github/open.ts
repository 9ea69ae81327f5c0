import { GitHubTrackerConfig, Limits } from '../../../config/schema.ts';
import { limit } from '../../../src/sandbox/fault-plan.ts';
import { startFaultProxy } from '../../../src/sandbox/faults.ts';
import { type GitHubSandbox, type GitHubSeed, startGitHubSandbox } from '../../../src/sandbox/github.ts';
import { openGitHub } from '../../../src/trackers/github/github.ts';
import type { Change, Harness, Person } from '../harness.ts';

export interface GitHubHarness extends Harness {
  readonly sandbox: GitHubSandbox;
}

/** A GitHub sandbox, a proxy in front of it and a tracker that uses it. */
export async function openHarness(seed: GitHubSeed = {}): Promise<GitHubHarness> {
  const sandbox = await startGitHubSandbox({ seed });
  const proxy = await startFaultProxy({ target: sandbox.url });
  const reopen = (change: Change = {}) =>
    openGitHub({
      name: 'work',
      config: GitHubTrackerConfig.parse({
        type: 'github',
        repository: change.target ?? sandbox.repository,
        baseUrl: change.baseUrl ?? proxy.url,
      }),
      token: change.token ?? sandbox.token,
      limits: {
        ...Limits.parse({}),
        createsPerMinute: change.createsPerMinute ?? 60_000,
        timeout: change.timeout ?? 10_000,
        maxWait: change.maxWait ?? 0,
      },
      userAgent: 'ptg-tracker-test',
      onWait: change.onWait,
    });
  return {
    sandbox,
    proxy,
    tracker: reopen(),
    reopen,
    person: personIn(sandbox),
    remove: async (id) => sandbox.remove(Number(id)),
    disable: async () => sandbox.set({ hasIssues: false }),
    creates: { method: 'POST', path: /\/issues$/ },
    limit: (seconds) => limit({ status: 403, kind: 'secondary', retryAfter: seconds }),
    accounts: { assignable: 'alice', stranger: 'mallory' },
    unchangedCost: 1,
    close: async () => {
      await proxy.close();
      await sandbox.close();
    },
  };
}

function personIn(sandbox: GitHubSandbox): Person {
  const alice = sandbox.actAs('alice');
  return {
    file: async (title) => String(await alice.file({ title })),
    see: async (id) => {
      const { title, body, labels } = await alice.see(Number(id));
      return { title, body: body ?? '', labels: labels.map((label) => label.name) };
    },
    count: async () => (await alice.all()).length,
    retitle: (id, title) => alice.retitle(Number(id), title),
    rewrite: (id, body) => alice.rewrite(Number(id), body),
    comment: (id, text) => alice.comment(Number(id), text),
    close: (id, as) => alice.close(Number(id), as === 'done' ? 'completed' : 'not_planned'),
    reopen: (id) => alice.reopen(Number(id)),
    label: (id, label) => alice.label(Number(id), label),
    unlabel: (id, label) => alice.unlabel(Number(id), label),
    assign: (id, account) => alice.assign(Number(id), account),
  };
}
