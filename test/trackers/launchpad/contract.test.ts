import { LaunchpadTrackerConfig, Limits } from '../../../config/schema.ts';
import { startFaultProxy } from '../../../src/sandbox/faults.ts';
import { type LaunchpadSandbox, startLaunchpadSandbox } from '../../../src/sandbox/launchpad.ts';
import { openLaunchpad } from '../../../src/trackers/launchpad/launchpad.ts';
import { describeTracker } from '../contract.ts';
import type { Change, Harness, Person } from '../harness.ts';

/** A Launchpad whose bugs are in nobody's care, so that everybody may be assigned; a proxy; a tracker. */
async function openHarness(): Promise<Harness> {
  const sandbox = await startLaunchpadSandbox({ seed: { projects: [{ name: 'neutron', owner: 'alice' }] } });
  const proxy = await startFaultProxy({ target: sandbox.url });
  const reopen = (change: Change = {}) =>
    openLaunchpad({
      name: 'bugs',
      config: LaunchpadTrackerConfig.parse({
        type: 'launchpad',
        project: change.target ?? sandbox.project,
        baseUrl: change.baseUrl ?? proxy.url,
      }),
      credentials: change.token ?? sandbox.credentials,
      limits: {
        ...Limits.parse({}),
        createsPerMinute: 60_000,
        timeout: change.timeout ?? 10_000,
        maxWait: change.maxWait ?? 0,
      },
      userAgent: 'ptg-tracker-test',
      onWait: change.onWait,
    });
  return {
    proxy,
    tracker: reopen(),
    reopen,
    person: personIn(sandbox),
    remove: async (id) => sandbox.remove(id),
    disable: async () => sandbox.stopTracking(),
    creates: { method: 'POST', path: /\/bugs$/ },
    limit: (seconds) => ({ do: 'answer', when: 'before', status: 429, headers: { 'retry-after': String(seconds) } }),
    accounts: { assignable: 'bob', stranger: 'nobody-of-that-name' },
    unchangedCost: 2,
    close: async () => {
      await proxy.close();
      await sandbox.close();
    },
  };
}

function personIn(sandbox: LaunchpadSandbox): Person {
  const alice = sandbox.actAs('alice');
  const bug = (id: string) => sandbox.bugs.find((each) => String(each.id) === id);
  const tags = (id: string) => bug(id)?.tags ?? [];
  return {
    file: (title) => alice.file(title, 'A text by a person.'),
    see: async (id) => {
      const { title = '', description = '' } = bug(id) ?? {};
      return { title, body: description, labels: tags(id) };
    },
    count: async () => sandbox.bugs.length,
    retitle: async (id, title) => void (await alice.edit(id, { title })),
    rewrite: async (id, description) => void (await alice.edit(id, { description })),
    comment: async (id, text) => void (await alice.comment(id, text)),
    close: async (id, as) => void (await alice.triage(id, { status: as === 'done' ? 'Fix Released' : 'Invalid' })),
    reopen: async (id) => void (await alice.triage(id, { status: 'New' })),
    label: async (id, tag) => void (await alice.edit(id, { tags: [...tags(id), tag] })),
    unlabel: async (id, tag) => void (await alice.edit(id, { tags: tags(id).filter((each) => each !== tag) })),
    assign: async (id, account) => void (await alice.triage(id, { assignee_link: `/~${account}` })),
  };
}

describeTracker('Launchpad', openHarness, {
  'gives every issue on the first pull, closed ones and those of others included':
    'a project has tens of thousands of bugs, each a call to read: only those that our account reported are looked at',
  'is uncertain, and sends once, when half of the answer is lost':
    'the answer to a create is empty: its header says which bug was made, and a cut body takes nothing away',
  'is uncertain, and sends once, when the answer is of something else':
    'the answer to a create is known by its header; its body is not read',
});
