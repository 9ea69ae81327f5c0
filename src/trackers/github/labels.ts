import { z } from 'zod';
import { TrackerError } from '../../errors.ts';
import { understood } from './refusals.ts';
import type { Session } from './session.ts';
import { once } from './session.ts';

interface Look {
  readonly color: string;
  readonly description: string;
}

/** How the labels that we bring look; others get a neutral grey. */
const LOOKS: Readonly<Record<string, Look>> = {
  ptg: { color: '5319e7', description: 'From the notes of a PTG or a meeting' },
  action: { color: '0e8a16', description: 'Somebody promised to do this' },
  rfe: { color: '1d76db', description: 'Request for enhancement' },
  'ptg-tracker-ignore': { color: 'cccccc', description: 'ptg-tracker leaves this issue alone' },
};
const OTHER: Look = { color: 'ededed', description: 'Added by ptg-tracker' };

const Names = z.array(z.object({ name: z.string() }));
const doing = { what: 'the list of labels' };

/**
 * Creates the labels that are missing, with colour and description. Whether they are really on the issue is told by
 * the issue afterwards, so that a failure here is no failure of the create.
 */
export async function ensureLabels(session: Session, labels: readonly string[]): Promise<void> {
  if (labels.length === 0 || !(await session.home()).mayWrite) return;
  const there = await once(session.known, 'labels', () => listLabels(session));
  for (const label of labels) {
    if (there.has(label.toLowerCase())) continue;
    there.add(label.toLowerCase());
    await createLabel(session, label);
  }
}

async function createLabel(session: Session, name: string): Promise<void> {
  const { owner, repo } = await session.home();
  const look = LOOKS[name] ?? OTHER;
  try {
    await session.ask({ what: `the label ${name}` }, (api) =>
      api.rest.issues.createLabel({ owner, repo, name, ...look, request: { retries: 0 } }),
    );
  } catch (error) {
    // It may be there already, or be refused for its name or for want of permission: the issue will tell.
    const harmless =
      error instanceof TrackerError && ['invalid', 'forbidden', 'missing', 'broken'].includes(error.refusal.kind);
    if (!harmless) throw error;
  }
}

async function listLabels(session: Session): Promise<Set<string>> {
  const { owner, repo } = await session.home();
  const answers = await session.ask(doing, (api) =>
    api.paginate(api.rest.issues.listLabelsForRepo, { owner, repo, per_page: 100 }),
  );
  return new Set(understood(session.place, doing, Names, answers).map(({ name }) => name.toLowerCase()));
}

const Milestones = z.array(z.object({ number: z.number(), title: z.string() }));

/** The number of a milestone by its title, open or closed; null when there is none. */
export async function milestoneNumber(session: Session, title: string): Promise<number | null> {
  const there = await once(session.known, 'milestones', () => listMilestones(session));
  return there.find((milestone) => milestone.title.toLowerCase() === title.toLowerCase())?.number ?? null;
}

async function listMilestones(session: Session): Promise<z.infer<typeof Milestones>> {
  const { owner, repo } = await session.home();
  const what = { what: 'the list of milestones' };
  const answers = await session.ask(what, (api) =>
    api.paginate(api.rest.issues.listMilestones, { owner, repo, state: 'all', per_page: 100 }),
  );
  return understood(session.place, what, Milestones, answers);
}
