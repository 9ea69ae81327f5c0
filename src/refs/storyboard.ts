import { z } from 'zod';
import { type Asking, readJson } from './asking.ts';
import { type Found, hostOf, isoOf, type Service } from './service.ts';
import { stateOf, stateOfAll } from './states.ts';

const Story = z.object({
  title: z.string(),
  status: z.string(),
  updated_at: z.string().nullish(),
  task_statuses: z.array(z.object({ key: z.string(), count: z.number() })).nullish(),
});

/** StoryBoard stories. `bases` are the servers by the host in the address of the story. */
export function storyboardStories(bases: Readonly<Record<string, string>>): Service {
  return {
    name: 'StoryBoard',
    batch: 1,
    place: ({ kind, id, url }) => {
      const base = Object.hasOwn(bases, hostOf(url)) ? bases[hostOf(url)] : undefined;
      return kind === 'storyboard-story' && id !== null && base !== undefined ? { id, base } : null;
    },
    async look(asking, base, asked) {
      const found = new Map<string, Found>();
      for (const { id } of asked) found.set(id, await lookAt(asking, base, id));
      return found;
    },
  };
}

/** A story is `active` until all its tasks are over; the tasks tell whether anybody has begun. */
async function lookAt(asking: Asking, base: string, id: string): Promise<Found> {
  const answer = await asking.ask(`${base}/api/v1/stories/${id}`, { Accept: 'application/json' });
  if (answer.status === 404) return { found: 'nothing', remark: 'StoryBoard has no such story, or it is private' };
  const story = Story.safeParse(readJson(answer.body));
  if (!story.success) return { found: 'nothing', remark: `StoryBoard's answer could not be read (${answer.status})` };
  const { title, status, updated_at, task_statuses } = story.data;
  const tasks = (task_statuses ?? [])
    .filter(({ count }) => count > 0)
    .map(({ key }) => stateOf('storyboard-task', key));
  const own = stateOf('storyboard', status);
  const begun = own === 'open' && stateOfAll(tasks) === 'in-progress';
  return {
    found: 'thing',
    thing: {
      state: begun ? 'in-progress' : own,
      raw: status,
      title,
      updatedAt: isoOf(updated_at),
      assignees: [],
      remarks: [],
    },
    etag: null,
  };
}
