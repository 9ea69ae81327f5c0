import { z } from 'zod';

/** What stands in the place of a value that this account may not see. */
const REDACTED = 'tag:launchpad.net:2008:redacted';

/** A link or a text that may be absent or hidden from us; hidden is null. */
const Hideable = z
  .string()
  .nullish()
  .transform((value) => (value === undefined || value === REDACTED ? null : value));

/** Launchpad's answers, only the fields we use. Lenient: what else is in them does not matter. */
export const Bug = z.object({
  id: z.number().int(),
  title: Hideable,
  description: Hideable,
  tags: z.union([z.array(z.string()), z.string(), z.null()]).transform((tags) => (Array.isArray(tags) ? tags : [])),
  duplicate_of_link: Hideable,
  owner_link: Hideable,
  date_created: Hideable,
  date_last_updated: Hideable,
  http_etag: z.string(),
});
export type Bug = z.infer<typeof Bug>;

export const Task = z.object({
  status: z.string(),
  importance: Hideable,
  assignee_link: Hideable,
  milestone_link: Hideable,
  target_link: Hideable,
  bug_link: z.string(),
  title: Hideable,
  self_link: z.string(),
  http_etag: z.string(),
});
export type Task = z.infer<typeof Task>;

export const Page = z.object({
  entries: z.array(z.unknown()),
  next_collection_link: z.string().optional(),
});
export type Page = z.infer<typeof Page>;

export const Project = z.object({
  name: z.string(),
  resource_type_link: z.string(),
  self_link: z.string(),
  web_link: Hideable,
  bug_supervisor_link: Hideable,
  owner_link: Hideable,
  driver_link: Hideable,
  official_bugs: z.boolean().optional(),
});
export type Project = z.infer<typeof Project>;

export const Person = z.object({ name: z.string() });
export type Person = z.infer<typeof Person>;

/** The last part of a link's path: a bug's number, an account without its tilde, a milestone's name. */
export function lastPart(link: string): string {
  const path = link.replace(/[?#].*$/, '').replace(/(?<!\/)\/+$/, '');
  return decodeURIComponent(path.slice(path.lastIndexOf('/') + 1)).replace(/^~/, '');
}
