import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoInMemory } from '../../../src/refs/memo.ts';
import { type LaunchpadSandbox, startLaunchpadSandbox } from '../../../src/sandbox/launchpad.ts';
import { openLaunchpad } from '../../../src/trackers/launchpad/launchpad.ts';
import type { Tracker } from '../../../src/trackers/tracker.ts';
import { aDraft, LIMITS } from './desk.ts';

/** A run looks, then creates in one go; a glance looks and keeps nothing, as a plan does; the rest is what people do. */
type Step =
  | { readonly do: 'run'; readonly creates: number }
  | { readonly do: 'glance' }
  | { readonly do: (typeof EDITS)[number]; readonly bug: number; readonly word: number };

const EDITS = ['retitle', 'rewrite', 'tag', 'triage', 'comment'] as const;

const step: fc.Arbitrary<Step> = fc.oneof(
  { arbitrary: fc.record({ do: fc.constant('run' as const), creates: fc.nat(4) }), weight: 2 },
  { arbitrary: fc.record({ do: fc.constant('glance' as const) }), weight: 1 },
  { arbitrary: fc.record({ do: fc.constantFrom(...EDITS), bug: fc.nat(8), word: fc.nat(3) }), weight: 6 },
);
const later = fc.constantFrom(2000, 20_000, 200_000, 400_000);

/** What we know of each bug, and what is so. */
function facts({ title, body, labels, raw }: { title: string; body: string; labels: readonly string[]; raw: string }) {
  return { title, body, labels: [...labels].sort(), raw };
}

function truth(sandbox: LaunchpadSandbox): Map<string, unknown> {
  return new Map(
    sandbox.bugs.map((bug) => [
      String(bug.id),
      facts({ title: bug.title, body: bug.description, labels: bug.tags, raw: bug.tasks[0]?.status ?? '' }),
    ]),
  );
}

const STATUSES = ['New', 'Triaged', 'In Progress', "Won't Fix"];

interface Run {
  readonly sandbox: LaunchpadSandbox;
  readonly tracker: Tracker;
  readonly known: Map<string, unknown>;
  cursor: string | null;
}

async function look(run: Run, keep: boolean): Promise<void> {
  const { issues, cursor } = await run.tracker.changes(run.cursor);
  const seen = keep ? run.known : new Map(run.known);
  for (const issue of issues) seen.set(issue.id, facts(issue));
  expect(seen).toEqual(truth(run.sandbox));
  if (keep) run.cursor = cursor;
}

async function play(run: Run, one: Step, tick: () => void): Promise<void> {
  if (one.do === 'glance') return look(run, false);
  if (one.do === 'run') {
    await look(run, true);
    for (let number = 0; number < one.creates; number += 1) {
      tick();
      const { issue } = await run.tracker.create(aDraft(run.tracker));
      run.known.set(issue.id, facts(issue));
    }
    return;
  }
  const { bugs } = run.sandbox;
  const id = String(bugs[one.bug % Math.max(1, bugs.length)]?.id ?? '');
  if (id !== '') await edit(run.sandbox, id, one.do, one.word);
}

async function edit(sandbox: LaunchpadSandbox, id: string, how: (typeof EDITS)[number], word: number): Promise<void> {
  const alice = sandbox.actAs('alice');
  if (how === 'retitle') await alice.edit(id, { title: `Title ${word}` });
  if (how === 'rewrite') await alice.edit(id, { description: `Text ${word}` });
  if (how === 'tag') await alice.edit(id, { tags: [`tag-${word}`] });
  if (how === 'triage') await alice.triage(id, { status: STATUSES[word] ?? 'New' });
  if (how === 'comment') await alice.comment(id, 'A thought.');
}

describe('looking for what changed', () => {
  it('knows every bug as it is, whoever changes what in which order and however long it takes', {
    timeout: 90_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(step, later), { minLength: 4, maxLength: 25 }), async (steps) => {
        let time = Date.parse('2026-03-02T10:00:00.123Z');
        const sandbox = await startLaunchpadSandbox({ seed: { now: () => new Date(time) } });
        const tracker = openLaunchpad({
          name: 'bugs',
          config: { project: sandbox.project, baseUrl: sandbox.url },
          credentials: sandbox.credentials,
          limits: LIMITS,
          userAgent: 'ptg-tracker-test',
          memo: memoInMemory(),
        });
        const run: Run = { sandbox, tracker, known: new Map(), cursor: null };
        try {
          for (const [one, pause] of steps) {
            time += pause;
            await play(run, one, () => {
              time += 2000;
            });
          }
          time += 2000;
          await look(run, true);
        } finally {
          await sandbox.close();
        }
      }),
      { numRuns: 40 },
    );
  });
});
