import { z } from 'zod';
import { type Asking, readJson } from './asking.ts';
import type { FollowedRef } from './followed.ts';
import { type Asked, type Found, isoOf, type Service } from './service.ts';
import { stateOf, stateOfAll } from './states.ts';

const Bug = z.object({
  title: z.string(),
  date_last_updated: z.string().nullish(),
  duplicate_of_link: z.string().nullish(),
});

const Tasks = z.object({
  entries: z.array(z.object({ bug_target_name: z.string(), status: z.string(), assignee_link: z.string().nullish() })),
});

const Blueprint = z.object({
  title: z.string().nullish(),
  lifecycle_status: z.string(),
  definition_status: z.string().nullish(),
  date_completed: z.string().nullish(),
  date_started: z.string().nullish(),
  date_created: z.string().nullish(),
  assignee_link: z.string().nullish(),
});

const HEADERS = { Accept: 'application/json' };

/** Launchpad bugs, of any project: all tasks count, and a duplicate is as far as the bug that it repeats. */
export function launchpadBugs(base: string): Service {
  return {
    name: 'Launchpad',
    batch: 1,
    place: ({ kind, id }) => (kind === 'launchpad-bug' && id !== null ? { id, base } : null),
    look: eachOf(lookAtBug),
  };
}

/** Launchpad blueprints. */
export function launchpadBlueprints(base: string): Service {
  return {
    name: 'Launchpad',
    batch: 1,
    place: ({ kind, url }) => {
      const groups = /\/(?<project>[\w.+-]+)\/\+spec\/(?<name>[\w.+-]+)/.exec(url)?.groups;
      if (kind !== 'launchpad-blueprint' || groups === undefined) return null;
      return { id: `${groups.project}/+spec/${groups.name}`, base };
    },
    look: eachOf(lookAtBlueprint),
  };
}

/** Looks at one thing after the other. */
function eachOf(look: (asking: Asking, base: string, id: string) => Promise<Found>): Service['look'] {
  return async (asking, base, asked: readonly Asked[]) => {
    const found = new Map<string, Found>();
    for (const { id } of asked) found.set(id, await look(asking, base, id));
    return found;
  };
}

/** A bug's validator tells nothing of its tasks, so both are read. */
async function lookAtBug(asking: Asking, base: string, id: string): Promise<Found> {
  const bug = await read(asking, `${base}/devel/bugs/${id}`, Bug);
  if (bug === null) return { found: 'nothing', remark: 'Launchpad has no such bug, or it is private' };
  const other = /\/bugs\/(?<id>\d+)$/.exec(bug.duplicate_of_link ?? '')?.groups?.id ?? null;
  const tasks = (await read(asking, `${base}/devel/bugs/${other ?? id}/bug_tasks`, Tasks))?.entries ?? [];
  const words = [...new Set(tasks.map(({ status }) => status))];
  const raw = words.length === 1 ? words[0] : tasks.map((task) => `${task.bug_target_name}: ${task.status}`).join(', ');
  const thing: FollowedRef = {
    state: stateOfAll(tasks.map(({ status }) => stateOf('launchpad', status))),
    raw: raw === undefined || raw === '' ? null : raw,
    title: bug.title,
    updatedAt: isoOf(bug.date_last_updated),
    assignees: [...new Set(tasks.flatMap((task) => nameIn(task.assignee_link)))],
    remarks: other === null ? [] : [`duplicate of bug ${other}, whose state this is`],
  };
  return { found: 'thing', thing, etag: null };
}

async function lookAtBlueprint(asking: Asking, base: string, id: string): Promise<Found> {
  const blueprint = await read(asking, `${base}/devel/${id}`, Blueprint);
  if (blueprint === null) return { found: 'nothing', remark: 'Launchpad has no such blueprint' };
  const { lifecycle_status: lifecycle, definition_status: definition } = blueprint;
  const raw = definition === 'Obsolete' || definition === 'Superseded' ? definition : lifecycle;
  const thing: FollowedRef = {
    state: stateOf('blueprint', raw),
    raw,
    title: blueprint.title ?? null,
    updatedAt: isoOf(blueprint.date_completed ?? blueprint.date_started ?? blueprint.date_created),
    assignees: nameIn(blueprint.assignee_link),
    remarks: [],
  };
  return { found: 'thing', thing, etag: null };
}

/** Null when it is not there, hidden, or of another form. */
async function read<T>(asking: Asking, url: string, schema: z.ZodType<T>): Promise<T | null> {
  const answer = await asking.ask(url, HEADERS);
  if (answer.status !== 200) return null;
  const parsed = schema.safeParse(readJson(answer.body));
  return parsed.success ? parsed.data : null;
}

function nameIn(link: string | null | undefined): string[] {
  return link?.includes('/~') ? [link.slice(link.lastIndexOf('/~') + 2)] : [];
}
